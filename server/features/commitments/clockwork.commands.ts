// Duty: what days make happen to commitments: a day passed, a check due, nobody looked for long. Each is written once, whoever comes first; nothing is sent by itself.
import { proposedRung } from '../../../shared/commitmentFlags.ts';
import type { CommitmentEvent } from '../../../shared/commitments.ts';
import { clock, dayOf } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import { changeCommitment } from './change.ts';
import { type Alarms, type CommitmentFile, CommitmentModel, noDay } from './commitments.model.ts';
import { type CommitmentQuestion, dayOrNull, standingOf } from './commitments.queries.ts';

interface Bell {
  alarm: keyof Alarms;
  event: CommitmentEvent;
  rings(today: string): CommitmentQuestion;
}

/** A day has passed when it is over; a check is due on its day. */
const bells: readonly Bell[] = [
  { alarm: 'due', event: 'due_passed', rings: (today) => ({ 'alarms.due': { $lt: today } }) },
  { alarm: 'check', event: 'check_due', rings: (today) => ({ 'alarms.check': { $lte: today } }) },
  { alarm: 'stale', event: 'went_stale', rings: (today) => ({ 'alarms.stale': { $lt: today } }) },
];

/** The bell and its line of history are one write, against the version that was read: two runners ring it once. */
async function ring(commitment: CommitmentFile, { alarm, event }: Bell, now: Date): Promise<boolean> {
  const today = dayOf(now);
  const municipal = commitment.municipality !== null;
  const to = event === 'due_passed' ? proposedRung(standingOf(commitment), { municipal, today }) : null;
  try {
    await changeCommitment(
      commitment,
      {
        set: { alarms: { ...commitment.alarms, [alarm]: noDay } },
        entry: { by: null, event, from: dayOrNull(commitment.alarms[alarm]), to },
      },
      now,
    );
    return true;
  } catch (error) {
    // Somebody was faster: the next run finds it if it still rings.
    if (error instanceof AppError && error.code === 'commitment.stale') return false;
    throw error;
  }
}

/** All that rings now, one after the other; safe to repeat, and in several processes. */
export async function ringCommitments(now = clock.now()): Promise<number> {
  const today = dayOf(now);
  let rung = 0;
  for (const bell of bells) {
    const found = await CommitmentModel.find(bell.rings(today), { _id: 1 }).lean<{ _id: string }[]>();
    for (const { _id } of found) {
      const commitment = await CommitmentModel.findOne({
        $and: [{ _id }, bell.rings(today)],
      }).lean<CommitmentFile>();
      if (commitment && (await ring(commitment, bell, now))) rung += 1;
    }
  }
  return rung;
}
