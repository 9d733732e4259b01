// Duty: the picker's map: a spot or a settlement is chosen on it. Loaded only when somebody asks for the map.
import { useMemo } from 'react';
import type { MunicipalitySlug, Settlement } from '../../../shared/directory.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useInstance } from '../../lib/places.ts';
import { boundsOfPoints, roomy } from './bounds.ts';
import classes from './map.module.css';
import type { Point } from './nearest.ts';
import { PlaceBox } from './PlaceBox.tsx';

interface Props {
  municipality: MunicipalitySlug;
  settlements: readonly Settlement[];
  chosen: string | null;
  onPoint: (point: Point) => void;
  onSettlement: (id: string) => void;
}

export function PickMap({ municipality, settlements, chosen, onPoint, onSettlement }: Props) {
  const { say, language } = useSpeech();
  const instance = useInstance();
  const places = useMemo(() => spotsOf(settlements, chosen, language), [settlements, chosen, language]);
  const bounds = boundsOfPoints(settlements);
  return (
    <PlaceBox
      className={classes.pickMap}
      label={`${say('map.pick.pin')}. ${say('map.pick.pin.how')}`}
      municipality={municipality}
      places={places}
      tileUrl={instance.data?.tileUrl ?? null}
      bounds={bounds && roomy(bounds, 0.02)}
      fixed={false}
      onPoint={onPoint}
      onPlace={(index) => {
        const { id, ...spot } = places[index]!;
        if (id) onSettlement(id);
        else onPoint(spot);
      }}
    />
  );
}

interface Spot extends Point {
  /** Null where several settlements share the spot: choosing it snaps, and says so. */
  id: string | null;
  name: string;
  chosen: boolean;
}

function spotsOf(
  settlements: readonly Settlement[],
  chosen: string | null,
  language: Parameters<typeof nameOf>[1],
): Spot[] {
  const spots = new Map<string, Spot>();
  for (const { id, names, lng, lat } of settlements) {
    const key = `${lng},${lat}`;
    const name = nameOf(names, language);
    const known = spots.get(key);
    spots.set(key, {
      id: known ? null : id,
      name: known ? `${known.name}, ${name}` : name,
      lng,
      lat,
      chosen: known?.chosen === true || id === chosen,
    });
  }
  return [...spots.values()];
}
