// Duty: when a step is complete, what the server is sent, and to which step a refused field belongs. Pure.
import type { CaseCreate } from '../../../../shared/cases.ts';
import { type Language, languages } from '../../../../shared/directoryLists.ts';
import { type Draft, type IntakeStep, titleFrom } from './drafts.ts';

/** The first thing that a step still lacks, as a field's name; null: complete. */
export function missingIn(draft: Draft, step: IntakeStep): string | null {
  const { fields, people } = draft;
  switch (step) {
    case 'kind':
      return fields.kind ? null : 'kind';
    case 'theme':
      return fields.theme ? (fields.subTheme ? null : 'subTheme') : 'theme';
    case 'where':
      return fields.municipality ? (fields.settlement === undefined ? 'settlement' : null) : 'municipality';
    case 'what':
      return fields.description?.trim() ? null : 'description';
    case 'who':
      return typeof people.count === 'number' && people.count > 0 ? null : 'people';
    case 'review':
      if (!(fields.title ?? titleFrom(fields.description ?? '')).trim()) return 'title';
      if (!fields.consentBasis) return 'consentBasis';
      return fields.concernsChild && fields.consentBasis === 'consented' && !fields.guardianConsent
        ? 'guardianConsent'
        : null;
  }
}

/** What is sent. Only for a draft whose steps are all complete. */
export function caseFrom(draft: Draft, language: Language): CaseCreate {
  const { fields, people } = draft;
  const description = fields.description!.trim();
  return {
    id: draft.id,
    kind: fields.kind!,
    theme: fields.theme!,
    subTheme: fields.subTheme!,
    title: (fields.title ?? titleFrom(description)).trim(),
    description,
    need: fields.need?.trim() ?? '',
    municipality: fields.municipality!,
    settlement: fields.settlement ?? null,
    precision: fields.settlement ? 'settlement' : 'municipality',
    people: {
      count: Number(people.count),
      households: people.households === '' ? null : people.households,
      ageBands: {},
    },
    urgency: fields.urgency ?? 'normal',
    concernsChild: fields.concernsChild ?? false,
    guardianConsent: fields.guardianConsent ?? false,
    consentBasis: fields.consentBasis!,
    language: fields.language ?? (languages.includes(language) ? language : 'sq'),
    interpreterNeeded: fields.interpreterNeeded ?? false,
  };
}

const homes: Record<string, IntakeStep> = {
  kind: 'kind',
  theme: 'theme',
  subTheme: 'theme',
  municipality: 'where',
  settlement: 'where',
  precision: 'where',
  description: 'what',
  need: 'what',
  people: 'who',
  urgency: 'who',
  concernsChild: 'who',
  language: 'who',
};

/** The step that asks for a field the server refused; what no step asks for is shown at the end. */
export const stepOf = (field: string): IntakeStep => homes[field.split('.')[0]!] ?? 'review';
