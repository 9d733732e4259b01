// Duty: what the index in memory may know of a case, and nothing beyond it.
import type { CaseOutcome, CaseStatus, Confirmation, Precision, Urgency } from '../../../shared/cases.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { SubTheme } from '../../../shared/themes.ts';

/** What the index knows of a case: nothing that says who it is about, and no place finer than a settlement. */
export interface IndexedCase {
  id: string;
  version: number;
  reference: string;
  municipality: MunicipalitySlug;
  settlement: string | null;
  precision: Precision;
  subTheme: SubTheme;
  status: CaseStatus;
  urgency: Urgency;
  outcome: CaseOutcome | null;
  confirmedBy: Confirmation | null;
  lead: string | null;
  /** Organisations outside the team whose members may see it nevertheless. */
  guests: readonly string[];
  /** The structural issue and the campaigns it belongs to, as `caseGroups.ts` names them. */
  groups: readonly string[];
  /** Milliseconds since 1970. */
  loggedAt: number;
  /** Calendar days since 1970. */
  loggedDay: number;
  nextStepDay: number | null;
}
