// Duty: propose or open an issue, revise its words, move it. Merging and splitting: merges.commands.ts; its cases: links.commands.ts.
import { isDeepStrictEqual } from 'node:util';
import {
  type IssueCreate,
  type IssueMoveInput,
  type IssueRevise,
  type IssueStatus,
  issueMoves,
  liveIssueStatuses,
  type StaleIssue,
} from '../../../shared/issues.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { groundsBehindIssue } from '../cases/behind.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { changeIssue, ensureWhole, issueTerms } from './change.ts';
import { issueChanged } from './issues.live.ts';
import { type IssueFile, IssueModel, nextIssueReference } from './issues.model.ts';
import { mayEditIssue, mayMoveIssue, mayPropose, mayWriteFor } from './issues.policy.ts';

const duplicateKey = 11000;

/** A coordinator opens, a team proposes. Made once however often it is asked for with the same id. */
export async function createIssue(
  viewer: Viewer,
  input: IssueCreate,
  options: { now?: Date; splitFrom?: Pick<IssueFile, '_id' | 'reference'>; pendingCases?: string[] } = {},
): Promise<{ issue: IssueFile; made: boolean }> {
  ensure(mayPropose, viewer, null);
  ensure(mayWriteFor, viewer, input.municipalities, 'issue.otherMunicipality');
  const earlier = await madeBefore(viewer, input.id);
  if (earlier) return { issue: earlier, made: false };
  const now = options.now ?? clock.now();
  const { id, themes, subThemes, municipalities, title, statement } = input;
  const fields = { themes, subThemes, municipalities, title, statement };
  const reference = await nextIssueReference(Number(dayOf(now).slice(0, 4)));
  const isOpened = viewer.role === 'coordinator';
  const issue: IssueFile = {
    _id: id,
    version: 1,
    fieldVersions: {},
    reference,
    ...fields,
    status: isOpened ? 'open' : 'proposed',
    mergedInto: null,
    mergedAt: null,
    mergePending: false,
    receiving: [],
    splitFrom: options.splitFrom?._id ?? null,
    pendingCases: options.pendingCases ?? [],
    createdBy: viewer.id,
    createdAt: now,
    changedAt: now,
    changedBy: viewer.id,
    history: [
      options.splitFrom
        ? { at: now, by: viewer.id, what: 'splitOff', other: options.splitFrom.reference }
        : { at: now, by: viewer.id, what: isOpened ? 'opened' : 'proposed' },
    ],
    searchTerms: issueTerms({ reference, title, statement }),
    example: viewer.example,
  };
  try {
    await IssueModel.create(issue);
  } catch (error) {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
    const first = await madeBefore(viewer, id);
    if (!first) throw error;
    return { issue: first, made: false };
  }
  await issueChanged(issue, viewer.id);
  return { issue, made: true };
}

async function madeBefore(viewer: Viewer, id: string): Promise<IssueFile | null> {
  const found = await IssueModel.findOne({ _id: id }).lean<IssueFile>();
  if (found && found.createdBy !== viewer.id) throw conflict('id.taken');
  return found;
}

/** Different fields merge; where both changed the same one, nothing is saved and both sides come back. */
export function reviseIssue(viewer: Viewer, id: string, input: IssueRevise): Promise<IssueFile> {
  const { version, ...wanted } = input;
  return changeIssue(viewer, id, async (issue) => {
    ensure(mayEditIssue, viewer, issue);
    refuseEnded(issue);
    refuseFutureVersion(issue, version);
    const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
      (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], issue[field]),
    );
    if (changed.length === 0) return null;
    if (wanted.municipalities) ensure(mayWriteFor, viewer, wanted.municipalities, 'issue.otherMunicipality');
    const bothChanged = changed.filter((field) => (issue.fieldVersions[field] ?? 1) > version);
    if (bothChanged.length > 0) throw await staleIssue(viewer, issue, bothChanged, wanted);
    const set = Object.fromEntries(changed.map((field) => [field, wanted[field]])) as Partial<IssueFile>;
    ensureWhole({ ...issue, ...set });
    await ensureCovers(issue, { ...issue, ...set });
    return { set, entry: { what: 'revised', fields: changed }, touches: changed };
  });
}

/** A case behind it would be left without what put it there. */
async function ensureCovers(before: IssueFile, after: IssueFile): Promise<void> {
  const goes = {
    municipalities: before.municipalities.filter((one) => !after.municipalities.includes(one)),
    themes: before.themes.filter((one) => !after.themes.includes(one)),
  };
  if (goes.municipalities.length + goes.themes.length === 0) return;
  const grounds = await groundsBehindIssue(before._id);
  const faults: FieldFault[] = [];
  if (goes.municipalities.some((one) => grounds.municipalities.includes(one)))
    faults.push({ path: ['municipalities'], code: 'has_cases' });
  if (goes.themes.some((one) => grounds.themes.includes(one)))
    faults.push({ path: ['themes'], code: 'has_cases' });
  if (faults.length > 0) throw invalid(faults);
}

export function moveIssue(viewer: Viewer, id: string, input: IssueMoveInput): Promise<IssueFile> {
  return changeIssue(viewer, id, async (issue) => {
    ensure(mayMoveIssue, viewer, issue);
    refuseFutureVersion(issue, input.version);
    const { from, to } = issueMoves[input.move];
    if (!(from as readonly IssueStatus[]).includes(issue.status))
      throw conflict('move.notFromHere', { status: issue.status, version: issue.version });
    if ((issue.fieldVersions.status ?? 1) > input.version) throw await staleIssue(viewer, issue, [], {});
    return {
      set: { status: to },
      entry: { what: 'moved', move: input.move, ...('reason' in input ? { reason: input.reason } : {}) },
      touches: ['status'],
    };
  });
}

export function refuseEnded(issue: IssueFile): void {
  if (!liveIssueStatuses.includes(issue.status))
    throw conflict(`issue.${issue.status}`, { status: issue.status, version: issue.version });
}

/** A version that does not exist yet was never read. */
export function refuseFutureVersion(issue: IssueFile, version: number): void {
  if (version > issue.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
}

/** The 409 that carries both sides of each field. */
export async function staleIssue(
  viewer: Viewer,
  issue: IssueFile,
  fields: (keyof Omit<IssueRevise, 'version'>)[],
  wanted: Partial<IssueRevise>,
) {
  const names = await colleaguesById(viewer);
  const conflicts = fields.map((field) => {
    const last = issue.history.findLast((entry) => entry.fields?.includes(field));
    return {
      field,
      yours: wanted[field],
      theirs: issue[field],
      by: (last?.by && names.get(last.by)?.name) || null,
      at: (last?.at ?? issue.changedAt).toISOString(),
    };
  });
  const extra: StaleIssue = { version: issue.version, status: issue.status, conflicts };
  return conflict('issue.stale', { ...extra });
}
