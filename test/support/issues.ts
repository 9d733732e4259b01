// Duty: build structural issues for tests, through the API alone.
import { newId } from '../../shared/api.ts';
import type { IssueCreate, IssuePage } from '../../shared/issues.ts';
import { logged } from './cases.ts';
import type { Person, TestServer } from './server.ts';

/** An issue that nothing is wrong with, and that fits `caseInput`. */
export function issueInput(changes: Partial<IssueCreate> = {}): IssueCreate {
  return {
    id: newId(),
    title: 'Streets without water after the works',
    statement: 'Whole streets lose their connection to the water main and wait for months.',
    themes: ['housing'],
    subThemes: [],
    municipalities: ['ferizaj'],
    ...changes,
  };
}

/** Who meets an issue in Ferizaj; the partner belongs to that organisation, the other partner to another. */
export const issueCast = async (server: TestServer, organisation: string) => ({
  coordinator: await server.as('coordinator'),
  activist: await server.as('activist'),
  lead: await server.as('team_lead'),
  elsewhere: await server.as('activist', { municipality: 'prizren' }),
  partner: await server.as('cso_member', { organisation }),
  otherPartner: await server.as('cso_member'),
});

/** Its id; made, or throws. */
export async function issueMade(by: Person, changes: Partial<IssueCreate> = {}): Promise<string> {
  const input = issueInput(changes);
  const answer = await by.post('/api/issues', input);
  if (answer.status !== 201) throw new Error(`A test's issue failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function issueOf(by: Person, id: string): Promise<IssuePage> {
  const answer = await by.get(`/api/issues/${id}`);
  if (answer.status !== 200)
    throw new Error(`Opening a test's issue failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** So many new cases behind it. */
export async function casesBehindIssue(
  by: Person,
  issue: string,
  count: number,
  changes = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await logged(by, changes));
  const answer = await by.post(`/api/issues/${issue}/cases`, { ids, act: 'link' });
  const failed = answer.body.data?.find((one: { ok: boolean }) => !one.ok);
  if (answer.status !== 200 || failed) throw new Error(`Linking test cases failed: ${answer.text}`);
  return ids;
}

/** The case as it stands is put behind that issue, or behind none. */
export async function setIssue(by: Person, caseId: string, issue: string | null, version?: number) {
  const based = version ?? (await by.get(`/api/cases/${caseId}/issue`)).body.version;
  return by.put(`/api/cases/${caseId}/issue`, { issue, version: based });
}
