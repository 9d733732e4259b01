// Duty: from answers, names and colours to what CaseMap, legend and picture show. Reads shapes and areas; the cases come in.
import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { CaseFilter } from '../../../shared/cases.ts';
import type { Me } from '../../../shared/directory.ts';
import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directoryLists.ts';
import { nameOf } from '../../../shared/format.ts';
import type { MapMeasure, MapPlace, MapPoint, MapView } from '../../../shared/mapViews.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useShapes } from '../../lib/mapShapes.ts';
import { useMunicipalities, usePlaceName } from '../../lib/places.ts';
import { schemes } from '../../ui/colours.ts';
import type { Mark } from './advocacyMarks.ts';
import { boundsOfPoints, boundsOfShapes, kosovo, roomy } from './bounds.ts';
import { type Drawing, drawingOf, fanZoom, nameZoom, pointsOf } from './circles.ts';
import { classOf, fillSteps } from './fanOut.ts';
import { stepWords } from './Legend.tsx';
import { readable } from './labels.ts';
import type { NamedPlace } from './layers/places.ts';
import type { ShapeLook } from './layers/shapes.ts';
import type { Bounds } from './layers/surface.ts';
import { type Frame, useAreas } from './useMap.ts';

interface Given {
  view: MapView | undefined;
  /** Names keep clear of them. */
  marks: readonly Mark[];
  frame: Frame | null;
  fill: MapMeasure | 'none';
  filter: CaseFilter;
  me: Me;
}

const nothing: Drawing = { drawn: [], fans: [], below: new Set() };
/** About 1.5 km each way: close enough to tell settlements apart, no closer. */
const closest = 0.014;

