// Duty: the fixed places of the map: settlements, and each municipality's town for what is told no finer. No counts here.
import type { Municipality } from '../../../shared/directory.ts';
import type { Box, MapPlace } from '../../../shared/mapViews.ts';
import type { CaseMap } from '../cases/caseCounts.queries.ts';

/** Every place there is, in one lasting order: municipalities first, so that circles of a town stand at its centre. */
export function mapPlaces(municipalities: readonly Municipality[]): MapPlace[] {
  return municipalities.flatMap(({ slug, town, settlements }) => [
    {
      id: slug,
      municipality: slug,
      names: null,
      lng: town.lng,
      lat: town.lat,
      quality: 'municipality' as const,
    },
    ...settlements.map(
      ({ id, names, lng, lat, coordinateQuality }): MapPlace => ({
        id,
        municipality: slug,
        names: { sq: names.sq, sr: names.sr },
        lng,
        lat,
        quality: coordinateQuality,
      }),
    ),
  ]);
}

export const isIn = ({ west, south, east, north }: Box, { lng, lat }: MapPlace): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;

/** For each map place, the index's places that are shown there; a settlement the directory does not know falls to its municipality. */
export function shownAt(places: readonly MapPlace[], indexed: CaseMap['places']): number[][] {
  const positions = new Map(places.map((place, position) => [place.id, position]));
  const shown: number[][] = places.map(() => []);
  indexed.forEach(({ municipality, settlement, isTold }, number) => {
    const position = (isTold && settlement && positions.get(settlement)) || positions.get(municipality);
    if (position !== undefined) shown[position]!.push(number);
  });
  return shown;
}
