// Duty: letters for tests, through the API: drafts, sent ones, moves.
import { newId } from '../../shared/api.ts';
import type { LetterCreate, LetterPage } from '../../shared/letters.ts';
import { inDays } from './cases.ts';
import type { Person } from './server.ts';

export function letterInput(changes: Partial<LetterCreate> = {}): LetterCreate {
  return {
    id: newId(),
    kind: 'access_to_documents',
    institutionId: 'urbanism',
    municipality: 'ferizaj',
    language: 'sq',
    theme: 'housing',
    campaignId: null,
    demandId: null,
    issueId: null,
    caseId: null,
    ask: 'Programin komunal të banimit.',
    ...changes,
  };
}

export async function drafted(by: Person, changes: Partial<LetterCreate> = {}): Promise<string> {
  const input = letterInput(changes);
  const answer = await by.post('/api/letters', input);
  if (answer.status !== 201) throw new Error(`A test's letter failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function letterOf(by: Person, id: string): Promise<LetterPage> {
  const answer = await by.get(`/api/letters/${id}`);
  if (answer.status !== 200)
    throw new Error(`Opening a test's letter failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** Makes the move on the letter as it stands. */
export async function moveLetter(by: Person, id: string, input: Record<string, unknown>) {
  const version = input.version ?? (await letterOf(by, id)).version;
  return by.post(`/api/letters/${id}/moves`, { ...input, version });
}

export async function movedLetter(
  by: Person,
  id: string,
  input: Record<string, unknown>,
): Promise<LetterPage> {
  const answer = await moveLetter(by, id, input);
  if (answer.status !== 200) throw new Error(`A test's move failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

export const send = (on = inDays(0)) => ({ move: 'send', on, way: 'post' });

export async function sentLetter(
  by: Person,
  changes: Partial<LetterCreate> = {},
  on = inDays(0),
): Promise<string> {
  const id = await drafted(by, changes);
  await movedLetter(by, id, send(on));
  return id;
}
