// Duty: the closed lists of commitments and their move tables, plain data. Re-exported by commitments.ts and commitmentMoves.ts, which have the schemas.

/** How firm the promise is, in order; each next step may be skipped forward. */
export const formalitySteps = ['sought', 'verbal', 'written', 'decided', 'budgeted'] as const;
export const formalityEnds = ['refused', 'withdrawn_by_authority'] as const;
export const formalities = [...formalitySteps, ...formalityEnds] as const;
export type Formality = (typeof formalities)[number];

/** The five points of the Open Government Partnership's independent reports, lowest first. */
export const completions = ['no_evidence', 'not_started', 'limited', 'substantial', 'complete'] as const;
export type Completion = (typeof completions)[number];

/** What was promised and nobody can see begun: past its day, this is a broken promise. */
export const unkept: readonly Completion[] = ['no_evidence', 'not_started'];

/** `proposed`: seen by coordinators and its author alone until a coordinator approves it. */
export const commitmentStatuses = ['proposed', 'declined', 'open', 'closed'] as const;
export type CommitmentStatus = (typeof commitmentStatuses)[number];
/** Seen by everybody who sees commitments. */
export const approvedStatuses: readonly CommitmentStatus[] = ['open', 'closed'];

export const closings = ['complete', 'lapsed', 'broken'] as const;
export type Closing = (typeof closings)[number];

/** Never stored: what follows from the days and the two voices. `kept` is closed as complete. */
export const commitmentFlags = ['due_soon', 'overdue', 'broken', 'disputed', 'stale', 'kept'] as const;
export type CommitmentFlag = (typeof commitmentFlags)[number];

export const dueSoonDays = 30;
export const staleAfterDays = 90;
/** Far enough for a five-year strategy and the one after it. */
export const latestDay = '2099-12-31';

/** What may be done about an authority that lets its day pass; proposed by the number of days, never sent by itself. */
export const commitmentRungs = {
  reminder: 1,
  communities_office: 15,
  deputy_mayor: 30,
  ombudsperson: 60,
  public: 90,
} as const;
export type CommitmentRung = keyof typeof commitmentRungs;

export const sourceKinds = [
  'law',
  'regulation',
  'strategy',
  'action_plan',
  'decision',
  'declaration',
  'letter',
  'minutes',
  'speech',
  'press',
  'programme',
  'other',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const commitmentMoveNames = [
  'approve',
  'decline',
  'formality',
  'report',
  'check',
  'deadline',
  'budget',
  'plan_check',
  'close',
  'reopen',
] as const;
export type CommitmentMoveName = (typeof commitmentMoveNames)[number];

/** `checker`: coordinators and members of organisations, who may verify with evidence. */
export type CommitmentHand = 'coordinator' | 'checker';

export interface CommitmentMove {
  from: readonly CommitmentStatus[];
  /** Null: the status stays. */
  to: CommitmentStatus | null;
  who: CommitmentHand;
}

export const commitmentMoves: Record<CommitmentMoveName, CommitmentMove> = {
  approve: { from: ['proposed', 'declined'], to: 'open', who: 'coordinator' },
  decline: { from: ['proposed'], to: 'declined', who: 'coordinator' },
  formality: { from: ['open'], to: null, who: 'coordinator' },
  report: { from: ['open'], to: null, who: 'checker' },
  check: { from: ['open'], to: null, who: 'checker' },
  deadline: { from: ['open'], to: null, who: 'coordinator' },
  budget: { from: ['open'], to: null, who: 'coordinator' },
  plan_check: { from: ['open'], to: null, who: 'checker' },
  close: { from: ['open'], to: 'closed', who: 'coordinator' },
  reopen: { from: ['closed'], to: 'open', who: 'coordinator' },
};

export type FormalityStep = 'forward' | 'correction' | 'end' | 'reopening';

/** What a change of formality is; null when it leads nowhere. Back only as correction, out of an end only to `sought`. */
export function formalityStep(from: Formality, to: Formality): FormalityStep | null {
  if (from === to) return null;
  const [before, after] = [rank(from), rank(to)];
  if (before === -1) return to === 'sought' ? 'reopening' : null;
  // What was never promised cannot be withdrawn, only refused.
  if (after === -1) return to === 'withdrawn_by_authority' && from === 'sought' ? null : 'end';
  return after > before ? 'forward' : 'correction';
}

/** Everything but a step forward needs a reason. */
export const needsReason = (step: FormalityStep): boolean => step !== 'forward';

const rank = (formality: Formality): number => (formalitySteps as readonly string[]).indexOf(formality);

/** Whether the second is less than the first. */
export const isLess = (before: Completion | null, after: Completion): boolean =>
  before !== null && completions.indexOf(after) < completions.indexOf(before);
