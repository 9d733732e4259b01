// Duty: what the API shows of cases: rows, pages, history, counts. Inputs and closed lists are in cases.ts.
import type { Answer } from './api.ts';
import type { CaseMoveName } from './caseMoves.ts';
import type {
  CaseAbility,
  CaseFields,
  CaseKind,
  CaseOutcome,
  CaseStatus,
  Confirmation,
  caseSources,
  Sensitivity,
  Urgency,
  WaitingParty,
} from './cases.ts';
import type { Colleague, MunicipalitySlug } from './directory.ts';
import type { SubTheme, Theme } from './themes.ts';

/** A possible duplicate: what the viewer may see of it anyway. */
export interface SimilarCase {
  id: string;
  reference: string;
  title: string;
  status: CaseStatus;
  loggedAt: string;
  /** 0 to 1; words shared, place, age. */
  likeness: number;
}

export interface NextStep {
  id: string;
  title: string;
  /** Key of the theme's template it came from, said in the reader's language instead of the title; null: somebody's own words. */
  template: string | null;
  due: string;
}

/** Whom the case waits for: since which day and until which. */
export interface WaitingOn {
  party: WaitingParty;
  since: string;
  until: string;
}

/** A row of a list: enough to decide whether to open it. */
export interface CaseRow {
  id: string;
  version: number;
  reference: string;
  title: string;
  kind: CaseKind;
  theme: Theme;
  subTheme: SubTheme;
  municipality: MunicipalitySlug;
  settlement: string | null;
  status: CaseStatus;
  urgency: Urgency;
  lead: { id: string; name: string } | null;
  nextStep: NextStep | null;
  /** Derived: the next step's day is past and the case is open. */
  late: boolean;
  waitingOn: WaitingOn | null;
  peopleCount: number;
  loggedAt: string;
  changedAt: string;
  example: boolean;
}

export interface PlanStep {
  id: string;
  title: string;
  template: string | null;
  due: string;
  doneAt: string | null;
  doneBy: string | null;
}
export interface CaseNote {
  id: string;
  at: string;
  by: Colleague | null;
  text: string;
}
export interface Evidence {
  id: string;
  kind: 'photo' | 'document';
  name: string;
  /** Bytes as kept. */
  size: number;
  mediaType: string;
  at: string;
  by: Colleague | null;
  hasThumbnail: boolean;
}

/** What can happen to a case. */
export const caseEvents = [
  'logged',
  'moved',
  'revised',
  'assigned',
  'collaborators',
  'handedOver',
  'noted',
  'stepAdded',
  'stepRevised',
  'stepMoved',
  'stepDone',
  'stepUndone',
  'stepRemoved',
  'evidenceAdded',
  'evidenceRemoved',
  'issueLinked',
  'issueUnlinked',
  'campaignUsed',
  'campaignEnded',
  'held',
  'holdLifted',
  'anonymised',
] as const;
export type CaseEvent = (typeof caseEvents)[number];

/** One line of a case's history; the words are made from `what` in the viewer's language. */
export interface HistoryEntry {
  at: string;
  by: Colleague | null;
  what: CaseEvent;
  move: CaseMoveName | null;
  from: CaseStatus | null;
  to: CaseStatus | null;
  reason: string | null;
  /** Names of fields that changed, never their content. */
  fields: string[];
  /** Colleague concerned, e.g. the new lead. */
  person: Colleague | null;
  /** Reference of the structural issue it was linked to or taken from. */
  issue: string | null;
  /** With the moves that end or confirm something. */
  outcome: CaseOutcome | null;
  confirmedBy: Confirmation | null;
}

/** The whole case as its page shows it. */
export interface CasePage extends CaseFields {
  id: string;
  version: number;
  reference: string;
  status: CaseStatus;
  waitingOn: WaitingOn | null;
  outcome: CaseOutcome | null;
  confirmedBy: Confirmation | null;
  /** While resolved: the day by which somebody should have asked whether it is so. */
  confirmationDue: string | null;
  closedAt: string | null;
  /** Since then nothing here says who it was about: words, files and the vault's record are gone. */
  anonymisedAt: string | null;
  duplicateOf: { id: string; reference: string } | null;
  /** Id of the structural issue behind which it stands: whoever sees the case may see that. */
  issue: string | null;
  /** Ids of the campaigns that use it. A partner is told of its own campaigns by these alone, so here of none. */
  campaigns: string[];
  sensitivity: Sensitivity;
  lead: Colleague | null;
  collaborators: Colleague[];
  nextStep: NextStep | null;
  late: boolean;
  plan: PlanStep[];
  notes: CaseNote[];
  evidence: Evidence[];
  history: HistoryEntry[];
  reopenCount: number;
  source: (typeof caseSources)[number];
  loggedBy: Colleague | null;
  loggedAt: string;
  changedAt: string;
  example: boolean;
}

/** Answer to logging a case (201), and to repeating the request (200): the same receipt, of which only a hash is kept. */
export interface CaseLogged {
  id: string;
  version: number;
  reference: string;
  receipt: string | null;
}

/** Answer to a move. `receipt`: the code that proves a person's withdrawal, to be passed on. */
export interface CaseMoved extends Answer<CasePage, CaseAbility> {
  receipt?: string;
}

/** What a 409 `case.stale` carries in `extra`: where the record stands now and, after an edit, the fields both sides changed. */
export interface StaleCase {
  version: number;
  status: CaseStatus;
  conflicts: FieldConflict[];
}
/** One field both sides changed; `by` is a colleague's name. */
export interface FieldConflict {
  field: string;
  yours: unknown;
  theirs: unknown;
  by: string | null;
  at: string;
}

/** How many cases stand behind an issue or a campaign, as far as it may be told. */
export interface CasesBehind {
  /** Null: too few of those that the viewer cannot open. */
  total: number | null;
  byStatus: Partial<Record<CaseStatus, number>> | null;
  /** Those that the viewer can open. */
  own: number;
}

/** Live counts over what the viewer may see: for dashboards and filter chips. */
export interface CaseCounts {
  total: number;
  open: number;
  late: number;
  withoutLead: number;
  byStatus: Partial<Record<CaseStatus, number>>;
  /** What changed for people, apart from where the case stands; and by whose word. */
  byOutcome: Partial<Record<CaseOutcome, number>>;
  byConfirmation: Partial<Record<Confirmation, number>>;
  byTheme: Partial<Record<Theme, number>>;
  byUrgency: Partial<Record<Urgency, number>>;
  byMunicipality: Partial<Record<MunicipalitySlug, number>>;
  /** Open cases, municipality × theme. */
  openByMunicipalityAndTheme: Partial<Record<MunicipalitySlug, Partial<Record<Theme, number>>>>;
}
