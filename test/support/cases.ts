// Duty: build valid inputs about cases and take cases to where a test begins, through the API alone.
import { dayAfter, dayOf } from '../../server/clock.ts';
import { newId } from '../../shared/api.ts';
import type { CaseCreate } from '../../shared/cases.ts';
import type { CasePage } from '../../shared/caseViews.ts';
import type { Person } from './server.ts';

/** A group case that nothing is wrong with. */
export function caseInput(changes: Partial<CaseCreate> = {}): CaseCreate {
  return {
    id: newId(),
    kind: 'group',
    theme: 'housing',
    subTheme: 'infrastructure',
    title: 'No water in the lower street',
    description: 'Eleven households share one tap since the works began.',
    need: 'A connection to the water main',
    municipality: 'ferizaj',
    settlement: null,
    precision: 'settlement',
    people: { count: 52, households: 11, ageBands: { '0-5': 9 } },
    urgency: 'normal',
    concernsChild: false,
    guardianConsent: false,
    consentBasis: 'no_personal_data',
    language: 'sq',
    interpreterNeeded: false,
    ...changes,
  };
}

export async function logged(by: Person, changes: Partial<CaseCreate> = {}): Promise<string> {
  const input = caseInput(changes);
  const answer = await by.post('/api/cases', input);
  if (answer.status !== 201) throw new Error(`Logging a test case failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function pageOf(by: Person, id: string): Promise<CasePage> {
  const answer = await by.get(`/api/cases/${id}`);
  if (answer.status !== 200) throw new Error(`Opening a test case failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** Days as Kosovo counts them: an hour or two before midnight elsewhere it is tomorrow there. */
export function inDays(days: number): string {
  return dayAfter(dayOf(new Date()), days);
}

/** Makes the move on the case as it stands now. */
export async function move(by: Person, id: string, input: Record<string, unknown>) {
  const version = input.version ?? (await pageOf(by, id)).version;
  return by.post(`/api/cases/${id}/moves`, { ...input, version });
}

/** Moves or throws. */
export async function moved(by: Person, id: string, input: Record<string, unknown>): Promise<CasePage> {
  const answer = await move(by, id, input);
  if (answer.status !== 200) throw new Error(`A test's move failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

export const triage = (lead: string, urgency = 'high') => ({ move: 'triage', urgency, lead, inScope: true });
