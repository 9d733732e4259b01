// Duty: how letters, promises and campaigns become observations: which day dates them, into which cells they fall.
import { lastDay, monthOf } from '../../../shared/periods.ts';
import { campaignsForFigures } from '../campaigns/figures.queries.ts';
import { commitmentsForFigures } from '../commitments/figures.queries.ts';
import { lettersForFigures } from '../institutions/figures.queries.ts';
import type { FigureSource, Span } from './sources.queries.ts';

const daysOf = ({ months }: Span): [string, string] => {
  const sorted = [...months].sort();
  return [`${sorted[0]}-01`, lastDay(sorted.at(-1)!)];
};
const lastMonthOf = ({ months }: Span) => [...months].sort().at(-1)!;

export const letterSource: FigureSource = {
  name: 'letters',
  measures: ['letters.due'],
  size: async () => 1,
  async read(viewer, span, tally) {
    for (const { expectedBy, answeredOn } of await lettersForFigures(viewer, ...daysOf(span))) {
      const isInTime = answeredOn !== null && answeredOn <= expectedBy!;
      tally.add('letters.due', monthOf(expectedBy!), { answer: isInTime ? 'in_time' : 'late_or_none' });
    }
  },
};

export const commitmentSource: FigureSource = {
  name: 'commitments',
  measures: ['commitments.moved'],
  size: async () => 1,
  async read(viewer, span, tally) {
    for (const { direction } of await commitmentsForFigures(viewer, ...daysOf(span)))
      if (direction) tally.add('commitments.moved', lastMonthOf(span), { direction });
  },
  commitments: async (viewer, span) =>
    (await commitmentsForFigures(viewer, ...daysOf(span))).map(({ commitment }) => commitment),
};

export const campaignSource: FigureSource = {
  name: 'campaigns',
  measures: ['campaigns.now', 'campaigns.closed'],
  size: async () => 1,
  async read(viewer, span, tally) {
    const month = lastMonthOf(span);
    for (const { stage, since, result } of await campaignsForFigures(viewer, span.to)) {
      tally.add('campaigns.now', month, { stage });
      if (result && since >= span.from) tally.add('campaigns.closed', month, { result });
    }
  },
  /** Those that ended before the period are history; those that are only planned are nobody's business yet. */
  campaigns: async (viewer, span) =>
    (await campaignsForFigures(viewer, span.to))
      .filter(({ stage, since }) =>
        stage === 'closed' ? since >= span.from : stage !== 'proposed' && stage !== 'planning',
      )
      .map(({ id, title, stage, result, municipalities }) => ({ id, title, stage, result, municipalities })),
};
