// Duty: how one command changes one issue: read, decide, write if nobody was faster, else decide again; then tell.
import { type IssueFields, strangeSubThemes } from '../../../shared/issues.ts';
import { clock } from '../../clock.ts';
import { invalid, unavailable } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { wordsOf } from '../cases/similar.queries.ts';
import { issueChanged } from './issues.live.ts';
import { type IssueFile, IssueModel, type StoredIssueEntry } from './issues.model.ts';
import { issueFor } from './issues.queries.ts';

export interface IssueEdit {
  set: Partial<IssueFile>;
  entry: Omit<StoredIssueEntry, 'at' | 'by'>;
  touches?: string[];
}
export type DecideIssue = (issue: IssueFile) => IssueEdit | null | Promise<IssueEdit | null>;

const mostAttempts = 8;

/** The issue after the change. Throws 404 when the viewer does not see it, and whatever `decide` throws. */
export const changeIssue = (viewer: Viewer, id: string, decide: DecideIssue): Promise<IssueFile> =>
  changeIssueBehind(viewer.id, () => issueFor(viewer, id), decide);

/** The same for what the system completes: `load` finds it. */
export async function changeIssueBehind(
  actor: string | null,
  load: () => Promise<IssueFile>,
  decide: DecideIssue,
): Promise<IssueFile> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await load();
    const edit = await decide(before);
    if (!edit) return before;
    const after = await writeIssue(before, edit, actor);
    if (!after) continue;
    const lost = before.municipalities.filter((one) => !after.municipalities.includes(one));
    await issueChanged(after, actor, lost);
    return after;
  }
  throw unavailable(1, 'issue.busy');
}

/** Null when somebody was faster, or `guard` does not hold. Tells nobody. */
export async function writeIssue(
  before: IssueFile,
  edit: IssueEdit,
  actor: string | null,
  guard: Record<string, unknown> = {},
): Promise<IssueFile | null> {
  const now = clock.now();
  const version = before.version + 1;
  const fieldVersions = { ...before.fieldVersions };
  for (const field of edit.touches ?? []) fieldVersions[field] = version;
  const entry: StoredIssueEntry = { at: now, by: actor, ...edit.entry };
  const set: Partial<IssueFile> = { ...edit.set, version, fieldVersions, changedAt: now, changedBy: actor };
  if ('title' in edit.set || 'statement' in edit.set) set.searchTerms = issueTerms({ ...before, ...set });
  const written = await IssueModel.updateOne(
    { _id: before._id, version: before.version, ...guard },
    { $set: set, $push: { history: entry } },
  );
  return written.matchedCount === 0 ? null : { ...before, ...set, history: [...before.history, entry] };
}

const mostTerms = 300;

export const issueTerms = ({
  reference,
  title,
  statement,
}: Pick<IssueFile, 'reference' | 'title' | 'statement'>) =>
  [
    ...new Set([
      reference.toLowerCase().replaceAll('-', ''),
      ...wordsOf(reference),
      ...wordsOf(title),
      ...wordsOf(statement),
    ]),
  ].slice(0, mostTerms);

/** What must hold between fields, whoever changed which. */
export function ensureWhole(fields: Pick<IssueFields, 'themes' | 'subThemes'>): void {
  const strange = strangeSubThemes(fields);
  if (strange.length > 0)
    throw invalid(strange.map((at) => ({ path: ['subThemes', at], code: 'not_of_this_theme' })));
}
