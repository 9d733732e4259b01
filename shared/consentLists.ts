// Duty: the closed lists of consents and what the API shows of them; plain data. Re-exported by consents.ts, which has the schemas.
import type { Colleague } from './directory.ts';
import { identityFields } from './identityLists.ts';

export const consentPurposes = ['case_work', 'referral', 'statistics', 'advocacy_example', 'photo'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];
/** Given to one named organisation at a time. */
export const needsRecipient = (purpose: ConsentPurpose): boolean => purpose === 'referral';

export const consentForms = ['oral', 'written', 'thumb'] as const;
export type ConsentForm = (typeof consentForms)[number];

/** Recorded beside every consent: a dependent person's yes is weak ground, so the other ground is named too. */
export const legalBases = ['explicit_consent', 'vital_interest', 'legal_claims', 'public_interest'] as const;
export type LegalBasis = (typeof legalBases)[number];

export const givers = ['person', 'guardian'] as const;
export type Giver = (typeof givers)[number];

/** Everything of a case that an organisation may be shown; each is its own yes. Of the vault: only what is named here. */
export const shareableFields = [
  'title',
  'description',
  'need',
  'settlement',
  'people',
  'evidence',
  ...identityFields,
] as const;
export type ShareableField = (typeof shareableFields)[number];

/** The text that was read out or handed over; a new text gets a new version and old consents keep theirs. */
export const noticeVersions = ['2026-11'] as const;
export type NoticeVersion = (typeof noticeVersions)[number];
export const noticeVersion: NoticeVersion = '2026-11';
/** Languages the notice is written in, whatever language the screen has. */
export const noticeLanguages = ['sq', 'sr', 'en'] as const;
export type NoticeLanguage = (typeof noticeLanguages)[number];

export const longestConsentDays = 5 * 366;
export const usualConsentDays = 2 * 365;
export const overrideHours = 72;
export const overridePurposes = ['case_work', 'referral'] as const;
export const verdicts = ['justified', 'not_justified'] as const;
export type Verdict = (typeof verdicts)[number];
export const consentAbilities = ['give', 'withdraw', 'override'] as const;
export type ConsentAbility = (typeof consentAbilities)[number];

/** `guardian_missing`: the case is about a child, and who agreed was not its guardian. It counts for nothing. */
export const consentStandings = ['live', 'expired', 'withdrawn', 'replaced', 'guardian_missing'] as const;
export type ConsentStanding = (typeof consentStandings)[number];

/** One act of giving. The newest of its purpose and recipient decides; earlier ones stay as history. */
export interface ConsentRow {
  id: string;
  purpose: ConsentPurpose;
  recipient: { id: string; name: string } | null;
  fields: ShareableField[];
  form: ConsentForm;
  language: string;
  givenBy: Giver;
  askedBy: Colleague | null;
  givenOn: string;
  expiresOn: string;
  textVersion: NoticeVersion;
  legalBasis: LegalBasis;
  standing: ConsentStanding;
  recordedAt: string;
  recordedBy: Colleague | null;
  withdrawnAt: string | null;
  withdrawnBy: Colleague | null;
}

export interface OverrideRow {
  id: string;
  caseId: string;
  /** Null where the case is no longer there. */
  reference: string | null;
  purpose: (typeof overridePurposes)[number];
  recipient: { id: string; name: string } | null;
  fields: ShareableField[];
  by: Colleague | null;
  at: string;
  until: string;
  /** Null when the kept words can no longer be read. */
  reason: string | null;
  review: {
    verdict: Verdict;
    note: string | null;
    by: Colleague | null;
    at: string;
    byOneself: boolean;
  } | null;
  live: boolean;
}

export interface CaseConsents {
  /** A child: only a guardian can give consent. */
  guardianNeeded: boolean;
  /** Whoever logged the case noted that the person agreed to it; how and when is still to be recorded. */
  caseWorkClaimed: boolean;
  noticeVersion: NoticeVersion;
  consents: ConsentRow[];
  overrides: OverrideRow[];
}

/** Answer to a withdrawal. The receipt is kept only as a hash; null when nothing was live and the viewer ended nothing before. */
export interface ConsentWithdrawn {
  withdrawn: string[];
  receipt: string | null;
}

/** What a receipt proves to whoever may see the case. */
export interface WithdrawalProof {
  caseId: string;
  reference: string;
  at: string;
  consents: { purpose: ConsentPurpose; recipient: { id: string; name: string } | null }[];
}
