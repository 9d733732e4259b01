// Duty: put cases behind an issue and take them off, one by one, each by its own rule. The case's side: cases/links.commands.ts.
import { type LinkCasesInput, type LinkResult, liveIssueStatuses } from '../../../shared/issues.ts';
import { AppError, conflict, invalid } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { mayLinkIssue } from '../cases/cases.policy.ts';
import { type CaseFile, caseFor } from '../cases/cases.queries.ts';
import { linkIssue, passToIssue, unlinkIssue } from '../cases/links.commands.ts';
import { issueCounted } from './issues.live.ts';
import type { IssueFile } from './issues.model.ts';
import { mayLinkCases } from './issues.policy.ts';
import { issueFor, issueIfSeen, issueItself } from './issues.queries.ts';

/** Throws what keeps this case from standing behind that issue. */
function ensureFits(caseFile: CaseFile, issue: IssueFile): void {
  if (!liveIssueStatuses.includes(issue.status))
    throw conflict(`issue.${issue.status}`, { status: issue.status });
  const refuse = (code: string) => invalid([{ path: ['issue'], code }]);
  if (!issue.municipalities.includes(caseFile.municipality)) throw refuse('not_of_this_municipality');
  if (!issue.themes.includes(caseFile.theme)) throw refuse('not_of_this_theme');
}

/** The link as its case's page sets it; null takes it off. An issue that the viewer does not see is as if it were not there. */
export async function setIssueOfCase(
  viewer: Viewer,
  caseId: string,
  input: { issue: string | null; version: number },
): Promise<CaseFile> {
  const before = await caseFor(viewer, caseId);
  ensure(mayLinkIssue, viewer, before);
  if (input.issue === null)
    return before.issue ? unlink(viewer, before, before.issue, input.version) : before;
  const issue = await issueIfSeen(viewer, input.issue);
  if (!issue) throw invalid([{ path: ['issue'], code: 'not_found' }]);
  return link(viewer, before, issue, input.version);
}

async function link(viewer: Viewer, before: CaseFile, issue: IssueFile, version?: number): Promise<CaseFile> {
  const { _id: id, reference } = issue;
  const fits = async (caseFile: CaseFile) => ensureFits(caseFile, (await issueItself(id)) ?? issue);
  const linked = await linkIssue(viewer, before._id, { id, reference }, { version, fits });
  // It was merged while the case was on its way: the case goes on to where the others went.
  const present = await issueItself(id);
  const successor = present?.mergedInto ? await issueItself(present.mergedInto) : null;
  const after = successor
    ? await passToIssue(viewer.id, before._id, id, { id: successor._id, reference: successor.reference })
    : linked;
  if (before.issue) issueCounted(before.issue, before.municipality, viewer.id);
  issueCounted(after.issue ?? id, before.municipality, viewer.id);
  return after;
}

async function unlink(viewer: Viewer, before: CaseFile, id: string, version?: number): Promise<CaseFile> {
  const reference = (await issueItself(id))?.reference ?? '';
  const after = await unlinkIssue(viewer, before._id, { id, reference }, version);
  issueCounted(id, before.municipality, viewer.id);
  return after;
}

/** Every case gets its result, in the order asked; one that fails does not stop the others. Safe to repeat. */
export async function linkCases(
  viewer: Viewer,
  id: string,
  { ids, act }: LinkCasesInput,
): Promise<LinkResult[]> {
  const issue = await issueFor(viewer, id);
  ensure(mayLinkCases, viewer, issue);
  const results: LinkResult[] = [];
  for (const caseId of ids) results.push(await linkOne(viewer, issue, caseId, act));
  return results;
}

async function linkOne(
  viewer: Viewer,
  issue: IssueFile,
  caseId: string,
  act: LinkCasesInput['act'],
): Promise<LinkResult> {
  const result: LinkResult = {
    id: caseId,
    reference: null,
    ok: true,
    code: null,
    from: null,
    already: false,
  };
  try {
    const caseFile = await caseFor(viewer, caseId);
    result.reference = caseFile.reference;
    ensure(mayLinkIssue, viewer, caseFile);
    result.already = act === 'unlink' ? caseFile.issue !== issue._id : caseFile.issue === issue._id;
    if (result.already) return result;
    if (act === 'unlink') {
      await unlink(viewer, caseFile, issue._id);
      return result;
    }
    if (caseFile.issue) result.from = (await issueItself(caseFile.issue))?.reference ?? null;
    if (act === 'link') await link(viewer, caseFile, issue);
    else ensureFits(caseFile, issue);
    return result;
  } catch (error) {
    return { ...result, ok: false, code: codeOf(error) };
  }
}

/** The field's own fault says more than "input is invalid". */
function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.details.faults?.[0]?.code ?? error.code;
  report(error, { where: 'issues' });
  return 'internal';
}
