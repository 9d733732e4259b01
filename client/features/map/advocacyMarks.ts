// Duty: from what stands in each municipality to the marks on the map: which towns share one at this zoom, its pills and its words. Pure.
import type { CampaignStage } from '../../../shared/campaignLists.ts';
import type { Municipality, MunicipalitySlug } from '../../../shared/directory.ts';
import { type AdvocacyLayer, type AdvocacyPlace, advocacyLayers } from '../../../shared/mapAdvocacy.ts';
import { project } from '../../../shared/mapViews.ts';
import type { Speech } from '../../lib/i18n.tsx';
import type { MapLayer } from './mapState.ts';

export interface Pill {
  layer: AdvocacyLayer;
  number: string;
  /** Beside the number where there is room. */
  word: string | null;
  /** Of the commitments, the broken ones. */
  broken: string | null;
}

export interface Mark {
  key: string;
  lng: number;
  lat: number;
  slugs: MunicipalitySlug[];
  pills: Pill[];
  /** All of it, for a screen reader and when pointed at. */
  words: string;
}

/** From here on, a pill has room for its word. */
const wordZoom = 9.4;
/** What a mark takes up, in pixels. */
const roomOf = (zoom: number) =>
  zoom >= wordZoom ? { width: 150, height: 110 } : { width: 100, height: 56 };

interface Voice extends Pick<Speech, 'say' | 'number' | 'list'> {
  municipalityName: (slug: MunicipalitySlug) => string;
}

interface Given {
  places: readonly AdvocacyPlace[];
  municipalities: readonly Municipality[];
  layers: readonly MapLayer[];
  stages: readonly CampaignStage[];
  zoom: number;
}

/** How many of the layer stand there; of campaigns those of the chosen stages, all when none is chosen. */
export function countIn(
  place: AdvocacyPlace,
  layer: AdvocacyLayer,
  stages: readonly CampaignStage[],
): number {
  if (layer !== 'campaigns' || stages.length === 0) return place[layer].count;
  return stages.reduce((sum, stage) => sum + (place.campaigns.byStage[stage] ?? 0), 0);
}

/** Towns that would cover each other share a mark; where nothing of the chosen layers stands, there is none. */
export function marksOf({ places, municipalities, layers, stages, zoom }: Given, voice: Voice): Mark[] {
  const room = roomOf(zoom);
  const shown = advocacyLayers.filter((layer) => layers.includes(layer));
  const groups: { x: number; y: number; towns: Municipality[]; places: AdvocacyPlace[] }[] = [];
  for (const town of municipalities) {
    const place = places.find(({ municipality }) => municipality === town.slug);
    if (!place || shown.every((layer) => countIn(place, layer, stages) === 0)) continue;
    const { x, y } = project(town.town.lng, town.town.lat, zoom);
    const near = groups.find(
      (group) => Math.abs(group.x - x) < room.width && Math.abs(group.y - y) < room.height,
    );
    if (near) {
      near.towns.push(town);
      near.places.push(place);
    } else groups.push({ x, y, towns: [town], places: [place] });
  }
  return groups.map(({ towns, places: here }) => {
    const slugs = towns.map(({ slug }) => slug);
    const parts: string[] = [];
    const pills = shown.flatMap((layer): Pill[] => {
      const count = here.reduce((sum, place) => sum + countIn(place, layer, stages), 0);
      if (count === 0) return [];
      const number = voice.number(count);
      const broken = layer === 'commitments' ? here.reduce((sum, one) => sum + one.commitments.broken, 0) : 0;
      parts.push(voice.say(`map.mark.${layer}`, { count, number }));
      if (broken > 0)
        parts.push(voice.say('map.mark.broken', { count: broken, number: voice.number(broken) }));
      return [
        {
          layer,
          number,
          word: zoom >= wordZoom ? voice.say(`map.mark.short.${layer}`) : null,
          broken: broken > 0 ? voice.number(broken) : null,
        },
      ];
    });
    return {
      key: slugs.join(),
      lng: towns.reduce((sum, { town }) => sum + town.lng, 0) / towns.length,
      lat: Math.max(...towns.map(({ town }) => town.lat)),
      slugs,
      pills,
      words: `${voice.list(slugs.map(voice.municipalityName))}: ${parts.join('; ')}`,
    };
  });
}
