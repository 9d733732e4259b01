// Duty: what a structural issue is to both sides: input schemas and what the API shows. Closed lists and moves: issueLists.ts.
import { z } from 'zod';
import { type Answer, idSchema, versionSchema } from './api.ts';
import type { CaseRow, CasesBehind } from './caseViews.ts';
import { type Colleague, type MunicipalitySlug, municipalitySchema } from './directory.ts';
import {
  type IssueAbility,
  type IssueEvent,
  type IssueMoveName,
  type IssueStatus,
  issueFilters,
  issueLimits,
} from './issueLists.ts';
import { belongsToTheme, type SubTheme, subThemeSchema, type Theme, themeSchema } from './themes.ts';

export * from './issueLists.ts';

const requiredText = (maximum: number) => z.string().trim().min(1, 'required').max(maximum, 'too_long');
const distinct = <Item extends z.ZodType>(item: Item, maximum: number) =>
  z
    .array(item)
    .max(maximum, 'too_many')
    .refine((items) => new Set(items).size === items.length, 'repeated');

const fields = z.strictObject({
  title: requiredText(issueLimits.title),
  /** The pattern in words: what happens to many, where, and what would end it. Never about a person. */
  statement: requiredText(issueLimits.statement),
  themes: distinct(themeSchema, 4).min(1, 'required'),
  /** Of these themes; empty: all of them. */
  subThemes: distinct(subThemeSchema, 20),
  municipalities: distinct(municipalitySchema, 7).min(1, 'required'),
});
export type IssueFields = z.infer<typeof fields>;

/** Which sub-themes belong to none of the themes. */
export const strangeSubThemes = ({
  themes,
  subThemes,
}: Pick<IssueFields, 'themes' | 'subThemes'>): number[] =>
  subThemes.flatMap((subTheme, at) => (themes.some((theme) => belongsToTheme(theme, subTheme)) ? [] : [at]));

function subThemesFit(
  given: { themes?: Theme[] | undefined; subThemes?: SubTheme[] | undefined },
  context: z.RefinementCtx,
) {
  if (!given.themes || !given.subThemes) return;
  for (const at of strangeSubThemes({ themes: given.themes, subThemes: given.subThemes }))
    context.addIssue({ code: 'custom', path: ['subThemes', at], message: 'not_of_this_theme' });
}

export const issueCreate = fields.extend({ id: idSchema }).superRefine(subThemesFit);
export type IssueCreate = z.infer<typeof issueCreate>;

export const issueRevise = fields.partial().extend({ version: versionSchema }).superRefine(subThemesFit);
export type IssueRevise = z.infer<typeof issueRevise>;

const reason = requiredText(issueLimits.reason);
const based = { version: versionSchema };
export const issueMoveInput = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('accept'), ...based }),
  z.strictObject({ move: z.literal('decline'), reason, ...based }),
  z.strictObject({ move: z.literal('close'), reason, ...based }),
  z.strictObject({ move: z.literal('reopen'), reason, ...based }),
]);
export type IssueMoveInput = z.infer<typeof issueMoveInput>;

export const issueMergeInput = z.strictObject({ into: idSchema, ...based });

/** A new issue with some of the cases; `cases` must stand behind the old one and be seen by whoever splits. */
export const issueSplitInput = fields
  .extend({ id: idSchema, cases: distinct(idSchema, issueLimits.bulk).min(1, 'required'), ...based })
  .superRefine(subThemesFit);
export type IssueSplitInput = z.infer<typeof issueSplitInput>;

export const linkCasesInput = z.strictObject({
  ids: distinct(idSchema, issueLimits.bulk).min(1, 'required'),
  /** `preview` says what would become of each and changes nothing. */
  act: z.enum(['preview', 'link', 'unlink']),
});
export type LinkCasesInput = z.infer<typeof linkCasesInput>;

/** What became, or would become, of one case. */
export interface LinkResult {
  id: string;
  /** Null: not there for this viewer. */
  reference: string | null;
  ok: boolean;
  /** When not ok: `fault.<code>` or `error.<code>`. */
  code: string | null;
  /** Reference of the issue it is taken from. */
  from: string | null;
  /** Nothing to do. */
  already: boolean;
}

export const caseIssueInput = z.strictObject({ issue: idSchema.nullable(), ...based });
export type CaseIssueInput = z.infer<typeof caseIssueInput>;

export const choiceQuery = z.strictObject({ q: z.string().trim().max(200, 'too_long').optional() });
export const suggestionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const issueListQuery = z.strictObject({
  q: z.string().trim().max(200, 'too_long').optional(),
  theme: themeSchema.optional(),
  municipality: municipalitySchema.optional(),
  status: z.enum(issueFilters).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(issueLimits.page).default(50),
});
export type IssueListQuery = z.infer<typeof issueListQuery>;

export interface IssueRow {
  id: string;
  version: number;
  reference: string;
  title: string;
  themes: Theme[];
  subThemes: SubTheme[];
  municipalities: MunicipalitySlug[];
  status: IssueStatus;
  /** Where its cases went; what a link to it leads to. */
  mergedInto: { id: string; reference: string } | null;
  cases: CasesBehind;
  changedAt: string;
  example: boolean;
}

export interface IssueEntry {
  at: string;
  by: Colleague | null;
  what: IssueEvent;
  move: IssueMoveName | null;
  reason: string | null;
  /** Names of fields that changed. */
  fields: string[];
  /** Reference of the other issue of a merge or a split. */
  other: string | null;
}

export interface IssuePage extends IssueRow {
  statement: string;
  /** What it was split from, where the viewer may see that. */
  splitFrom: { id: string; reference: string } | null;
  createdBy: Colleague | null;
  createdAt: string;
  /** Its cases are still on their way to the successor. */
  mergePending: boolean;
  history: IssueEntry[];
}
export type IssueAnswer = Answer<IssuePage, IssueAbility>;

export interface IssueList {
  data: IssueRow[];
  next: string | null;
  total: number;
  abilities: { propose: boolean };
}

export interface IssueSplitAnswer extends IssueAnswer {
  results: LinkResult[];
}

/** An issue that a case could stand behind. */
export interface IssueChoice {
  id: string;
  reference: string;
  title: string;
  status: IssueStatus;
  subThemes: SubTheme[];
  /** 0 to 1: the same sub-theme, words in common. */
  likeness: number;
}

/** `data` is null when the case stands behind none. */
export interface IssueOfCase {
  data:
    | (Pick<IssueRow, 'id' | 'reference' | 'title' | 'status' | 'mergedInto' | 'cases'> & {
        statement: string;
      })
    | null;
  /** What a new issue would begin with. */
  caseFile: { theme: Theme; subTheme: SubTheme; municipality: MunicipalitySlug };
  /** The case's own version: what a change of the link is based on. */
  version: number;
  abilities: { link: boolean };
}

export interface SuggestedCase extends CaseRow {
  /** 0 to 1: the same sub-theme, words in common. */
  likeness: number;
}

/** What a 409 `issue.stale` carries: where it stands now, and the fields that both sides changed. */
export interface StaleIssue {
  version: number;
  status: IssueStatus;
  conflicts: { field: string; yours: unknown; theirs: unknown; by: string | null; at: string }[];
}
