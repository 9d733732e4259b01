// Duty: how cases and referrals become observations: which event dates them, into which cells they fall.
import { ageBands } from '../../../shared/caseLists.ts';
import { monthOf } from '../../../shared/periods.ts';
import { dayOf } from '../../clock.ts';
import { type CaseForFigures, caseCountForFigures, casesForFigures } from '../cases/figures.queries.ts';
import { casesWithdrawnFrom } from '../identities/consents.queries.ts';
import {
  type ReferralForFigures,
  referralCountForFigures,
  referralsForFigures,
} from '../referrals/figures.queries.ts';
import type { FigureSource, Span } from './sources.queries.ts';
import type { Tally } from './tally.ts';

const dayMilliseconds = 86_400_000;
/** By how many records the count of those read goes up. */
const step = 2_000;

const isIn = ({ from, to }: Span, moment: Date | null | undefined): moment is Date =>
  moment != null && moment >= from && moment < to;
/** An authority's word alone, or nobody reached, confirms nothing. */
const confirming: readonly (string | null)[] = ['person', 'activist', 'partner'];
const daysBetween = (first: Date, last: Date) =>
  Math.max(0, Math.round((Date.parse(dayOf(last)) - Date.parse(dayOf(first))) / dayMilliseconds));

function observeCase(item: CaseForFigures, span: Span, tally: Tally): void {
  const { municipality, theme } = item;
  const cells = { municipality, theme };
  if (isIn(span, item.loggedAt)) {
    const month = monthOf(dayOf(item.loggedAt));
    const { count, ageBands: known } = item.people;
    tally.add('cases.logged', month, cells);
    tally.add('people.reached', month, cells, count);
    let rest = count;
    for (const band of ageBands) {
      tally.addPart('people.reached', month, 'ageBand', band, known[band] ?? 0);
      rest -= known[band] ?? 0;
    }
    tally.addPart('people.reached', month, 'ageBand', 'unknown', rest);
  }
  if (isIn(span, item.startedAt)) {
    const month = monthOf(dayOf(item.startedAt));
    tally.add('cases.started', month, {});
    tally.addDays('cases.started', month, daysBetween(item.loggedAt, item.startedAt));
  }
  if (item.status !== 'resolved' && item.status !== 'closed') return;
  const resolved = item.history.findLast((entry) => entry.move === 'resolve' || entry.move === 'reopen');
  if (resolved?.move !== 'resolve' || !isIn(span, resolved.at)) return;
  const month = monthOf(dayOf(resolved.at));
  const isConfirmed = item.status === 'closed' && confirming.includes(item.confirmedBy);
  tally.add('cases.resolved', month, { confirmation: isConfirmed ? 'confirmed' : 'not_confirmed' });
  tally.addDays('cases.resolved', month, daysBetween(item.loggedAt, resolved.at));
  if (isConfirmed) tally.add('cases.confirmed', month, cells);
}

const answers = ['accept', 'decline', 'reroute'];
/** Taken back before an answer was owed. */
const takenBack: readonly string[] = ['draft', 'recalled', 'consent_withdrawn'];

function observeReferral(item: ReferralForFigures, span: Span, tally: Tally): void {
  const dueMonth = monthOf(item.replyBy);
  if (span.months.has(dueMonth) && item.sentAt && !takenBack.includes(item.status)) {
    const answer = item.history.find(({ move }) => answers.includes(move));
    const isInTime = answer !== undefined && dayOf(answer.at) <= item.replyBy;
    tally.add('referrals.due', dueMonth, { answer: isInTime ? 'in_time' : 'late_or_none' });
  }
  if (item.kind !== 'referral' || !isIn(span, item.endedAt)) return;
  if (item.status !== 'completed' && item.status !== 'unsuccessful') return;
  tally.add('referrals.ended', monthOf(dayOf(item.endedAt)), {
    received: item.received === 'yes' ? 'yes' : 'other',
  });
}

/**
 * Cases count without being asked for: a number is nobody's data, and nothing of a person is read for it. But whoever said yes
 * to statistics and took it back is in no count from then on, nor are the referrals of that case.
 */
const withdrawn = () => casesWithdrawnFrom('statistics');

/** Reads all, and lets others have their turn now and then. */
async function readAll<Item>(
  items: AsyncIterable<Item>,
  observe: (item: Item) => unknown,
  onRead: (count: number) => Promise<void>,
): Promise<void> {
  let read = 0;
  for await (const item of items) {
    observe(item);
    read += 1;
    if (read % step === 0) await onRead(step);
  }
  await onRead(read % step);
}

export const caseSource: FigureSource = {
  name: 'cases',
  measures: ['cases.logged', 'cases.started', 'cases.resolved', 'cases.confirmed', 'people.reached'],
  size: (viewer, { from }) => caseCountForFigures(viewer, from),
  async read(viewer, span, tally, onRead) {
    const left = await withdrawn();
    const observe = (item: CaseForFigures) => left.has(item._id) || observeCase(item, span, tally);
    await readAll(casesForFigures(viewer, span.from), observe, onRead);
  },
};

/** Answers may come long before the day they are owed: half a year is the most a referral may give. */
const earliestAnswer = ({ from }: Span) => new Date(from.getTime() - 184 * dayMilliseconds);

export const referralSource: FigureSource = {
  name: 'referrals',
  measures: ['referrals.due', 'referrals.ended'],
  size: (viewer, span) => referralCountForFigures(viewer, earliestAnswer(span)),
  async read(viewer, span, tally, onRead) {
    const left = await withdrawn();
    const observe = (item: ReferralForFigures) => left.has(item.caseId) || observeReferral(item, span, tally);
    await readAll(referralsForFigures(viewer, earliestAnswer(span)), observe, onRead);
  },
};
