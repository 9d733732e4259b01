// Duty: a field's name and value in words, for the note about what somebody else saved. Pure.
import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directory.ts';
import type { Speaker } from '../../../shared/i18n.ts';

const wordsOf: Record<string, string> = {
  name: 'directory.name',
  role: 'directory.role',
  municipality: 'directory.municipality',
  organisation: 'directory.organisation',
  language: 'directory.language',
  active: 'directory.status',
  shortName: 'directory.organisations.shortName',
  kind: 'directory.organisations.kind',
  services: 'directory.organisations.services',
  themes: 'directory.organisations.themes',
  municipalities: 'directory.organisations.municipalities',
  capacity: 'directory.organisations.capacity',
  contact: 'directory.organisations.contact',
};

export function fieldWord({ say, knows }: Speaker, field: string): string {
  const key = wordsOf[field] ?? '';
  return knows(key) ? say(key) : field;
}

const isMunicipality = (value: unknown): value is MunicipalitySlug =>
  (municipalitySlugs as readonly unknown[]).includes(value);

/** A closed list's entry in words, a place by its name, anything else as it is. */
export function conflictWords(
  speaker: Speaker,
  placeName: (slug: MunicipalitySlug) => string,
  field: string,
  value: unknown,
): string {
  const { say, knows } = speaker;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return say('common.none');
  if (Array.isArray(value))
    return value.map((one) => conflictWords(speaker, placeName, field.replace(/s$/, ''), one)).join(', ');
  if (typeof value === 'boolean') return say(value ? 'common.yes' : 'common.no');
  if (isMunicipality(value)) return placeName(value);
  for (const key of [`${field}.${value}`, `directory.organisations.${field}.${value}`])
    if (knows(key)) return say(key);
  return String(value);
}
