// Duty: what a referral is to both sides: the service, shared fields, input schemas and what the API shows. Transitions: referralMoves.ts.
import { z } from 'zod';
import { type Answer, daySchema, idSchema, versionSchema } from './api.ts';
import type { CaseStatus } from './caseLists.ts';
import { type People, resolvedOutcomes } from './cases.ts';
import type { Evidence } from './caseViews.ts';
import { type ShareableField, shareableFields } from './consentLists.ts';
import type { Colleague, MunicipalitySlug } from './directory.ts';
import type { IdentityField } from './identityLists.ts';
import type { PersonalDataKind } from './personalData.ts';
import {
  type DeclineReason,
  type ReceivedAnswer,
  type ReferralGroup,
  type ReferralKind,
  type ReferralMoveName,
  type ReferralStatus,
  type ReferralUrgency,
  referralGroups,
  referralKinds,
  referralUrgencies,
  type Service,
} from './referralLists.ts';
import { serviceSchema } from './services.ts';
import type { SubTheme, Theme } from './themes.ts';

export * from './referralLists.ts';

export const referralCreate = z.strictObject({
  id: idSchema,
  kind: z.enum(referralKinds),
  recipient: idSchema,
  service: serviceSchema,
  sharedFields: z
    .array(z.enum(shareableFields))
    .max(shareableFields.length)
    .refine((fields) => new Set(fields).size === fields.length, 'repeated'),
  urgency: z.enum(Object.keys(referralUrgencies) as [ReferralUrgency, ...ReferralUrgency[]]),
  replyBy: daySchema,
  message: z.string().trim().max(2000, 'too_long'),
  /** False keeps it a draft. */
  send: z.boolean(),
});
export type ReferralCreate = z.infer<typeof referralCreate>;

/** Any part of a draft. */
export const referralRevise = referralCreate
  .omit({ id: true, send: true })
  .partial()
  .extend({ version: versionSchema });
export type ReferralRevise = z.infer<typeof referralRevise>;

export const providerQuery = z.strictObject({ caseId: idSchema, service: serviceSchema.optional() });

/** A possible recipient: how it fits, and how busy it is. */
export interface Provider {
  id: string;
  name: string;
  shortName: string;
  kind: string;
  /** False: warn, not forbid. */
  servesTheme: boolean;
  /** Null: nobody recorded which services it gives, or none was asked for. */
  servesService: boolean | null;
  servesMunicipality: boolean;
  /** How often it has given this service to somebody referred to it. */
  givenBefore: number;
  openReferrals: number;
  capacity: number | null;
  /** False: it answers through a one-time link. */
  hasAccounts: boolean;
  /** Fields that a live consent lets this organisation see; empty when there is none. */
  consentedFields: ShareableField[];
  /** The viewer's own. */
  oneself: boolean;
}

