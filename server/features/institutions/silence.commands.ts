// Duty: what the clock makes of letters: silence the day after the last day for a reply, and last days that move with the holidays. Safe to repeat.
import { runningStatuses } from '../../../shared/letterLists.ts';
import { replyDay } from '../../../shared/replyClock.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { AppError, conflict } from '../../errors.ts';
import { changeLetter, type LetterEdit } from './letterChange.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';
import { holidayCalendar } from './replyRules.queries.ts';

const mostAttempts = 8;
const mostAtOnce = 500;

/** The last day for a reply as rule, extension and holidays have it now; a day that a person named stays. */
export function replyDayOf(
  letter: Pick<LetterFile, 'sentOn' | 'rule' | 'extendedOn' | 'dueOn'>,
  holidays: ReadonlySet<string>,
): string {
  if (!letter.rule || !letter.sentOn) return letter.dueOn;
  return replyDay(letter.sentOn, letter.rule, letter.extendedOn !== null, holidays);
}

/** Changes the letter as it stands when `edit` still wants to; somebody who was faster is looked at again. */
async function changeAsItStands(
  id: string,
  edit: (letter: LetterFile) => LetterEdit | null,
  now: Date,
): Promise<boolean> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const letter = await LetterModel.findOne({ _id: id }).lean<LetterFile>();
    const wanted = letter && edit(letter);
    if (!wanted) return false;
    try {
      await changeLetter(letter, wanted, now);
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'letter.stale')) throw error;
    }
  }
  throw conflict('letter.stale');
}

const runs = ({ status }: LetterFile) => runningStatuses.includes(status);

function movedDay(letter: LetterFile, holidays: ReadonlySet<string>): LetterEdit | null {
  const day = replyDayOf(letter, holidays);
  if (!runs(letter) || day === letter.dueOn) return null;
  const set = { dueOn: day, expectedBy: day };
  return { set, to: letter.status, entry: { move: 'move_day', by: null, on: day } };
}

/** Holidays changed: the last days of running clocks move with them. Answers how many. */
export async function moveReplyDays(now = clock.now()): Promise<number> {
  const { days } = await holidayCalendar();
  let moved = 0;
  const running = LetterModel.find({ status: { $in: [...runningStatuses] } })
    .lean<LetterFile[]>()
    .cursor();
  for await (const letter of running as AsyncIterable<LetterFile>)
    if (movedDay(letter, days) && (await changeAsItStands(letter._id, (now) => movedDay(now, days), now)))
      moved += 1;
  return moved;
}

/**
 * Letters whose last day has passed unanswered fall silent, on the day after it however late this runs. Answers how many; two
 * processes at once let each letter fall silent once.
 */
export async function fallSilent(now = clock.now()): Promise<number> {
  const today = dayOf(now);
  const { days } = await holidayCalendar();
  let fallen = 0;
  for (;;) {
    const due = await LetterModel.find(
      { status: { $in: [...runningStatuses] }, dueOn: { $lt: today } },
      { _id: 1 },
    )
      .limit(mostAtOnce)
      .lean<LetterFile[]>();
    for (const { _id } of due) {
      const silence = (letter: LetterFile): LetterEdit | null => {
        if (!runs(letter) || letter.dueOn >= today) return null;
        // A holiday that was entered while a stop kept the clocks from moving.
        const moved = movedDay(letter, days);
        if (moved && (moved.set.dueOn ?? '') >= today) return moved;
        const expectedBy = moved?.set.dueOn ?? letter.dueOn;
        const silentOn = dayAfter(expectedBy, 1);
        return {
          set: { silentOn, dueOn: expectedBy, expectedBy },
          to: 'silent',
          entry: { move: 'fall_silent', by: null, on: silentOn },
        };
      };
      if (await changeAsItStands(_id, silence, now)) fallen += 1;
    }
    if (due.length < mostAtOnce) return fallen;
  }
}
