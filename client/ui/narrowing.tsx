// Duty: what stands above a list and narrows it: a search by words, choices among a few with "all" first. Where the choice is kept is the page's.
import { NativeSelect, TextInput } from '@mantine/core';
import { municipalitySlugs } from '../../shared/directoryLists.ts';
import { usePlaceName } from '../lib/places.ts';
import { Search } from './icons.ts';

export function SearchWords(props: {
  /** Said to screen readers, and seen while nothing is written. */
  label: string;
  value: string;
  onChange: (words: string) => void;
}) {
  return (
    <TextInput
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      leftSection={<Search size={18} aria-hidden />}
      value={props.value}
      maxLength={200}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

interface NarrowProps {
  /** Of what one is chosen. */
  label: string;
  /** The words for no choice, whose value is empty. */
  all: string;
  value: string;
  onChange: (value: string) => void;
}

export function NarrowTo<Value extends string>({
  label,
  all,
  value,
  onChange,
  values,
  wordOf,
}: NarrowProps & { values: readonly Value[]; wordOf: (value: Value) => string }) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: all }, ...values.map((one) => ({ value: one, label: wordOf(one) }))]}
    />
  );
}

/** `none` names what belongs to no municipality, where that is a choice too. */
export function NarrowToMunicipality({ none, ...choice }: NarrowProps & { none?: string }) {
  const placeName = usePlaceName();
  return (
    <NarrowTo
      {...choice}
      values={none ? [...municipalitySlugs, 'none' as const] : municipalitySlugs}
      wordOf={(slug) => (slug === 'none' ? (none ?? '') : placeName(slug))}
    />
  );
}
