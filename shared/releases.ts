// Duty: what coordinators send and see of indicators, targets and releases: schemas and views. What funders see: summaries.ts.
import { z } from 'zod';
import { type Answer, daySchema, idSchema, versionSchema } from './api.ts';
import type { CaseGap } from './caseLists.ts';
import type { IndicatorDefinition } from './indicators.ts';
import { isPeriod } from './periods.ts';
import type { FrozenRelease, Period } from './summaries.ts';
import {
  indicatorKeys,
  periodKinds,
  type ReleaseAbility,
  type ReleaseAudience,
  type ReleaseStatus,
  type storyLanguages,
  summaryLimits,
} from './summaryLists.ts';

export const periodSchema = z
  .strictObject({ kind: z.enum(periodKinds), from: daySchema, to: daySchema })
  .refine(isPeriod, { path: ['to'], message: 'not_a_period' });

const perLanguage = (maximum: number) =>
  z.strictObject({
    sq: z.string().trim().max(maximum, 'too_long').optional(),
    sr: z.string().trim().max(maximum, 'too_long').optional(),
    en: z.string().trim().max(maximum, 'too_long').optional(),
  });

export const indicatorKeySchema = z.enum(indicatorKeys);
export const indicatorRevise = z.strictObject({
  /** The body or office that answers for it; never shown to funders. */
  owner: z.string().trim().max(summaryLimits.owner, 'too_long').optional(),
  note: perLanguage(summaryLimits.note).optional(),
  version: z.number().int().min(0),
});
export type IndicatorRevise = z.infer<typeof indicatorRevise>;

const figure = z
  .number('not_a_number')
  .int('not_a_whole_number')
  .min(0, 'too_small')
  .max(summaryLimits.target, 'too_large');
export const targetCreate = z.strictObject({
  id: idSchema,
  period: periodSchema,
  /** What it was at the beginning, where that is known. */
  baseline: figure.nullable(),
  target: figure,
  version: z.number().int().min(0),
});
export type TargetCreate = z.infer<typeof targetCreate>;
export const targetRevise = z.strictObject({
  period: periodSchema.optional(),
  baseline: figure.nullable().optional(),
  target: figure.optional(),
  version: versionSchema,
});
export type TargetRevise = z.infer<typeof targetRevise>;

export interface Target {
  id: string;
  period: Period;
  baseline: number | null;
  target: number;
}
/** Of the register: what the code says of it and what coordinators do. */
export interface IndicatorEntry extends IndicatorDefinition {
  formulaVersion: number;
  aboutPersons: boolean;
  /** 0 until somebody wrote something to it. */
  version: number;
  owner: string;
  note: Partial<Record<(typeof storyLanguages)[number], string>>;
  targets: Target[];
}

export const releaseCreate = z.strictObject({ id: idSchema, period: periodSchema });
export type ReleaseCreate = z.infer<typeof releaseCreate>;

const reason = z.string().trim().min(1, 'required').max(2000, 'too_long');
export const correctionCreate = z.strictObject({ id: idSchema, reason });
export type CorrectionCreate = z.infer<typeof correctionCreate>;

export const releaseMoveInput = z.strictObject({
  move: z.enum(['cancel', 'review', 'reopen', 'publish', 'discard']),
  version: versionSchema,
});
export type ReleaseMoveInput = z.infer<typeof releaseMoveInput>;

/** Figures stand in it as `{{cases.logged}}` or `{{cases.logged/theme/housing}}`, so that they cannot disagree with the tables. */
export const storyInput = z.strictObject({ story: perLanguage(summaryLimits.story), version: versionSchema });
export type StoryInput = z.infer<typeof storyInput>;

/** A figure whose change would tell of few persons: only coordinators are told which. */
export interface TellingFigure {
  audience: ReleaseAudience;
  /** A figure's id; with a trailing slash what its table withholds together. */
  figure: string;
}

export interface ReleaseSummary {
  id: string;
  version: number;
  number: number;
  status: ReleaseStatus;
  period: Period;
  countedTo: string;
  running: boolean;
  progress: { done: number; total: number };
  createdAt: string;
  frozenAt: string | null;
  publishedAt: string | null;
  corrects: { id: string; version: number; reason: string } | null;
  /** A newer version is out, or figures it adds up were corrected since. */
  superseded: boolean;
  outdated: boolean;
  example: boolean;
}

/** The same figures three times, in the same order: as they are, for funders, for the public. */
export interface ReleaseDetail extends ReleaseSummary {
  story: Partial<Record<(typeof storyLanguages)[number], string>>;
  /** Null while it is being counted. `value`s are never withheld in it. */
  whole: FrozenRelease | null;
  told: Record<ReleaseAudience, FrozenRelease> | null;
  /** Why it cannot be published as it is; empty when it can. */
  telling: TellingFigure[];
  history: { at: string; by: string | null; what: string }[];
}
export type ReleaseAnswer = Answer<ReleaseDetail, ReleaseAbility>;

/** Loose, so that who asks for a table that nobody publishes is told so, and not of an unknown key. */
export const noFigureQuery = z.looseObject({});
export const figureQuery = z.looseObject({
  kind: z.enum(periodKinds).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
});

export interface IndicatorNow {
  key: IndicatorDefinition['key'];
  unit: IndicatorDefinition['unit'];
  value: number | null;
  target: Target | null;
  reachedPercent: number | null;
  /** At this pace by the period's end; null for shares and medians, and on the first days. */
  forecast: number | null;
}
export interface FiguresNow {
  period: Period;
  countedTo: string;
  indicators: IndicatorNow[];
  gaps: { gap: CaseGap; count: number; cases: { id: string; reference: string }[] }[];
}
