// Duty: the rules of the reply clock and the holidays, for those who set them, those who count with them, and the clock itself.
import type { LetterKind } from '../../../shared/letterLists.ts';
import { letterKinds } from '../../../shared/letterLists.ts';
import type { HolidayYear, ReplyRule } from '../../../shared/replyRules.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import {
  HolidayModel,
  ReplyRuleModel,
  type StoredHolidayYear,
  type StoredReplyRule,
} from './institutions.model.ts';
import { seesRules } from './institutions.policy.ts';

const presentRule = ({ _id, ...rest }: StoredReplyRule): ReplyRule => ({ kind: _id, ...rest });
const presentYear = ({ _id, ...rest }: StoredHolidayYear): HolidayYear => ({ year: _id, ...rest });

export async function replyRulesFor(viewer: Viewer): Promise<ReplyRule[]> {
  if (!seesRules(viewer)) throw notFound();
  const found = await ReplyRuleModel.find().lean<StoredReplyRule[]>();
  return found.map(presentRule).sort((a, b) => letterKinds.indexOf(a.kind) - letterKinds.indexOf(b.kind));
}

export async function holidaysFor(viewer: Viewer): Promise<HolidayYear[]> {
  if (!seesRules(viewer)) throw notFound();
  const found = await HolidayModel.find().sort({ _id: 1 }).lean<StoredHolidayYear[]>();
  return found.map(presentYear);
}

export async function replyRuleOf(kind: LetterKind): Promise<ReplyRule | null> {
  const found = await ReplyRuleModel.findOne({ _id: kind }).lean<StoredReplyRule>();
  return found && presentRule(found);
}

export interface HolidayCalendar {
  days: ReadonlySet<string>;
  years: ReadonlySet<string>;
}

/** Every holiday there is; the years say for which the list is kept at all. */
export async function holidayCalendar(): Promise<HolidayCalendar> {
  const years = await HolidayModel.find().lean<StoredHolidayYear[]>();
  return {
    days: new Set(years.flatMap(({ days }) => days.map(({ day }) => day))),
    years: new Set(years.map(({ _id }) => _id)),
  };
}
