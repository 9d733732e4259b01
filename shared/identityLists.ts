// Duty: the closed lists of the identity vault and what the API shows of it; plain data. Re-exported by identities.ts, which has the schemas.
import type { Colleague } from './directory.ts';

/** Everything the vault can hold about the person concerned. Nothing here is ever needed to save a case. */
export const identityFields = ['name', 'phone', 'address', 'idNumber', 'point', 'guardian'] as const;
export type IdentityField = (typeof identityFields)[number];

/** Why a record is opened. A closed list: free words in a log would be personal data again. */
export const openReasons = [
  'call_person',
  'visit',
  'fill_document',
  'refer',
  'correct',
  'person_asked',
  'check_match',
  'emergency',
] as const;
export type OpenReason = (typeof openReasons)[number];

/** Why a record is changed, where there is more to it than that somebody typed into its form. */
export const changeReasons = ['moved_from_text'] as const;
export type ChangeReason = (typeof changeReasons)[number];

export const identityLimits = { name: 120, address: 300, guardian: 200 } as const;
/** How long an opened record stays on the screen, and how many one reader may open in an hour. */
export const openForSeconds = 60;
export const openingsPerHour = 30;
export const changesPerHour = 40;

export const identityAbilities = ['open', 'change', 'readLog', 'seeMatches'] as const;
export type IdentityAbility = (typeof identityAbilities)[number];

/** What is known without opening: which fields are kept, never what they say. */
export interface IdentityStatus {
  caseId: string;
  version: number;
  held: IdentityField[];
  /** Of the held ones, those this viewer may open. */
  openable: IdentityField[];
}

/** An opened record. Held by the browser for `openForSeconds`, never kept. */
export interface OpenedIdentity {
  values: Partial<Record<IdentityField, string>>;
  /** Kept, but no longer readable: altered, or sealed under a key that is gone. */
  damaged: IdentityField[];
  /** When the screen closes it again. */
  closesAt: string;
}

/** Answer to a change. A match says only that the phone or the number is known elsewhere. */
export interface IdentityChanged extends IdentityStatus {
  possibleMatch: boolean;
}

/** Another case whose phone or ID number is the same; for coordinators, who see all cases. */
export interface IdentityMatch {
  caseId: string;
  reference: string;
  fields: IdentityField[];
}

export const readingKinds = ['opened', 'changed', 'erased', 'refused'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** One line of "who opened my file". */
export interface VaultReadingRow {
  id: string;
  at: string;
  kind: ReadingKind;
  by: Colleague | null;
  reason: OpenReason | ChangeReason | null;
  fields: IdentityField[];
}
