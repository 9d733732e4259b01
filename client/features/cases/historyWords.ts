// Duty: one line of a case's history in words. Pure: entry and speaker in, text out; no form depends on anybody's gender.
import type { HistoryEntry } from '../../../shared/caseViews.ts';
import type { MessageKey, Speaker } from '../../../shared/i18n.ts';

const fieldKeys: Partial<Record<string, MessageKey>> = {
  kind: 'case.kind',
  theme: 'case.theme',
  subTheme: 'case.subTheme',
  title: 'case.title',
  description: 'case.description',
  need: 'case.need',
  settlement: 'case.settlement',
  municipality: 'case.municipality',
  precision: 'case.precision',
  people: 'case.people',
  urgency: 'case.urgency',
  concernsChild: 'case.concernsChild',
  guardianConsent: 'case.guardianConsent',
  consentBasis: 'case.consentBasis',
  language: 'case.language',
  interpreterNeeded: 'case.interpreterNeeded',
  sensitivity: 'case.sensitivity',
  issue: 'case.issue',
};

/** A field's name as the page calls it; the field's own name if it has none. */
export function fieldName({ say }: Speaker, field: string): string {
  const key = fieldKeys[field];
  return key ? say(key) : field;
}

/** What happened, without who and when. */
export function historyWords(
  speaker: Speaker,
  entry: HistoryEntry,
  list: (items: string[]) => string,
): string {
  const { say } = speaker;
  const person = entry.person?.name ?? say('common.nobody');
  switch (entry.what) {
    case 'moved':
      return entry.move ? moveWords(speaker, entry, person) : say('case.history.changed');
    case 'revised':
      return entry.fields.length > 0
        ? say('case.history.revised', {
            fields: list(entry.fields.map((field) => fieldName(speaker, field))),
          })
        : say('case.history.changed');
    case 'assigned':
      return entry.person ? say('case.history.assigned', { person }) : say('case.history.assignedNobody');
    case 'handedOver':
      return say('case.history.handedOver', { person });
    default:
      return speaker.knows(`case.history.${entry.what}`)
        ? say(`case.history.${entry.what}`, { issue: entry.issue ?? '' })
        : say('case.history.changed');
  }
}

function moveWords({ say }: Speaker, entry: HistoryEntry, person: string): string {
  const words = say(`case.history.move.${entry.move!}`, { person });
  if (entry.confirmedBy)
    return `${words}. ${say('case.confirmedBy', { who: say(`case.confirmed.${entry.confirmedBy}`) })}`;
  return entry.outcome ? `${words}: ${say(`case.outcome.${entry.outcome}`)}` : words;
}
