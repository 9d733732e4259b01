// Duty: which closed cases are kept since when, which are held, which were anonymised: for the retention clock. No viewer, so who calls decides who is told.
import type { Theme } from '../../../shared/themes.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import type { CaseQuestion } from './cases.queries.ts';

const fields = { reference: 1, theme: 1, municipality: 1, closedAt: 1, hold: 1 } as const;
export type RetainedCase = Pick<CaseFile, '_id' | keyof typeof fields>;
export type { StoredHold } from './cases.model.ts';

const find = (question: CaseQuestion): AsyncIterable<RetainedCase> =>
  CaseModel.collection.find<RetainedCase>(question as never, { projection: fields, batchSize: 500 });

/** Closed within these, and whole; exported for the test that looks at its plan. */
export const wholeAndClosed = (theme: Theme, from: Date, before: Date): CaseQuestion => ({
  theme,
  status: 'closed',
  anonymisedAt: null,
  closedAt: { $gte: from, $lt: before },
});
export const casesClosedBetween = (theme: Theme, from: Date, before: Date): AsyncIterable<RetainedCase> =>
  find(wholeAndClosed(theme, from, before));

export const casesWithHold = (): AsyncIterable<RetainedCase> =>
  find({ 'hold.until': { $gt: '' }, anonymisedAt: null });

/** Their other records may still hold words. */
export const casesBeingErased = (): AsyncIterable<RetainedCase & Pick<CaseFile, 'anonymisedAt'>> =>
  CaseModel.collection.find({ erasurePending: true } as never, {
    projection: { ...fields, anonymisedAt: 1 },
    batchSize: 500,
  }) as AsyncIterable<RetainedCase & Pick<CaseFile, 'anonymisedAt'>>;

export const casesAnonymisedAt = (moment: Date): AsyncIterable<RetainedCase> =>
  find({ anonymisedAt: moment });
