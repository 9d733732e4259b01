// Duty: the value of any field of a case in words, for comparing two of them. Unknown shapes are shown as they are.
import type { People } from '../../../shared/cases.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMunicipalities } from '../../lib/places.ts';

const listed: Record<string, string> = {
  kind: 'case.kind',
  theme: 'theme',
  subTheme: 'subTheme',
  precision: 'case.precision',
  consentBasis: 'case.consent',
  language: 'language',
  sensitivity: 'case.sensitivity',
};

const isPeople = (value: unknown): value is People =>
  typeof value === 'object' && value !== null && 'count' in value && 'ageBands' in value;

export function useFieldValue(): (field: string, value: unknown) => string {
  const { say, speaker, language } = useSpeech();
  const { data: municipalities = [] } = useMunicipalities();
  return (field, value) => {
    if (typeof value === 'boolean') return say(value ? 'common.yes' : 'common.no');
    if (isPeople(value)) {
      const ages = Object.entries(value.ageBands).map(([band, count]) => `${band}: ${count}`);
      const households = value.households && say('case.people.households', { count: value.households });
      return [say('case.people.count', { count: value.count }), households, ...ages]
        .filter(Boolean)
        .join(', ');
    }
    if (field === 'settlement' && typeof value === 'string') {
      const place = municipalities.flatMap((one) => one.settlements).find((one) => one.id === value);
      return place ? nameOf(place.names, language) : value;
    }
    const key = `${listed[field] ?? ''}.${String(value)}`;
    return speaker.knows(key) ? say(key) : String(value ?? '');
  };
}
