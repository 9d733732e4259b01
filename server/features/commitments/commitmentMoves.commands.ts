// Duty: every move of the commitment table: who, from where, what it needs, what it does. The tables themselves are shared/commitmentLists.ts.
import {
  type CommitmentMoveInput,
  type CommitmentMoveName,
  commitmentMoves,
  formalityStep,
  isLess,
  needsReason,
} from '../../../shared/commitmentMoves.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { alarmsOf, type CommitmentEdit, changeCommitment, ensureCurrent } from './change.ts';
import { type CommitmentFile, noDay } from './commitments.model.ts';
import { isOpenTo, mayMoveCommitment } from './commitments.policy.ts';
import { commitmentFor } from './commitments.queries.ts';
import { openSource } from './sources.commands.ts';

type InputOf<Name extends CommitmentMoveName> = Extract<CommitmentMoveInput, { move: Name }>;
interface Effect {
  set: Partial<CommitmentFile>;
  from?: string | null;
  to?: string | null;
  reason?: string | undefined;
}

interface Context {
  viewer: Viewer;
  commitment: CommitmentFile;
  now: Date;
}

const refuse = (field: string, code: string) => invalid([{ path: [field], code }], 'commitment.refused');

/** The commitment after the move: 403 for who, 409 for a status it does not lead out of or a stale one, 422 for what is missing. */
export async function moveCommitment(
  viewer: Viewer,
  id: string,
  input: CommitmentMoveInput,
  now = clock.now(),
): Promise<CommitmentFile> {
  const commitment = await commitmentFor(viewer, id);
  ensure(mayMoveCommitment(input.move), viewer, commitment);
  if (input.move === 'check' && isSameCheck(commitment, input.id, viewer)) return commitment;
  ensureCurrent(commitment, input.version);
  if (!isOpenTo(input.move, commitment))
    throw conflict('commitment.notFromHere', { version: commitment.version, status: commitment.status });
  const { set, reason, from = null, to = null } = effectOf({ viewer, commitment, now }, input);
  const after = { ...commitment, ...set, status: commitmentMoves[input.move].to ?? commitment.status };
  const edit: CommitmentEdit = {
    set: { ...set, status: after.status, alarms: alarmsAfter(commitment, after) },
    entry: { by: viewer.id, event: input.move, from, to, ...(reason ? { reason } : {}) },
  };
  const moved = await changeCommitment(commitment, edit, now);
  if (input.move === 'approve') await openSource(moved.sourceId);
  return moved;
}

/** A repeated request with the same check changes nothing. */
function isSameCheck({ checks }: CommitmentFile, id: string, viewer: Viewer): boolean {
  const earlier = checks.find((check) => check.id === id);
  if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
  return earlier !== undefined;
}

/** Only what moved is set anew: what was told of once is not told of again. */
function alarmsAfter(before: CommitmentFile, after: CommitmentFile): CommitmentFile['alarms'] {
  const fresh = alarmsOf(after);
  if (before.status !== after.status) return fresh;
  return {
    due: before.dueOn === after.dueOn ? before.alarms.due : fresh.due,
    check: before.nextCheckOn === after.nextCheckOn ? before.alarms.check : fresh.check,
    stale: before.lookedAtOn === after.lookedAtOn ? before.alarms.stale : fresh.stale,
  };
}

function effectOf(context: Context, input: CommitmentMoveInput): Effect {
  const { commitment } = context;
  switch (input.move) {
    case 'approve':
      // From now on it counts whether somebody looks.
      return { set: { lookedAtOn: dayOf(context.now) }, from: commitment.status, to: 'open' };
    case 'decline':
      return { set: {}, from: commitment.status, to: 'declined', reason: input.reason };
    case 'formality':
      return changeFormality(context, input);
    case 'report':
      return report(context, input);
    case 'check':
      return check(context, input);
    case 'deadline':
      return moveDeadline(context, input);
    case 'budget':
      return { set: { budget: input.budget }, reason: input.note };
    case 'plan_check':
      return {
        set: { nextCheckOn: plannedCheck(context, input.nextCheckOn) },
        to: input.nextCheckOn,
      };
    case 'close':
      return close(context, input);
    case 'reopen':
      return {
        set: { closedAs: null, closeReason: '' },
        from: commitment.closedAs,
        to: 'open',
        reason: input.reason,
      };
  }
}

