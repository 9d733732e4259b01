// Duty: an issue as a row and as a page for whoever may see it, with as much of its cases as may be told. No document passes.

import type { Colleague } from '../../../shared/directory.ts';
import type {
  IssueAnswer,
  IssueChoice,
  IssueEntry,
  IssueOfCase,
  IssuePage,
  IssueRow,
  SuggestedCase,
} from '../../../shared/issues.ts';
import type { TextWarning } from '../../../shared/personalData.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { casesAlike } from '../cases/alike.queries.ts';
import { casesBehind } from '../cases/behind.queries.ts';
import { mayLinkIssue } from '../cases/cases.policy.ts';
import type { CaseFile } from '../cases/cases.queries.ts';
import { queryWords, wordsOf } from '../cases/similar.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { IssueFile, StoredIssueEntry } from './issues.model.ts';
import { issueRules } from './issues.policy.ts';
import { issueIfSeen, issueNamesFor, liveIssuesCovering } from './issues.queries.ts';

type Link = { id: string; reference: string } | null;

/** Others that these name, as far as the viewer sees them. */
async function linksFor(viewer: Viewer, issues: readonly IssueFile[]): Promise<(id: string | null) => Link> {
  const ids = issues
    .flatMap(({ mergedInto, splitFrom }) => [mergedInto, splitFrom])
    .filter((id) => id !== null);
  const names = new Map(
    (await issueNamesFor(viewer, ids)).map(({ id, reference }) => [id, { id, reference }]),
  );
  return (id) => (id && names.get(id)) || null;
}

async function presentRow(
  viewer: Viewer,
  issue: IssueFile,
  link: (id: string | null) => Link,
): Promise<IssueRow> {
  return {
    id: issue._id,
    version: issue.version,
    reference: issue.reference,
    title: issue.title,
    themes: issue.themes,
    subThemes: issue.subThemes,
    municipalities: issue.municipalities,
    status: issue.status,
    mergedInto: link(issue.mergedInto),
    cases: await casesBehind(viewer, { issue: issue._id }),
    changedAt: issue.changedAt.toISOString(),
    example: issue.example,
  };
}

export async function presentRows(viewer: Viewer, issues: readonly IssueFile[]): Promise<IssueRow[]> {
  const link = await linksFor(viewer, issues);
  return Promise.all(issues.map((issue) => presentRow(viewer, issue, link)));
}

const presentEntry = (entry: StoredIssueEntry, names: ReadonlyMap<string, Colleague>): IssueEntry => ({
  at: entry.at.toISOString(),
  by: (entry.by && names.get(entry.by)) || null,
  what: entry.what,
  move: entry.move ?? null,
  reason: entry.reason ?? null,
  fields: entry.fields ?? [],
  other: entry.other ?? null,
});

export async function presentIssue(
  viewer: Viewer,
  issue: IssueFile,
  warnings: TextWarning[] = [],
): Promise<IssueAnswer> {
  const [names, link] = await Promise.all([colleaguesById(viewer), linksFor(viewer, [issue])]);
  const data: IssuePage = {
    ...(await presentRow(viewer, issue, link)),
    statement: issue.statement,
    splitFrom: link(issue.splitFrom),
    createdBy: names.get(issue.createdBy) ?? null,
    createdAt: issue.createdAt.toISOString(),
    mergePending: issue.mergePending,
    history: issue.history.map((entry) => presentEntry(entry, names)),
  };
  return {
    data,
    abilities: abilitiesOf(issueRules, viewer, issue),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** Whoever sees a case sees what it is an example of. */
export async function presentIssueOfCase(viewer: Viewer, caseFile: CaseFile): Promise<IssueOfCase> {
  const issue = caseFile.issue ? await issueIfSeen(viewer, caseFile.issue) : null;
  const { theme, subTheme, municipality } = caseFile;
  const row = issue && (await presentRows(viewer, [issue]))[0]!;
  return {
    data: issue &&
      row && {
        id: row.id,
        reference: row.reference,
        title: row.title,
        status: row.status,
        mergedInto: row.mergedInto,
        cases: row.cases,
        statement: issue.statement,
      },
    caseFile: { theme, subTheme, municipality },
    version: caseFile.version,
    abilities: { link: mayLinkIssue(viewer, caseFile) },
  };
}

/** Shorter words say little about what a case is. */
const shortestTelling = 4;
const weights = { subTheme: 0.5, words: 0.5 };
const mostChoices = 20;

/** Issues that this case could stand behind, the likest first. */
export async function presentChoices(viewer: Viewer, caseFile: CaseFile, q: string): Promise<IssueChoice[]> {
  const issues = await liveIssuesCovering(viewer, caseFile, queryWords(q));
  const telling = new Set(
    wordsOf(`${caseFile.title} ${caseFile.description} ${caseFile.need}`).filter(
      (word) => word.length >= shortestTelling,
    ),
  );
  return issues
    .filter(({ _id }) => _id !== caseFile.issue)
    .map((issue) => ({
      id: issue._id,
      reference: issue.reference,
      title: issue.title,
      status: issue.status,
      subThemes: issue.subThemes,
      likeness: likenessOf(issue, caseFile, telling),
    }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostChoices);
}

function likenessOf(issue: IssueFile, caseFile: CaseFile, telling: ReadonlySet<string>): number {
  const words = issue.searchTerms.filter((word) => word.length >= shortestTelling);
  const shared = words.filter((word) => telling.has(word)).length;
  const saidAlike = words.length === 0 ? 0 : Math.min(1, shared / Math.min(words.length, 8));
  const sameSubTheme =
    issue.subThemes.length === 0 ? 0.5 : issue.subThemes.includes(caseFile.subTheme) ? 1 : 0;
  return Math.round((weights.subTheme * sameSubTheme + weights.words * saidAlike) * 100) / 100;
}

/** Cases of the viewer's that look like this issue's and stand behind none yet. */
export const presentSuggestions = (
  viewer: Viewer,
  issue: IssueFile,
  limit: number,
): Promise<SuggestedCase[]> =>
  casesAlike(viewer, { ...issue, text: `${issue.title} ${issue.statement}` }, limit);
