// Duty: choose a settlement of a municipality: by list, by where this device is, or by a pin. Only the settlement leaves this component.
import { Button, TextInput } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMunicipalities } from '../../lib/places.ts';
import { LocateFixed, MapPin, Search } from '../../ui/icons.ts';
import { PartBoundary } from '../../ui/PartBoundary.tsx';
import { LoadingState } from '../../ui/states.tsx';
import classes from './map.module.css';
import { folded, nearestSettlement, type Point } from './nearest.ts';

const PickMap = lazy(async () => ({ default: (await import('./PickMap.tsx')).PickMap }));

interface Props {
  municipality: MunicipalitySlug;
  /** Id of the settlement; null: only the municipality is known. Undefined: not chosen yet. */
  value: string | null | undefined;
  onChange: (settlement: string | null) => void;
}

/** Farther than this, the person is not in any settlement of the municipality. */
const farKilometres = 15;
const searchFrom = 8;

export function PlacePicker({ municipality, value, onChange }: Props) {
  const { say, language, number, compare } = useSpeech();
  const { data } = useMunicipalities();
  const [words, setWords] = useState('');
  const [said, setSaid] = useState('');
  const [finding, setFinding] = useState(false);
  const [mapShown, setMapShown] = useState(false);
  const group = useId();
  const settlements = data?.find(({ slug }) => slug === municipality)?.settlements ?? [];
  const nameFor = (id: string) => {
    const found = settlements.find((one) => one.id === id);
    return found ? nameOf(found.names, language) : id;
  };
  const wanted = folded(words.trim());
  const found = settlements
    .filter(({ names }) => [names.sq, names.sr].some((name) => folded(name).includes(wanted)))
    .sort((a, b) => compare(nameOf(a.names, language), nameOf(b.names, language)));

  const snap = (point: Point, limit: number) => {
    const nearest = nearestSettlement(point, settlements);
    if (!nearest || nearest.kilometres > limit)
      return setSaid(
        nearest
          ? say('map.pick.here.far', { kilometres: number(Math.round(nearest.kilometres)) })
          : say('map.pick.here.refused'),
      );
    setWords('');
    onChange(nearest.settlement.id);
    const snapped = say('map.pick.snapped', { settlement: nameFor(nearest.settlement.id) });
    setSaid(nearest.alike.length > 0 ? `${snapped} ${say('map.pick.alike')}` : snapped);
  };
  const locate = () => {
    setFinding(true);
    setSaid(say('map.pick.here.finding'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setFinding(false);
        snap({ lng: coords.longitude, lat: coords.latitude }, farKilometres);
      },
      () => {
        setFinding(false);
        setSaid(say('map.pick.here.refused'));
      },
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 300_000 },
    );
  };
  const item = (id: string | null, name: string) => (
    <label key={id ?? 'none'} className={classes.pickItem}>
      <input
        type="radio"
        name={group}
        checked={value === id}
        onChange={() => {
          setSaid('');
          onChange(id);
        }}
      />
      <span>{name}</span>
    </label>
  );
  return (
    <div className={classes.picker}>
      {settlements.length > searchFrom && (
        <TextInput
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          placeholder={say('map.pick.search')}
          aria-label={say('map.pick.search')}
          leftSection={<Search size={18} aria-hidden />}
        />
      )}
      <fieldset className={classes.pickList} aria-label={say('map.pick')} style={{ margin: 0, padding: 0 }}>
        {found.map(({ id, names }) => item(id, nameOf(names, language)))}
        {item(null, say('map.pick.onlyMunicipality'))}
      </fieldset>
      {found.length === 0 && wanted !== '' && <p className={classes.note}>{say('map.pick.none')}</p>}
      <div className={classes.pickerActions}>
        {'geolocation' in navigator && (
          <Button
            variant="default"
            leftSection={<LocateFixed size={18} aria-hidden />}
            loading={finding}
            onClick={locate}
          >
            {say('map.pick.here')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<MapPin size={18} aria-hidden />}
          aria-expanded={mapShown}
          onClick={() => setMapShown(!mapShown)}
        >
          {say(mapShown ? 'map.pick.closeMap' : 'map.pick.pin')}
        </Button>
      </div>
      <p className={classes.note} role="status">
        {said || say('map.pick.here.private')}
      </p>
      {mapShown && (
        <PartBoundary instead={<p className={classes.note}>{say('error.network')}</p>}>
          <Suspense fallback={<LoadingState />}>
            <p className={classes.note}>{say('map.pick.pin.how')}</p>
            <PickMap
              municipality={municipality}
              settlements={settlements}
              chosen={value ?? null}
              onPoint={(point) => snap(point, Number.POSITIVE_INFINITY)}
              onSettlement={(id) => {
                setSaid('');
                onChange(id);
              }}
            />
          </Suspense>
        </PartBoundary>
      )}
    </div>
  );
}
