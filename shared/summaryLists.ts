// Duty: the closed lists of figures and releases, plain data without schemas: measures, tables, periods, statuses, thresholds.
import { ageBands } from './caseLists.ts';
import { municipalitySlugs } from './directoryLists.ts';
import { themes } from './themeLists.ts';

/** Who a set of figures is for. Each has its own withholding; only coordinators see what lies beneath. */
export const releaseAudiences = ['funder', 'public'] as const;
export type ReleaseAudience = (typeof releaseAudiences)[number];

/** Counts below this are withheld, zero included: a shown zero would say that a withheld cell is none. */
export const smallestShown: Record<ReleaseAudience, number> = { funder: 5, public: 10 };
/** A share or a median rests on at least so many. */
export const smallestBase: Record<ReleaseAudience, number> = { funder: 20, public: 40 };

export const periodKinds = ['month', 'quarter', 'half_year', 'project'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/**
 * The only tables there are: each by one thing alone, never by two at once, so that no table can be crossed with another.
 * Ethnicity is none of them and cannot become one. Sex is not collected.
 */
export const tableCells = {
  /** The order in which cells are tried, fixed in advance by the census and never by the figures: see withholding. */
  municipality: ['gjakova', 'prizren', 'fushe-kosove', 'ferizaj', 'peja', 'mitrovica', 'gracanica'],
  theme: themes,
  ageBand: [...ageBands, 'unknown'],
  confirmation: ['confirmed', 'not_confirmed'],
  answer: ['in_time', 'late_or_none'],
  received: ['yes', 'other'],
  stage: ['proposed', 'planning', 'active', 'paused', 'monitoring', 'closed'],
  result: ['won', 'partly_won', 'not_won', 'dropped', 'superseded'],
  direction: ['forward', 'back'],
} as const satisfies Record<string, readonly string[]>;
export type TableName = keyof typeof tableCells;

/** Municipalities in the order in which people read them. */
export const readingOrder: Partial<Record<TableName, readonly string[]>> = {
  municipality: municipalitySlugs,
};

/** How a figure is made. Closed: a formula is one of these over a measure, never text that somebody types. */
export const computations = ['count', 'sum', 'share', 'median'] as const;
export type Computation = (typeof computations)[number];

export const figureUnits = [
  'cases',
  'people',
  'referrals',
  'letters',
  'commitments',
  'campaigns',
  'days',
  'percent',
] as const;
export type FigureUnit = (typeof figureUnits)[number];

export const indicatorKeys = [
  'cases.logged',
  'cases.resolved',
  'cases.confirmed',
  'cases.confirmedShare',
  'cases.daysToFirstAction',
  'cases.daysToOutcome',
  'referrals.due',
  'referrals.inTimeShare',
  'referrals.ended',
  'referrals.confirmedShare',
  'people.reached',
  'letters.due',
  'letters.answeredShare',
  'commitments.moved',
  'campaigns.byStage',
  'campaigns.byResult',
] as const;
export type IndicatorKey = (typeof indicatorKeys)[number];

export const withheldReasons = [
  /** Small, or another cell could be worked out from it: which of the two is never told. */
  'protected',
  /** Too few stand behind a share or a median, or one of its parts is withheld. */
  'base',
  /** A part of the period was counted by another formula: the two are never added up. */
  'formula',
] as const;
export type WithheldReason = (typeof withheldReasons)[number];

export const releaseStatuses = ['freezing', 'draft', 'reviewed', 'published', 'cancelled', 'failed'] as const;
export type ReleaseStatus = (typeof releaseStatuses)[number];

export const releaseMoveNames = ['cancel', 'review', 'reopen', 'publish', 'discard'] as const;
export type ReleaseMoveName = (typeof releaseMoveNames)[number];

/** Published is for ever: what is wrong is corrected by a new version. */
export const releaseMoves: Record<ReleaseMoveName, { from: readonly ReleaseStatus[]; to: ReleaseStatus }> = {
  cancel: { from: ['freezing'], to: 'cancelled' },
  review: { from: ['draft'], to: 'reviewed' },
  reopen: { from: ['reviewed'], to: 'draft' },
  publish: { from: ['reviewed'], to: 'published' },
  discard: { from: ['draft', 'reviewed', 'failed'], to: 'cancelled' },
};

export const releaseAbilities = [...releaseMoveNames, 'narrate', 'correct'] as const;
export type ReleaseAbility = (typeof releaseAbilities)[number];

/** What a release can be taken along as. */
export const downloadFormats = ['pdf', 'xlsx', 'csv', 'json'] as const;
export type DownloadFormat = (typeof downloadFormats)[number];

export const storyLanguages = ['sq', 'sr', 'en'] as const;
export type StoryLanguage = (typeof storyLanguages)[number];

export const summaryLimits = { story: 12_000, note: 1_000, owner: 120, target: 10_000_000 } as const;
