// Duty: "My week" beyond cases: what any slice has for a person to do, to wait for, or to know; and the whole page's answer. No schemas.
import type { CaseWeek } from './caseWork.ts';

/** Where an item leads; the client knows the page of each. */
export const weekPlaces = [
  'referral',
  'letter',
  'campaign',
  'commitment',
  'issue',
  'users',
  'replyRules',
  'progress',
] as const;
export type WeekPlace = (typeof weekPlaces)[number];

/** What is to be done, waited for or known; words are `home.item.<verb>`. */
export const weekVerbs = [
  'referral.pending',
  'letter.send',
  'letter.silent',
  'letter.refused',
  'letter.due',
  'letter.answered',
  'letter.fellSilent',
  'campaign.action',
  'campaign.milestone',
  'campaign.review',
  'campaign.demandEnded',
  'campaign.changed',
  'commitment.approve',
  'commitment.check',
  'commitment.overdue',
  'commitment.due',
  'commitment.waits',
  'commitment.changed',
  'issue.decide',
  'issue.waits',
  'issue.changed',
  'users.invited',
  'rules.unchecked',
  'release.published',
] as const;
export type WeekVerb = (typeof weekVerbs)[number];

export type Names = Record<'sq' | 'sr' | 'en', string>;

export interface WeekItem {
  /** Different for each item of a list. */
  key: string;
  place: WeekPlace;
  /** Of the record that it leads to; null where the place is one page. */
  id: string | null;
  verb: WeekVerb;
  reference: string | null;
  /** Words of the record, as far as this viewer reads them there; per language where it has them so. */
  title: string | Names | null;
  /** The duty bearer that is waited for, or concerned. */
  institution: Names | null;
  /** With verbs that count. */
  count: number | null;
  /** The day by which something is due, or an answer expected. */
  due: string | null;
  late: boolean;
  /** When it happened; for what is new. */
  at: string | null;
}

/** What one slice adds to a person's week; short lists. */
export interface WeekPart {
  toDo: WeekItem[];
  waiting: WeekItem[];
  fresh: WeekItem[];
}

export interface MyWeek {
  /** The viewer's visit before this one; null at the first. */
  since: string | null;
  /** Null for roles that never see a case. */
  cases: CaseWeek | null;
  toDo: WeekItem[];
  waiting: WeekItem[];
  fresh: WeekItem[];
}

/** Where the API is. */
export const weekPath = '/api/my-week';

/** Items of each list. */
export const mostWeekItems = 20;
/** What is due within so many days is of this week. */
export const weekDays = 7;

export const emptyPart = (): WeekPart => ({ toDo: [], waiting: [], fresh: [] });

const bare = {
  reference: null,
  title: null,
  institution: null,
  count: null,
  due: null,
  late: false,
  at: null,
};
/** An item with what is said of it. */
export const weekItem = (
  said: Pick<WeekItem, 'key' | 'place' | 'id' | 'verb'> & Partial<WeekItem>,
): WeekItem => ({ ...bare, ...said });

/** As a source asks: who, which day it is, until which day the week goes, and when the viewer was last here. */
export interface WeekAsked {
  today: string;
  until: string;
  since: Date | null;
}
