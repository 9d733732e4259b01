// Duty: what follows from a commitment's days and its two voices, the same for server and pages. Pure: the day is given. Nothing of it is stored.
import {
  type Closing,
  type CommitmentFlag,
  type CommitmentRung,
  type CommitmentStatus,
  type Completion,
  commitmentRungs,
  dueSoonDays,
  staleAfterDays,
  unkept,
} from './commitmentLists.ts';

export interface Standing {
  status: CommitmentStatus;
  closedAs: Closing | null;
  /** Null: the document names no day. */
  dueOn: string | null;
  authorityReported: Completion | null;
  verified: Completion | null;
  /** The day of the last check; before the first, the day it was recorded. */
  lookedAtOn: string;
}

/** So many calendar days after that day. */
export function dayPlus(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);

export const isOverdue = ({ status, dueOn }: Pick<Standing, 'status' | 'dueOn'>, today: string): boolean =>
  status === 'open' && dueOn !== null && dueOn < today;

export const isDueSoon = ({ status, dueOn }: Pick<Standing, 'status' | 'dueOn'>, today: string): boolean =>
  status === 'open' && dueOn !== null && dueOn >= today && dueOn <= dayPlus(today, dueSoonDays);

/** Both have spoken, and not the same. */
export const isDisputed = ({
  status,
  authorityReported,
  verified,
}: Pick<Standing, 'status' | 'authorityReported' | 'verified'>): boolean =>
  (status === 'open' || status === 'closed') &&
  authorityReported !== null &&
  verified !== null &&
  authorityReported !== verified;

export const isStale = ({ status, lookedAtOn }: Pick<Standing, 'status' | 'lookedAtOn'>, today: string) =>
  status === 'open' && lookedAtOn < dayPlus(today, -staleAfterDays);

/** Closed as broken; or past its day, looked at, and nothing begun. What nobody has looked at is not called broken. */
export const isBroken = (standing: Standing, today: string): boolean =>
  standing.closedAs === 'broken' ||
  (isOverdue(standing, today) && standing.verified !== null && unkept.includes(standing.verified));

export const isKept = ({ closedAs }: Pick<Standing, 'closedAs'>): boolean => closedAs === 'complete';

const rules: Record<CommitmentFlag, (standing: Standing, today: string) => boolean> = {
  broken: isBroken,
  overdue: isOverdue,
  due_soon: isDueSoon,
  disputed: isDisputed,
  stale: isStale,
  kept: isKept,
};

/** What is true on that day, the gravest first. */
export const flagsOf = (standing: Standing, today: string): CommitmentFlag[] =>
  (Object.keys(rules) as CommitmentFlag[]).filter((flag) => rules[flag](standing, today));

/** What to do about a day that passed; null while none has. A municipality has offices of its own to turn to. */
export function proposedRung(
  standing: Pick<Standing, 'status' | 'dueOn'>,
  { municipal, today }: { municipal: boolean; today: string },
): CommitmentRung | null {
  if (!isOverdue(standing, today) || !standing.dueOn) return null;
  const late = daysBetween(standing.dueOn, today);
  const rungs = (Object.keys(commitmentRungs) as CommitmentRung[]).filter(
    (rung) =>
      commitmentRungs[rung] <= late && (municipal || !['communities_office', 'deputy_mayor'].includes(rung)),
  );
  return rungs.at(-1) ?? null;
}
