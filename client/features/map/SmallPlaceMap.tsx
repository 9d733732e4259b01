// Duty: where a case is, on its page: its settlement in its municipality, no finer. A picture of a place, not a map to travel.
import { lazy, Suspense, useMemo } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useInstance, useMunicipalities, usePlaceName } from '../../lib/places.ts';
import classes from './map.module.css';

const PlaceBox = lazy(async () => ({ default: (await import('./PlaceBox.tsx')).PlaceBox }));

interface Props {
  municipality: MunicipalitySlug;
  settlement: string | null;
}

export function SmallPlaceMap({ municipality, settlement }: Props) {
  const { say, language } = useSpeech();
  const { data } = useMunicipalities();
  const instance = useInstance();
  const placeName = usePlaceName();
  const found = data
    ?.find(({ slug }) => slug === municipality)
    ?.settlements.find(({ id }) => id === settlement);
  const places = useMemo(
    () =>
      found ? [{ name: nameOf(found.names, language), lng: found.lng, lat: found.lat, chosen: true }] : [],
    [found, language],
  );
  const note = !found
    ? say('map.small.municipality')
    : found.coordinateQuality === 'settlement'
      ? null
      : say('map.small.town');
  return (
    <div className={classes.picker}>
      <Suspense fallback={<div className={classes.smallMap} />}>
        <PlaceBox
          className={classes.smallMap}
          label={say('map.small', { place: placeName(municipality, settlement) })}
          municipality={municipality}
          places={places}
          tileUrl={instance.data?.tileUrl ?? null}
          bounds={null}
          fixed
        />
      </Suspense>
      {note && <p className={classes.note}>{note}</p>}
    </div>
  );
}
