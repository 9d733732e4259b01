// Duty: build valid commitments for tests, all invented, and take them to where a test begins, through the API alone.
import { dayAfter, dayOf } from '../../server/clock.ts';
import { newId } from '../../shared/api.ts';
import type { CommitmentCreate, CommitmentPage, SourceCreate } from '../../shared/commitments.ts';
import { form, plainPng } from './files.ts';
import type { Person } from './server.ts';

/** So many days from today as Kosovo counts them. */
export const inDays = (days: number): string => dayAfter(dayOf(new Date()), days);

/** A promise that nothing is wrong with. */
export function commitmentInput(changes: Partial<CommitmentCreate> = {}): CommitmentCreate {
  return {
    id: newId(),
    title: 'Twelve flats in the settlement',
    words: 'We will build twelve flats for the families of the settlement before the winter.',
    language: 'sq',
    sourceId: null,
    page: '',
    institutionId: 'urbanism',
    municipality: 'gjakova',
    themes: ['housing'],
    person: 'Official Testovski',
    office: 'Director of Urbanism',
    place: 'Town hall',
    promisedOn: inDays(-40),
    formality: 'verbal',
    dueOn: inDays(60),
    nextCheckOn: null,
    budget: { promised: 240_000, approved: null, spent: null },
    campaignIds: [],
    issueIds: [],
    demandId: null,
    ...changes,
  };
}

export function sourceInput(changes: Partial<SourceCreate> = {}): SourceCreate {
  return {
    id: newId(),
    title: 'Minutes of the public discussion on housing',
    kind: 'minutes',
    issuedBy: 'Municipality',
    date: inDays(-40),
    language: 'sq',
    link: null,
    ...changes,
  };
}

export async function recorded(by: Person, changes: Partial<CommitmentCreate> = {}): Promise<string> {
  const input = commitmentInput(changes);
  const answer = await by.post('/api/commitments', input);
  if (answer.status !== 201)
    throw new Error(`Recording a test's commitment failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function commitmentOf(by: Person, id: string): Promise<CommitmentPage> {
  const answer = await by.get(`/api/commitments/${id}`);
  if (answer.status !== 200)
    throw new Error(`Opening a test's commitment failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** Makes the move on the commitment as it stands for whoever moves it. */
export async function moveCommitment(by: Person, id: string, input: Record<string, unknown>) {
  const version = input.version ?? (await commitmentOf(by, id)).version;
  return by.post(`/api/commitments/${id}/moves`, { ...input, version });
}

export async function movedCommitment(
  by: Person,
  id: string,
  input: Record<string, unknown>,
): Promise<CommitmentPage> {
  const answer = await moveCommitment(by, id, input);
  if (answer.status !== 200) throw new Error(`A test's move failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** A picture of the place, on the commitment; answers its id. */
export async function withEvidence(by: Person, id: string, evidence = newId()): Promise<string> {
  const answer = await by.send(
    'POST',
    `/api/commitments/${id}/evidence?id=${evidence}`,
    form(await plainPng(), 'Secret name.png', 'image/png'),
  );
  if (answer.status !== 201) throw new Error(`A test's evidence failed: ${answer.status} ${answer.text}`);
  return evidence;
}

export const check = (
  completion: string,
  evidence: string[],
  changes: Record<string, unknown> = {},
): Record<string, unknown> => ({
  move: 'check',
  id: newId(),
  completion,
  checkedOn: inDays(0),
  evidence,
  note: 'We went there and looked.',
  nextCheckOn: null,
  ...changes,
});
