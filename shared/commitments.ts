// Duty: what a commitment and its source are to both sides: input schemas and what the API shows. Moves: commitmentMoves.ts; what follows: commitmentFlags.ts.
import { z } from 'zod';
import { type Answer, daySchema, idSchema, versionSchema } from './api.ts';
import {
  type Closing,
  type CommitmentFlag,
  type CommitmentMoveName,
  type CommitmentRung,
  type CommitmentStatus,
  type Completion,
  commitmentFlags,
  commitmentStatuses,
  type Formality,
  formalities,
  type SourceKind,
  sourceKinds,
} from './commitmentLists.ts';
import { type Budget, budgetSchema, plannedDay } from './commitmentMoves.ts';
import { type Language, languages, type MunicipalitySlug, municipalitySlugs } from './directoryLists.ts';
import { type Theme, themes } from './themeLists.ts';

export * from './commitmentLists.ts';

export const commitmentLimits = { evidence: 60, links: 20 } as const;

const line = (maximum: number) => z.string().trim().max(maximum, 'too_long');
const needed = (maximum: number) => line(maximum).min(1, 'required');
const municipality = z.enum(municipalitySlugs).nullable();
const institutionId = z
  .string()
  .min(1, 'required')
  .regex(/^[a-z0-9][a-z0-9-]{1,79}$/, 'wrong_format');
const unlike = (list: readonly string[]) => new Set(list).size === list.length;
const links = z.array(idSchema).max(commitmentLimits.links, 'too_many').refine(unlike, 'repeated');
const themeList = z.array(z.enum(themes)).min(1, 'required').max(themes.length).refine(unlike, 'repeated');

export const sourceCreate = z.strictObject({
  id: idSchema,
  title: needed(300),
  kind: z.enum(sourceKinds),
  issuedBy: line(200),
  date: daySchema.nullable(),
  language: z.enum(languages),
  link: z
    .url({ protocol: /^https?$/ })
    .max(500, 'too_long')
    .nullable(),
});
export type SourceCreate = z.infer<typeof sourceCreate>;

export const sourceListQuery = z.strictObject({ q: z.string().trim().max(100).optional() });

const about = {
  /** What it is called in lists; the words themselves may be long. */
  title: needed(160),
  /** The exact words; may be left empty only where a document stands for them. */
  words: line(4000),
  language: z.enum(languages),
  sourceId: idSchema.nullable(),
  page: line(40),
  institutionId,
  municipality,
  themes: themeList,
  /** A public official, speaking as one. */
  person: line(120),
  office: line(160),
  place: line(160),
  /** Null while it is only sought. */
  promisedOn: daySchema.nullable(),
  campaignIds: links,
  issueIds: links,
  demandId: idSchema.nullable(),
};

export const commitmentCreate = z.strictObject({
  id: idSchema,
  ...about,
  formality: z.enum(formalities),
  dueOn: plannedDay.nullable(),
  nextCheckOn: plannedDay.nullable(),
  budget: budgetSchema,
});
export type CommitmentCreate = z.infer<typeof commitmentCreate>;

/** Corrections of what was recorded; what moves with time has moves of its own. */
export const commitmentRevise = z.strictObject({
  version: versionSchema,
  ...(Object.fromEntries(Object.entries(about).map(([key, schema]) => [key, schema.optional()])) as {
    [Key in keyof typeof about]: z.ZodOptional<(typeof about)[Key]>;
  }),
});
export type CommitmentRevise = z.infer<typeof commitmentRevise>;

