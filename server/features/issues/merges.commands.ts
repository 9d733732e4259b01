// Duty: make two issues one, or one two. Each is decided by writing one document; what follows from it is safe to repeat, and a job
// completes it after a stop: the successor covers what it receives, the cases pass one by one, the slices above move their links.
import type { IssueSplitInput } from '../../../shared/issues.ts';
import { clock } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { caseIdsBehindIssue } from '../cases/behind.queries.ts';
import { type CaseFile, caseFor } from '../cases/cases.queries.ts';
import { passToIssue } from '../cases/links.commands.ts';
import { changeIssueBehind, writeIssue } from './change.ts';
import { createIssue, refuseEnded, refuseFutureVersion, staleIssue } from './issues.commands.ts';
import { issueChanged } from './issues.live.ts';
import { type IssueFile, IssueModel } from './issues.model.ts';
import { mayMergeIssue, maySplitIssue } from './issues.policy.ts';
import { issueFor, issueIfSeen, issueItself } from './issues.queries.ts';

/** Links of a slice above that name `from` name `to` from now on. Must be safe to repeat. */
export type MergeListener = (from: string, to: string) => Promise<void>;
const listeners = new Set<MergeListener>();
export function onIssueMerged(listener: MergeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const minute = 60_000;
/** Longer than a merge takes between its two writes. */
const reservedFor = 10 * minute;
/** A case that was being linked while its issue was merged is found within this time. */
const lookBack = 10 * minute;
const atOnce = 100;

const refuseInto = (code: string) => invalid([{ path: ['into'], code }]);

/** The successor, with everything that was behind `id`. Repeated, it completes what a stop left. */
export async function mergeIssue(
  viewer: Viewer,
  id: string,
  input: { into: string; version: number },
): Promise<IssueFile> {
  const from = await issueFor(viewer, id);
  ensure(mayMergeIssue, viewer, from);
  refuseFutureVersion(from, input.version);
  if (input.into === id) throw refuseInto('itself');
  const to = await issueIfSeen(viewer, input.into);
  if (!to) throw refuseInto('not_found');
  if (from.status === 'merged' && from.mergedInto === to._id) return completeMerge(from, viewer.id);
  if (await becomes(to, id)) throw refuseInto('circle');
  if (from.status === 'merged')
    throw conflict('issue.merged', { status: from.status, version: from.version });
  if (to.status === 'merged') throw refuseInto('merged');
  if (to.status === 'closed') throw refuseInto('closed');
  if ((from.fieldVersions.status ?? 1) > input.version) throw await staleIssue(viewer, from, [], {});
  return completeMerge(await decide(viewer, from, to), viewer.id);
}

/** Whether that issue, followed to where it went, is this one. */
async function becomes(issue: IssueFile, id: string): Promise<boolean> {
  const seen = new Set<string>();
  let next: IssueFile | null = issue;
  while (next?.mergedInto && !seen.has(next._id)) {
    if (next.mergedInto === id) return true;
    seen.add(next._id);
    next = await issueItself(next.mergedInto);
  }
  return false;
}

/**
 * The successor first says that it receives; only who receives nothing itself may then go. Of two that would merge into each other
 * at the same moment, in whatever processes, both are refused, and never both merged.
 */
async function decide(viewer: Viewer, from: IssueFile, to: IssueFile): Promise<IssueFile> {
  const now = clock.now();
  const reserved = await IssueModel.updateOne(
    { _id: to._id, status: { $in: ['proposed', 'open'] } },
    { $push: { receiving: { from: from._id, since: now } } },
  );
  if (reserved.matchedCount === 0) throw conflict('issue.busy');
  const merged = await writeIssue(
    from,
    {
      set: { status: 'merged', mergedInto: to._id, mergedAt: now, mergePending: true },
      entry: { what: 'merged', other: to.reference },
      touches: ['status'],
    },
    viewer.id,
    { 'receiving.0': { $exists: false } },
  );
  if (merged) return merged;
  await release(to._id, from._id);
  const present = (await issueItself(from._id)) ?? from;
  if (present.receiving.length > 0) throw conflict('issue.busy');
  throw await staleIssue(viewer, present, [], {});
}

const release = (to: string, from: string) =>
  IssueModel.updateOne({ _id: to }, { $pull: { receiving: { from } } });

async function completeMerge(from: IssueFile, actor: string | null): Promise<IssueFile> {
  const { _id, mergedInto } = from;
  const load = async () => (await issueItself(mergedInto!))!;
  const to = await changeIssueBehind(actor, load, (successor) => received(successor, from));
  await IssueModel.updateMany({ mergedInto: _id }, { $set: { mergedInto: to._id } });
  await passAll(_id, to, actor);
  for (const listener of listeners) await listener(_id, to._id);
  await IssueModel.updateOne({ _id, mergePending: true }, { $set: { mergePending: false } });
  await release(to._id, _id);
  const present = await load();
  await issueChanged(present, actor);
  await issueChanged(from, actor);
  return present;
}

/** The successor covers all that the other covered; said once. */
function received(successor: IssueFile, from: IssueFile) {
  const isSaid = successor.history.some(({ what, other }) => what === 'received' && other === from.reference);
  if (isSaid) return null;
  const both = <Item>(name: 'municipalities' | 'themes' | 'subThemes') =>
    [...new Set([...successor[name], ...from[name]])] as Item[];
  const isWhole = successor.subThemes.length === 0 || from.subThemes.length === 0;
  return {
    set: {
      municipalities: both<IssueFile['municipalities'][number]>('municipalities'),
      themes: both<IssueFile['themes'][number]>('themes'),
      subThemes: isWhole ? [] : both<IssueFile['subThemes'][number]>('subThemes'),
    },
    entry: { what: 'received' as const, other: from.reference },
    touches: ['municipalities', 'themes', 'subThemes'],
  };
}

async function passAll(
  from: string,
  to: Pick<IssueFile, '_id' | 'reference'>,
  actor: string | null,
): Promise<void> {
  for (;;) {
    const ids = await caseIdsBehindIssue(from, atOnce);
    for (const id of ids) await passToIssue(actor, id, from, { id: to._id, reference: to.reference });
    if (ids.length < atOnce) return;
  }
}

/** A new issue with these cases. All of them fit or nothing is made; repeated with the same id, it completes what a stop left. */
export async function splitIssue(
  viewer: Viewer,
  id: string,
  input: IssueSplitInput,
): Promise<{ issue: IssueFile; made: boolean; caseFiles: CaseFile[] }> {
  const from = await issueFor(viewer, id);
  ensure(maySplitIssue, viewer, from);
  refuseFutureVersion(from, input.version);
  const { cases, version: _version, ...fields } = input;
  const caseFiles = await fittingCases(viewer, from, input);
  const earlier = await issueItself(input.id);
  if (!earlier) refuseEnded(from);
  const { issue, made } = await createIssue(viewer, fields, { splitFrom: from, pendingCases: cases });
  if (issue.splitFrom !== id) throw conflict('id.taken');
  await completeSplit(issue, viewer.id);
  return { issue: await issueFor(viewer, issue._id), made, caseFiles };
}

async function fittingCases(viewer: Viewer, from: IssueFile, input: IssueSplitInput): Promise<CaseFile[]> {
  const faults: FieldFault[] = [];
  const found: CaseFile[] = [];
  for (const [at, id] of input.cases.entries()) {
    const caseFile = await caseFor(viewer, id).catch(() => null);
    const refuse = (code: string) => faults.push({ path: ['cases', at], code });
    if (!caseFile) refuse('not_found');
    else if (caseFile.issue !== from._id && caseFile.issue !== input.id) refuse('not_behind_issue');
    else if (!input.municipalities.includes(caseFile.municipality)) refuse('not_of_this_municipality');
    else if (!input.themes.includes(caseFile.theme)) refuse('not_of_this_theme');
    else found.push(caseFile);
  }
  if (faults.length > 0) throw invalid(faults);
  return found;
}

async function completeSplit(issue: IssueFile, actor: string | null): Promise<void> {
  const from = issue.splitFrom!;
  for (const id of issue.pendingCases)
    await passToIssue(actor, id, from, { id: issue._id, reference: issue.reference });
  await changeIssueBehind(
    actor,
    async () => (await issueItself(from))!,
    (old) =>
      old.history.some(({ what, other }) => what === 'split' && other === issue.reference)
        ? null
        : { set: {}, entry: { what: 'split', other: issue.reference } },
  );
  await IssueModel.updateOne({ _id: issue._id }, { $set: { pendingCases: [] } });
  await issueChanged(issue, actor);
}

/** Merges and splits that a stop left half done, cases that were linked meanwhile, reservations that came to nothing. */
export async function completeMerges(now = clock.now()): Promise<number> {
  let done = 0;
  const merged = await IssueModel.find({
    $or: [
      { mergePending: true },
      { status: 'merged', mergedAt: { $gte: new Date(now.getTime() - lookBack) } },
    ],
  }).lean<IssueFile[]>();
  for (const issue of merged) {
    const isLeft = issue.mergePending || (await caseIdsBehindIssue(issue._id, 1)).length > 0;
    if (!isLeft) continue;
    await completeMerge(issue, issue.changedBy);
    done += 1;
  }
  const split = await IssueModel.find({ 'pendingCases.0': { $exists: true } }).lean<IssueFile[]>();
  for (const issue of split) await completeSplit(issue, issue.changedBy);
  const old = new Date(now.getTime() - reservedFor);
  const reserved = await IssueModel.find({ 'receiving.since': { $lt: old } }).lean<IssueFile[]>();
  for (const issue of reserved)
    for (const { from, since } of issue.receiving)
      if (since < old && (await issueItself(from))?.mergedInto !== issue._id) await release(issue._id, from);
  return done + split.length;
}
