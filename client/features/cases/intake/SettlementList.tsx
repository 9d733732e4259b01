// Duty: choosing a settlement from the list of one municipality; works without map, place or network. Stands in where no picker is given.
import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { nameOf } from '../../../../shared/format.ts';
import { useSpeech } from '../../../lib/i18n.tsx';
import { useMunicipalities, usePlaceName } from '../../../lib/places.ts';
import { Check, MapPin } from '../../../ui/icons.ts';
import type { PlacePickerProps } from '../slots.tsx';
import classes from './intake.module.css';

const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'dj').replaceAll('Đ', 'Dj').toLowerCase();

export function SettlementList({ municipality, value, onChange }: PlacePickerProps) {
  const { say, language, compare } = useSpeech();
  const placeName = usePlaceName();
  const { data = [] } = useMunicipalities();
  const [words, setWords] = useState('');
  const all = useMemo(
    () =>
      (data.find((one) => one.slug === municipality)?.settlements ?? [])
        .map((one) => ({
          id: one.id,
          name: nameOf(one.names, language),
          all: plain(`${one.names.sq} ${one.names.sr}`),
        }))
        .sort((a, b) => compare(a.name, b.name)),
    [data, municipality, language, compare],
  );
  const shown = all.filter((one) => one.all.includes(plain(words.trim())));
  return (
    <div className={classes.form}>
      {all.length > 8 && (
        <TextInput
          label={say('case.log.settlementSearch')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <fieldset className={classes.plainFieldset}>
        <legend className={classes.subLegend}>{placeName(municipality)}</legend>
        <div className={classes.places}>
          {shown.map((one) => (
            <button
              key={one.id}
              type="button"
              className={classes.place}
              aria-pressed={one.id === value}
              onClick={() => onChange(one.id)}
            >
              {one.id === value ? <Check size={18} aria-hidden /> : <MapPin size={18} aria-hidden />}
              {one.name}
            </button>
          ))}
          <button
            type="button"
            className={classes.place}
            aria-pressed={value === null}
            onClick={() => onChange(null)}
          >
            {value === null && <Check size={18} aria-hidden />}
            {say('case.settlement.unknown')}
          </button>
        </div>
      </fieldset>
    </div>
  );
}