export const commitmentListQuery = z.strictObject({
  municipality: z.enum([...municipalitySlugs, 'none']).optional(),
  theme: z.enum(themes).optional(),
  institution: institutionId.optional(),
  issue: idSchema.optional(),
  campaign: idSchema.optional(),
  status: z.enum(commitmentStatuses).optional(),
  formality: z.enum(formalities).optional(),
  flag: z.enum(commitmentFlags).optional(),
  /** Overdue, or closed as broken: what the map counts. */
  slipping: z.literal('true').optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type CommitmentListQuery = z.infer<typeof commitmentListQuery>;

/** A title or name in each language where it is official. */
export interface Titles {
  sq: string;
  sr: string;
  en: string;
}

export interface CommitmentFile {
  id: string;
  kind: 'photo' | 'document';
  name: string;
  size: number;
  mediaType: string;
  at: string;
  by: { name: string } | null;
}

export interface Source {
  id: string;
  title: string;
  titles: Titles | null;
  kind: SourceKind;
  issuedBy: string;
  date: string | null;
  /** As documented, where it is no single day. */
  dateNote: string;
  language: Language;
  link: string | null;
  file: Omit<CommitmentFile, 'by'> | null;
  /** How well the facts about it are documented, where they were taken from, and what to know of it; in English as documented. */
  verification: string;
  note: string;
  attribution: { title: string; where: string }[];
}

export interface CommitmentRow {
  id: string;
  version: number;
  reference: string;
  title: string;
  titles: Titles | null;
  themes: Theme[];
  municipality: MunicipalitySlug | null;
  institution: { id: string; names: Titles } | null;
  formality: Formality;
  status: CommitmentStatus;
  closedAs: Closing | null;
  dueOn: string | null;
  /** How often the day was moved to a later one. */
  slips: number;
  authorityReported: Completion | null;
  verified: Completion | null;
  lookedAtOn: string;
  nextCheckOn: string | null;
  flags: CommitmentFlag[];
  changedAt: string;
  example: boolean;
}

export interface CommitmentList {
  data: CommitmentRow[];
  next: string | null;
  total: number;
  /** How many under the other filters each of these is true of. */
  flags: Record<CommitmentFlag, number>;
  /** Of coordinators: proposals that wait for approval. */
  proposed: number;
  abilities: { record: boolean };
}

export const commitmentEvents = [
  'record',
  'revise',
  'add_evidence',
  'remove_evidence',
  'due_passed',
  'check_due',
  'went_stale',
] as const;
export type CommitmentEvent = CommitmentMoveName | (typeof commitmentEvents)[number];

export interface CommitmentEntry {
  at: string;
  by: { name: string; organisation: string | null } | null;
  event: CommitmentEvent;
  from: string | null;
  to: string | null;
  reason: string | null;
  fields: string[];
}

export interface CommitmentCheck {
  id: string;
  completion: Completion;
  checkedOn: string;
  evidence: string[];
  note: string;
  at: string;
  by: { name: string; organisation: string | null } | null;
}

export interface Slip {
  from: string;
  to: string;
  reason: string;
  at: string;
}

export interface LinkedRecord {
  id: string;
  reference: string;
  title: string;
}

export interface CommitmentPage extends CommitmentRow {
  words: string;
  /** Of a document: what it obliges to, in English as documented; these are not its words. */
  summary: string;
  responsible: string[];
  language: Language;
  source: Source | null;
  page: string;
  person: string;
  office: string;
  place: string;
  promisedOn: string | null;
  reportedOn: string | null;
  reportNote: string;
  budget: Budget;
  /** Those that the viewer sees. */
  campaigns: LinkedRecord[];
  issues: LinkedRecord[];
  demandId: string | null;
  deadlines: Slip[];
  checks: CommitmentCheck[];
  evidence: CommitmentFile[];
  history: CommitmentEntry[];
  /** What to do about a day that passed; nothing is sent by itself. */
  proposedRung: CommitmentRung | null;
  author: { name: string } | null;
  closeReason: string;
}

export type CommitmentAbility = CommitmentMoveName | 'revise' | 'addEvidence' | 'removeEvidence';

/** `spent_without_approved`, `spent_over_approved`, `approved_over_promised`: saved all the same. */
export interface BudgetWarning {
  code: 'spent_without_approved' | 'spent_over_approved';
}

export interface CommitmentAnswer extends Omit<Answer<CommitmentPage, CommitmentAbility>, 'warnings'> {
  warnings?: (BudgetWarning | NonNullable<Answer<unknown>['warnings']>[number])[];
}

/** Of money that was spent where no approval is known, or more than was approved. */
export function budgetWarnings({ approved, spent }: Budget): BudgetWarning[] {
  if (!spent) return [];
  if (approved === null) return [{ code: 'spent_without_approved' }];
  return spent > approved ? [{ code: 'spent_over_approved' }] : [];
}
