// Duty: every live change by name, and what a browser may say. Ids and versions only, never content.

/** What each change carries: whose record moved, to which version, through whom. */
export interface ChangeMap {
  'case.logged': CaseChange;
  'case.changed': CaseChange;
  /** The viewer lost sight of the case: drop it from every screen. */
  'case.withdrawn': CaseChange;
  /** Its words are gone everywhere: ask again, and drop what the device keeps of it. */
  'case.anonymised': CaseChange;
  /** Ids are the case's: the vault has one record per case. */
  'identity.changed': CaseChange;
  'consent.given': ConsentChange;
  'consent.withdrawn': ConsentChange;
  'consent.overridden': ConsentChange;
  /** Its last day is past. */
  'consent.expired': ConsentChange;
  'referral.changed': CaseChange;
  /** The referral is as it was, but what of the case is open through it may be less, or more: ask again. */
  'referral.fieldsChanged': CaseChange;
  /** The recipient lost sight of the referral: drop it from every screen at once. */
  'referral.withdrawn': CaseChange;
  'issue.changed': CaseChange;
  /** A case came or went: only those hear it who can see that case. */
  'issue.counted': { id: string; actor: string | null };
  'commitment.changed': CaseChange;
  'campaign.changed': CaseChange;
  /** The viewer lost sight of the campaign: drop it from every screen. */
  'campaign.withdrawn': CaseChange;
  'letter.changed': CaseChange;
  /** Ids are the institution's word. */
  'institution.changed': CaseChange;
  /** A reply rule or a year's holidays: the kind of letter, or the year. */
  'replyRule.changed': CaseChange;
  /** A rule, or what was done by one: the theme, or the run's moment. */
  'retention.changed': { id: string };
  /** To its reader alone. */
  'notification.added': { id: string };
  /** Id of the user whose other windows show fewer unread now. */
  'notification.read': { id: string };
  /** To coordinators: a release is counted, edited or moved. */
  'release.changed': CaseChange;
  /** A release is out. */
  'release.published': CaseChange;
  'indicator.changed': CaseChange;
  'user.changed': { id: string; version: number };
  'organisation.changed': { id: string; version: number };
  /** The viewer's own rights changed: refetch `me`, rejoin. */
  'viewer.changed': { id: string };
  'viewer.signedOut': { id: string };
}

export interface CaseChange {
  id: string;
  version: number;
  /** Id of the user who did it; null for the system. */
  actor: string | null;
}

export interface ConsentChange extends CaseChange {
  /** The case it is about; `id` is the consent's or the override's. */
  caseId: string;
}

export type ChangeName = keyof ChangeMap;

/** Who else has the case page open: ids and names of colleagues who may see the same case. */
export interface Presence {
  caseId: string;
  viewers: { userId: string; name: string; editing: string | null }[];
}

export interface ServerToBrowser {
  change: <Name extends ChangeName>(name: Name, change: ChangeMap[Name]) => void;
  presence: (presence: Presence) => void;
}

export interface BrowserToServer {
  /** Opens the case page's presence; the answer says whether the viewer may see the case, or that too much was asked. */
  openCase: (caseId: string, answer: (ok: boolean, why?: 'tooMany') => void) => void;
  closeCase: (caseId: string) => void;
  /** Which field is being edited, null for none. */
  editCase: (caseId: string, field: string | null) => void;
}