export function useMapLook({ view, marks, frame, fill, filter, me }: Given) {
  const { say, number, list, date, language } = useSpeech();
  const municipalityName = usePlaceName();
  const { data: municipalities } = useMunicipalities();
  const { data: shapes, isError: shapesFailed } = useShapes();
  const { data: areas } = useAreas(filter, fill);
  const scheme = schemes[useComputedColorScheme('light')];

  const placeName = useCallback(
    (place: MapPlace) =>
      place.names
        ? nameOf(place.names, language)
        : say('map.place.unknown', { municipality: municipalityName(place.municipality) }),
    [language, say, municipalityName],
  );
  const codeOf = useCallback(
    (slug: MunicipalitySlug) => municipalities?.find((one) => one.slug === slug)?.code ?? '',
    [municipalities],
  );
  const points = useMemo(
    () => (view && municipalities ? pointsOf(view, codeOf) : []),
    [view, municipalities, codeOf],
  );
  const zoom = frame?.zoom ?? 0;
  const drawing = useMemo(
    () =>
      view
        ? drawingOf(view, points, { zoom, marks }, { say, number, list, placeName, municipalityName })
        : nothing,
    [view, points, zoom, marks, say, number, list, placeName, municipalityName],
  );

  const steps = useMemo(
    () =>
      fill === 'none'
        ? []
        : fillSteps(
            (areas ?? []).map((area) => area.value),
            fill !== 'per1000',
          ),
    [areas, fill],
  );
  const looks = useMemo(() => {
    const named = new Set(
      zoom < nameZoom ? drawing.drawn.flatMap(({ municipalities: slugs }) => slugs) : municipalitySlugs,
    );
    const found = new Map<MunicipalitySlug, ShapeLook>();
    for (const slug of municipalitySlugs) {
      const area = fill === 'none' ? undefined : areas?.find((one) => one.municipality === slug);
      const quiet = me.municipality !== null && me.municipality !== slug;
      const value =
        area === undefined
          ? null
          : fill === 'per1000'
            ? say('map.per1000', { value: number(area.value) })
            : `${say(`map.fill.${fill as MapMeasure}`)}: ${number(area.value)}`;
      found.set(slug, {
        name: municipalityName(slug),
        labelled: !named.has(slug),
        step: area ? classOf(area.value, steps) : 0,
        value,
        quiet,
      });
    }
    return found;
  }, [areas, fill, steps, me.municipality, municipalityName, say, number, drawing, zoom]);

  const names = useMemo<NamedPlace[]>(() => {
    const shown = new Set(drawing.drawn.flatMap(({ places }) => places));
    const spots = new Set(drawing.drawn.map(({ circle }) => circle.key));
    const free = (municipalities ?? [])
      .flatMap(({ settlements }) => settlements)
      .filter(
        ({ id, lng, lat, coordinateQuality }) =>
          !shown.has(id) && !spots.has(`${lng},${lat}`) && coordinateQuality === 'settlement',
      )
      .map(({ names: own, lng, lat }) => ({ name: nameOf(own, language), lng, lat }));
    const circles = drawing.drawn.flatMap(({ circle }) => (circle.fanned === null ? [circle] : []));
    return readable(free, circles, zoom);
  }, [municipalities, drawing, language, zoom]);

  const own = shapes?.municipalities.filter(({ properties }) => properties.slug === me.municipality) ?? [];
  const start: Bounds | null = shapes
    ? (boundsOfShapes(own.length > 0 ? own : shapes.municipalities) ?? kosovo)
    : shapesFailed
      ? kosovo
      : null;

  const known = (places: readonly string[]): MapPlace[] => {
    const fromDirectory = (municipalities ?? []).flatMap(({ slug, town, settlements }): MapPlace[] => [
      { id: slug, municipality: slug, names: null, ...town, quality: 'municipality' },
      ...settlements.map(
        ({ id, names: own, lng, lat, coordinateQuality }): MapPlace => ({
          id,
          municipality: slug,
          names: own,
          lng,
          lat,
          quality: coordinateQuality,
        }),
      ),
    ]);
    return fromDirectory.filter(({ id }) => places.includes(id));
  };

  const casesWords = (count: number) => say('map.cases', { count, number: number(count) });
  /** With its municipality, where that is not said anyway. */
  const fullName = (place: MapPlace) =>
    place.names && !me.municipality
      ? `${placeName(place)}, ${municipalityName(place.municipality)}`
      : placeName(place);

  return {
    casesWords,
    fullName,
    shapes,
    scheme,
    looks,
    names,
    drawing,
    steps,
    start,
    placeName,
    areaWords: [...looks.values()].flatMap(({ name, value }) => (value ? `${name}: ${value}` : [])),
    attribution: shapes?.attribution,
    censusYear: areas?.find((area) => area.censusYear !== null)?.censusYear ?? null,
    /** Close up, and still too many to be told apart. */
    isCrowded: view !== undefined && zoom >= fanZoom && view.points === null && view.total > 0,
    titleOf(places: readonly string[]): string {
      const found = known(places);
      if (found.length <= 2) return list(found.map(fullName)) || say('case.place');
      return list([...new Set(found.map(({ municipality }) => municipalityName(municipality)))]);
    },
    placesOf: (key: string) => drawing.drawn.find(({ circle }) => circle.key === key)?.places ?? [],
    keyOf: (places: readonly string[]) =>
      drawing.drawn.find((one) => one.places.some((place) => places.includes(place)))?.circle.key ?? null,
    listQueryOf(places: readonly string[]): Record<string, string> {
      const found = known(places);
      return found.every(({ names: own }) => own !== null)
        ? { settlement: places.join() }
        : { municipality: [...new Set(found.map(({ municipality }) => municipality))].join() };
    },
    boundsOf(places: readonly string[]): Bounds | null {
      const bounds = boundsOfPoints(known(places));
      return bounds && roomy(bounds, closest);
    },
    boundsOfMunicipality: (slug: MunicipalitySlug): Bounds | null =>
      boundsOfShapes(shapes?.municipalities.filter(({ properties }) => properties.slug === slug) ?? []),
    pointWords: (point: MapPoint) =>
      say('map.point', {
        reference: point.reference,
        subTheme: say(`subTheme.${point.subTheme}`),
        status: say(`status.${point.status}`),
      }),
    async savePicture(
      mapView: {
        width: number;
        height: number;
        project: (lng: number, lat: number) => { x: number; y: number };
      },
      total: number,
      isExample: boolean,
    ): Promise<void> {
      if (!shapes) throw new Error('No shapes');
      const { download, drawPicture } = await import('./picture.ts');
      await document.fonts.ready;
      const today = new Date().toISOString().slice(0, 10);
      const parts = [
        casesWords(total),
        ...(filter.theme ?? []).map((theme) => say(`theme.${theme}`)),
        ...(filter.subTheme ?? []).map((subTheme) => say(`subTheme.${subTheme}`)),
        ...(filter.status ?? []).map((status) => say(`status.${status}`)),
        ...(filter.urgency ?? []).map((urgency) => say(`urgency.${urgency}`)),
        ...(filter.municipality ?? []).map((slug) => municipalityName(slug)),
        ...(filter.late ? [say('map.filter.late')] : []),
        ...(filter.from || filter.to
          ? [`${filter.from ? date(filter.from) : ''} – ${filter.to ? date(filter.to) : ''}`]
          : []),
      ];
      const year = areas?.find((area) => area.censusYear !== null)?.censusYear ?? '';
      const blob = await drawPicture({
        ...mapView,
        shapes,
        looks,
        drawing,
        scheme,
        title: say('map.picture.title'),
        subtitle: parts.join(' · '),
        themeWords: Object.fromEntries(themes.map((theme) => [theme, say(`theme.${theme}`)])) as Record<
          (typeof themes)[number],
          string
        >,
        fill:
          fill === 'none'
            ? null
            : {
                title: say(`map.fill.${fill}`),
                steps: steps.map((_, at) => stepWords(steps, at, fill !== 'per1000', number)),
                note: fill === 'per1000' ? say('map.fill.per1000.note', { year: String(year) }) : null,
              },
        footer: [
          ...(drawing.fans.length > 0 ? [say('map.legend.late')] : []),
          [say('app.name'), date(today), ...(isExample ? [say('app.example')] : [])].join(' · '),
          shapes.attribution,
        ],
      });
      download(blob, `kosint-map-${today}.png`);
    },
  };
}
