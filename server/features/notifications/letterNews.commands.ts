// Duty: tell of letters: a day that comes near, silence, an answer. To who wrote it and the team lead of the place.
import { dueSoonDays, type LetterEvent } from '../../../shared/letterLists.ts';
import type { NotificationEvent } from '../../../shared/notifications.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { lettersChangedSince, lettersDueBetween, letterToTellOf } from '../institutions/letterDue.queries.ts';
import type { LetterFile } from '../institutions/letters.queries.ts';
import { leadersOf } from './news.ts';
import { tell } from './notifications.commands.ts';

const letterNews: Partial<Record<LetterEvent, NotificationEvent>> = {
  fall_silent: 'letter.silent',
  answer: 'letter.answered',
  refuse: 'letter.answered',
};

async function concerned(letter: LetterFile): Promise<string[]> {
  const author = await peopleToTell({ ids: [letter.author] });
  return [...author.map(({ id }) => id), ...(await leadersOf(letter))];
}

const aboutLetter = ({ _id, reference, municipality }: LetterFile) => ({
  reference,
  municipality,
  caseId: '',
  referralId: null,
  subject: { kind: 'letter' as const, id: _id },
  guests: [],
});

/** What the letter's history tells from that moment on. */
async function tellHistory(letter: LetterFile, since: Date, now: Date): Promise<number> {
  let told = 0;
  for (const [at, entry] of letter.history.entries()) {
    const event = letterNews[entry.move];
    if (!event || entry.at < since) continue;
    told += await tell(
      {
        ...aboutLetter(letter),
        source: `letter ${letter._id} ${at}`,
        event,
        users: await concerned(letter),
        actor: entry.by,
      },
      now,
    );
  }
  return told;
}

export async function tellOfLetter(id: string, overlap: number): Promise<void> {
  const letter = await letterToTellOf(id);
  if (letter) await tellHistory(letter, new Date(letter.changedAt.getTime() - overlap), letter.changedAt);
}

/** What a stop between a save and its telling left untold. */
export async function tellMissedOfLetters(since: Date, now: Date): Promise<number> {
  let told = 0;
  for await (const letter of lettersChangedSince(since)) told += await tellHistory(letter, since, now);
  return told;
}

/** Replies expected within a few days: once for each letter and day, also when the day moves. */
export async function tellDueLetters(now = clock.now()): Promise<number> {
  const today = dayOf(now);
  let told = 0;
  for await (const letter of lettersDueBetween(dayAfter(today, -1), dayAfter(today, dueSoonDays)))
    told += await tell(
      {
        ...aboutLetter(letter),
        source: `letter due ${letter._id} ${letter.dueOn}`,
        event: 'letter.dueSoon',
        users: await concerned(letter),
        actor: null,
      },
      now,
    );
  return told;
}