function changeFormality({ commitment }: Context, input: InputOf<'formality'>): Effect {
  const { formality, promisedOn } = commitment;
  const step = formalityStep(formality, input.to);
  if (!step) throw refuse('to', formality === input.to ? 'the_same' : 'not_from_here');
  if (needsReason(step) && !input.reason) throw refuse('reason', 'needs_reason');
  // Whoever promises does so on a day; it is written down first.
  if (step === 'forward' && !promisedOn) throw refuse('to', 'needs_promise_day');
  return { set: { formality: input.to }, from: formality, to: input.to, reason: input.reason };
}

function report({ commitment, now }: Context, input: InputOf<'report'>): Effect {
  const { authorityReported, promisedOn } = commitment;
  if (input.reportedOn > dayOf(now)) throw refuse('reportedOn', 'in_the_future');
  if (promisedOn && input.reportedOn < promisedOn) throw refuse('reportedOn', 'before_promise');
  if (isLess(authorityReported, input.completion) && !input.note) throw refuse('note', 'needs_reason');
  return {
    set: {
      authorityReported: input.completion,
      reportedOn: input.reportedOn,
      reportNote: input.note ?? '',
    },
    from: authorityReported,
    to: input.completion,
    reason: input.note,
  };
}

/** Verified by evidence of its own; to have found none is said in words: what was looked for, and where. */
function check({ viewer, commitment, now }: Context, input: InputOf<'check'>): Effect {
  const { verified, promisedOn, checks, evidence, lookedAtOn } = commitment;
  if (input.checkedOn > dayOf(now)) throw refuse('checkedOn', 'in_the_future');
  if (promisedOn && input.checkedOn < promisedOn) throw refuse('checkedOn', 'before_promise');
  if (checks.some(({ checkedOn }) => checkedOn > input.checkedOn))
    throw refuse('checkedOn', 'before_last_check');
  const here = new Set(evidence.map((file) => file.id));
  const strangers = input.evidence.findIndex((id) => !here.has(id));
  if (strangers !== -1)
    throw invalid([{ path: ['evidence', strangers], code: 'not_found' }], 'commitment.refused');
  if (input.evidence.length === 0 && input.completion !== 'no_evidence')
    throw refuse('evidence', 'needs_evidence');
  if (input.evidence.length === 0 && !input.note) throw refuse('note', 'required');
  if (isLess(verified, input.completion) && !input.note) throw refuse('note', 'needs_reason');
  const { id, completion, checkedOn, note } = input;
  const found = {
    id,
    completion,
    checkedOn,
    evidence: [...new Set(input.evidence)],
    note,
    at: now,
    by: viewer.id,
  };
  return {
    set: {
      verified: completion,
      checks: [...checks, found],
      lookedAtOn: checkedOn > lookedAtOn ? checkedOn : lookedAtOn,
      nextCheckOn: plannedCheck({ now }, input.nextCheckOn),
    },
    from: verified,
    to: completion,
    reason: note,
  };
}

function plannedCheck({ now }: Pick<Context, 'now'>, day: string | null): string {
  if (day && day < dayOf(now)) throw refuse('nextCheckOn', 'in_the_past');
  return day ?? noDay;
}

/** The old day is kept; a later one counts as a slip. */
function moveDeadline({ commitment, now }: Context, input: InputOf<'deadline'>): Effect {
  const { dueOn, promisedOn, deadlines, slips } = commitment;
  if (input.dueOn === dueOn) throw refuse('dueOn', 'the_same');
  if (promisedOn && input.dueOn < promisedOn) throw refuse('dueOn', 'before_promise');
  const first = dueOn === noDay;
  return {
    set: {
      dueOn: input.dueOn,
      ...(first
        ? {}
        : {
            deadlines: [...deadlines, { from: dueOn, to: input.dueOn, reason: input.reason, at: now }],
            slips: slips + (input.dueOn > dueOn ? 1 : 0),
          }),
    },
    from: first ? null : dueOn,
    to: input.dueOn,
    reason: input.reason,
  };
}

/** Complete only by what we verified and can show; anything else has a reason. */
function close({ commitment, now }: Context, input: InputOf<'close'>): Effect {
  const { verified, checks, dueOn } = commitment;
  if (input.closedAs === 'complete') {
    if (verified !== 'complete') throw refuse('closedAs', 'not_verified_complete');
    if (!checks.at(-1)?.evidence.length) throw refuse('closedAs', 'needs_evidence');
  } else {
    if (!input.reason) throw refuse('reason', 'needs_reason');
    if (input.closedAs === 'broken' && dueOn >= dayOf(now)) throw refuse('closedAs', 'not_due_yet');
    if (verified === 'complete') throw refuse('closedAs', 'verified_complete');
  }
  return {
    set: { closedAs: input.closedAs, closeReason: input.reason ?? '' },
    from: 'open',
    to: input.closedAs,
    reason: input.reason,
  };
}