export const referralListQuery = z.strictObject({
  group: z.enum(referralGroups).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ReferralListQuery = z.infer<typeof referralListQuery>;

/** A referral as a card: nothing of the person, ever. */
export interface ReferralRow {
  id: string;
  version: number;
  /** Null for the recipient, whatever else it sees. */
  caseId: string | null;
  reference: string;
  kind: ReferralKind;
  status: ReferralStatus;
  theme: Theme;
  subTheme: SubTheme;
  municipality: MunicipalitySlug;
  service: Service;
  urgency: ReferralUrgency;
  replyBy: string;
  /** The day by which somebody owes the next thing: an answer, the first contact, the confirmation. */
  dueOn: string | null;
  /** Derived: that day is past. */
  late: boolean;
  sender: { id: string; name: string };
  recipient: { id: string; name: string };
  worker: Colleague | null;
  /** Of an organisation without accounts. */
  workerName: string | null;
  sentAt: string | null;
  changedAt: string;
  received: ReceivedAnswer | null;
  example: boolean;
}

/** A page of the inbox; `groups` counts all of them. */
export interface ReferralInbox {
  data: ReferralRow[];
  next: string | null;
  total: number;
  groups: Record<ReferralGroup, number>;
}

export type ReferralChainAbility = 'refer';
/** All referrals of one case, oldest first. */
export type ReferralChain = Answer<ReferralRow[], ReferralChainAbility>;

/** The shared fields as the recipient may see them now; a field that is not shared, or is closed again, is absent. */
export interface SharedView {
  title?: string;
  description?: string;
  need?: string;
  settlement?: string | null;
  people?: People;
  /** At `referralPaths.evidence`. */
  evidence?: Omit<Evidence, 'by'>[];
  /** Named here, opened one record at a time and with a reason. */
  inVault: IdentityField[];
  /** Day from which nothing is shown any more; null while the work goes on. */
  closesOn: string | null;
}

/** What happens to a referral beside its moves. */
export const referralEvents = [
  'create',
  'revise',
  'expire',
  'withdraw_consent',
  'resolve_case',
  'new_link',
] as const;
export type ReferralEvent = ReferralMoveName | (typeof referralEvents)[number];

export interface ReferralEntry {
  at: string;
  by: { name: string; organisation: string | null; municipality: MunicipalitySlug | null } | null;
  /** Answered through the recipient's one-time link. */
  byLink: boolean;
  move: ReferralEvent;
  from: ReferralStatus | null;
  to: ReferralStatus;
  reason: string | null;
}

export interface ReferralPage extends ReferralRow {
  message: string;
  sharedFields: ShareableField[];
  /** Null while nothing is open: before acceptance, after the end, without live consent. */
  shared: SharedView | null;
  caseStatus: CaseStatus;
  firstContactOn: string | null;
  given: string | null;
  givenOn: string | null;
  declineReason: DeclineReason | null;
  suggestedOrganisation: { id: string; name: string } | null;
  /** The referral this one continues, and the one that continues it. */
  before: string | null;
  after: string | null;
  confirmedAt: string | null;
  /** The recipient answers through a one-time link, good until then; null when it has none. */
  linkUntil: string | null;
  history: ReferralEntry[];
}

export type ReferralAbility = ReferralMoveName | 'revise' | 'openIdentity' | 'resolveCase' | 'renewLink';

/** What whoever sends should know; nothing is forbidden by it. */
export interface ReferralWarning {
  path: (string | number)[];
  code:
    | PersonalDataKind
    | 'not_their_theme'
    | 'not_their_service'
    | 'not_their_municipality'
    | 'over_capacity';
}

export interface ReferralAnswer extends Omit<Answer<ReferralPage, ReferralAbility>, 'warnings'> {
  warnings?: ReferralWarning[];
  /** A fresh one-time link, shown once. `url` is null when it was mailed to the organisation's contact. */
  link?: { url: string | null; until: string };
}

/** An accepted referral's recipient says what became of the case. */
export const caseOutcomeInput = z.strictObject({
  outcome: z.enum(resolvedOutcomes as [(typeof resolvedOutcomes)[number], ...typeof resolvedOutcomes]),
  note: z.string().trim().min(1, 'required').max(2000, 'too_long'),
});
export type CaseOutcomeInput = z.infer<typeof caseOutcomeInput>;

/** What the page behind a one-time link shows: the referred fields only. */
export interface LinkPage {
  version: number;
  reference: string;
  status: ReferralStatus;
  service: Service;
  theme: Theme;
  municipality: MunicipalitySlug;
  urgency: ReferralUrgency;
  replyBy: string;
  recipient: { id: string; name: string };
  workerName: string | null;
  firstContactOn: string | null;
  message: string;
  sharedFields: ShareableField[];
  shared: SharedView | null;
  /** Organisations that a reroute may suggest. */
  organisations: { id: string; name: string }[];
  until: string;
}
export type LinkAbility = Extract<
  ReferralMoveName,
  'accept' | 'decline' | 'begin' | 'complete' | 'fail' | 'reroute'
>;
