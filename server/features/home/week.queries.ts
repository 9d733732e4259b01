// Duty: one person's week from every slice: what each has for them, joined and put in order. What belongs in it is each slice's to say.
import {
  type MyWeek,
  mostWeekItems,
  type WeekAsked,
  type WeekItem,
  type WeekPart,
  weekDays,
} from '../../../shared/week.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { campaignWeek } from '../campaigns/week.queries.ts';
import { seesCases } from '../cases/cases.policy.ts';
import { caseWeek, visitBefore } from '../cases/work.queries.ts';
import { commitmentWeek } from '../commitments/week.queries.ts';
import { invitationWeek } from '../directory/week.queries.ts';
import { letterWeek, ruleWeek } from '../institutions/week.queries.ts';
import { issueWeek } from '../issues/week.queries.ts';
import { referralWeek } from '../referrals/week.queries.ts';
import { releaseWeek } from '../summaries/week.queries.ts';

type Source = (viewer: Viewer, asked: WeekAsked) => Promise<WeekPart>;

/** Each asks through its own scope: for a role that sees nothing of a slice, its part is empty. */
const sources: readonly Source[] = [
  invitationWeek,
  referralWeek,
  issueWeek,
  letterWeek,
  ruleWeek,
  campaignWeek,
  commitmentWeek,
  releaseWeek,
];

export async function myWeek(viewer: Viewer): Promise<MyWeek> {
  const since = await visitBefore(viewer.id);
  const today = dayOf(clock.now());
  const asked: WeekAsked = { today, until: dayAfter(today, weekDays), since };
  const [cases, ...parts] = await Promise.all([
    seesCases(viewer) ? caseWeek(viewer, since) : null,
    ...sources.map((source) => source(viewer, asked)),
  ]);
  const joined = (list: keyof WeekPart, order: (a: WeekItem, b: WeekItem) => number) =>
    parts
      .flatMap((part) => part[list])
      .sort(order)
      .slice(0, mostWeekItems);
  return {
    since: since?.toISOString() ?? null,
    cases,
    toDo: joined('toDo', soonest),
    waiting: joined('waiting', soonest),
    fresh: joined('fresh', newest),
  };
}

/** What is late first, then by its day; what has none waits for no day and comes after. */
const soonest = (a: WeekItem, b: WeekItem): number =>
  Number(b.late) - Number(a.late) || (a.due ?? '9').localeCompare(b.due ?? '9');
const newest = (a: WeekItem, b: WeekItem): number => (b.at ?? '').localeCompare(a.at ?? '');
