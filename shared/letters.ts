// Duty: what a letter to an institution is to both sides: input schemas and what the API shows. Transitions: letterMoves.ts.
import { z } from 'zod';
import { type Answer, idSchema, versionSchema } from './api.ts';
import { type MunicipalitySlug, municipalitySlugs } from './directory.ts';
import { institutionIdSchema } from './institutions.ts';
import {
  type LetterEvent,
  type LetterGroup,
  type LetterKind,
  type LetterLanguage,
  type LetterMoveName,
  type LetterStatus,
  letterGroups,
  letterKinds,
  letterLanguages,
  letterLimits,
  type Rung,
  type SendingWay,
  type SilenceMeaning,
} from './letterLists.ts';
import { type Theme, themes } from './themes.ts';

export * from './letterLists.ts';

const subject = z.string().trim().min(1, 'required').max(letterLimits.subject, 'too_long');
const body = z.string().trim().min(1, 'required').max(letterLimits.body, 'too_long');

export const letterCreate = z.strictObject({
  id: idSchema,
  kind: z.enum(letterKinds),
  /** The documented institution or kind of office. */
  institutionId: institutionIdSchema,
  /** Of a kind of office: whose. Otherwise what the letter is about; null for all of Kosovo, which coordinators alone write. */
  municipality: z.enum(municipalitySlugs).nullable(),
  language: z.enum(letterLanguages),
  theme: z.enum(themes).nullable(),
  campaignId: idSchema.nullable(),
  demandId: idSchema.nullable(),
  issueId: idSchema.nullable(),
  /** A case that waits on an authority. */
  caseId: idSchema.nullable(),
  /** What is asked, for the template's gap; empty leaves the gap to be filled. */
  ask: z.string().trim().max(letterLimits.summary, 'too_long'),
});
export type LetterCreate = z.infer<typeof letterCreate>;

export const letterEdit = z.strictObject({
  version: versionSchema,
  subject: subject.optional(),
  body: body.optional(),
  language: z.enum(letterLanguages).optional(),
});
export type LetterEdit = z.infer<typeof letterEdit>;

export const templateQuery = z.strictObject({ language: z.enum(letterLanguages) });
export interface LetterTemplate {
  subject: string;
  body: string;
}

export const letterListQuery = z.strictObject({
  group: z.enum(letterGroups).optional(),
  campaign: idSchema.optional(),
  issue: idSchema.optional(),
  case: idSchema.optional(),
  institution: institutionIdSchema.optional(),
  municipality: z.enum([...municipalitySlugs, 'none']).optional(),
  /** Silent, refused, or past their day, and nobody has taken them further: what the map counts. */
  unanswered: z.literal('true').optional(),
  theme: z.enum(themes).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type LetterListQuery = z.infer<typeof letterListQuery>;

export interface LetterRow {
  id: string;
  version: number;
  reference: string;
  kind: LetterKind;
  rung: Rung;
  status: LetterStatus;
  language: LetterLanguage;
  subject: string;
  institution: { id: string; pageId: string; names: { sq: string; sr: string; en: string } };
  municipality: MunicipalitySlug | null;
  theme: Theme | null;
  campaignId: string | null;
  sentOn: string | null;
  /** The day by which a reply is expected. */
  dueOn: string | null;
  /** Calendar days until then, negative when it has passed; null while no clock runs. */
  daysLeft: number | null;
  late: boolean;
  answeredOn: string | null;
  changedAt: string;
  example: boolean;
}

export interface LetterList {
  data: LetterRow[];
  next: string | null;
  total: number;
  groups: Record<LetterGroup, number>;
  abilities: { write: boolean };
}

export interface LetterFile {
  id: string;
  kind: 'photo' | 'document';
  name: string;
  size: number;
  at: string;
}

export interface LetterEntry {
  at: string;
  by: { name: string } | null;
  move: LetterEvent;
  from: LetterStatus | null;
  to: LetterStatus;
  /** The day it happened, where a person said so. */
  on: string | null;
  note: string | null;
}

export interface LetterPage extends LetterRow {
  body: string;
  law: { sq: string; sr: string; en: string } | null;
  silence: SilenceMeaning | null;
  /** Null: no rule is set for this kind; whoever sends says by when. */
  rule: { days: number; dayKind: 'calendar' | 'working'; extensionDays: number; checked: boolean } | null;
  way: SendingWay | null;
  protocol: string | null;
  acknowledgedOn: string | null;
  theirProtocol: string | null;
  extendedOn: string | null;
  silentOn: string | null;
  summary: string | null;
  answerProtocol: string | null;
  demandId: string | null;
  issueId: string | null;
  case: { id: string; reference: string } | null;
  /** The letter before on the ladder, and the one after. */
  before: { id: string; reference: string } | null;
  after: { id: string; reference: string } | null;
  nextRung: Rung | null;
  author: { id: string; name: string };
  files: LetterFile[];
  history: LetterEntry[];
  /** False: no holidays are kept for a year the clock runs through. */
  holidaysKnown: boolean;
}

export type LetterAbility = LetterMoveName | 'edit' | 'addFile' | 'removeFile';
export type LetterAnswer = Answer<LetterPage, LetterAbility>;
