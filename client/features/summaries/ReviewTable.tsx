// Duty: the unsuppressed figures beside what each audience is told, row by row, with why something is withheld.
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { type FrozenRelease, figuresOf } from '../../../shared/summaries.ts';
import type { ReleaseAudience } from '../../../shared/summaryLists.ts';
import { cellName, figureText, indicatorName } from '../../../shared/summaryWords.ts';
import { useSay } from '../../lib/i18n.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

interface Props {
  whole: FrozenRelease;
  told: Record<ReleaseAudience, FrozenRelease>;
}

export function ReviewTable({ whole, told }: Props) {
  const say = useSay();
  const speech = useFigureSpeech();
  const [only, setOnly] = useState(false);
  const seenBy = {
    funder: new Map(figuresOf(told.funder).map(({ figure }) => [figure.id, figure])),
    public: new Map(figuresOf(told.public).map(({ figure }) => [figure.id, figure])),
  };
  const isWithheld = (id: string) => (seenBy.funder.get(id)?.value ?? null) === null;
  const all = figuresOf(whole);
  const rows = only ? all.filter(({ figure }) => isWithheld(figure.id)) : all;
  const toldTo = (
    audience: ReleaseAudience,
    id: string,
    unit: (typeof rows)[number]['indicator']['unit'],
  ) => {
    const figure = seenBy[audience].get(id);
    if (!figure) return '–';
    if (figure.value !== null) return figureText(figure, unit, speech);
    return <em>{say(figure.withheld === 'base' ? 'summaries.withheld.base' : 'summaries.withheld')}</em>;
  };
  return (
    <section className={classes.review} aria-labelledby="review">
      <h2 id="review" className={classes.section}>
        {say('figures.review')}
      </h2>
      <p className={classes.faint}>
        {say('figures.review.withheld', { count: all.filter(({ figure }) => isWithheld(figure.id)).length })}
      </p>
      <Checkbox
        label={say('figures.review.only')}
        checked={only}
        onChange={(event) => setOnly(event.currentTarget.checked)}
      />
      <DataTable
        caption={say('figures.review')}
        rows={rows}
        rowKey={({ figure }) => figure.id}
        rowClass={({ figure }) => (isWithheld(figure.id) ? classes.withheldRow : undefined)}
        columns={[
          {
            key: 'figure',
            head: say('summaries.figure'),
            cell: ({ indicator, table, figure }) =>
              table && figure.cell
                ? `${indicatorName(indicator, speech)}: ${cellName(table, figure.cell, speech)}`
                : indicatorName(indicator, speech),
          },
          {
            key: 'whole',
            head: say('figures.review.whole'),
            cell: ({ indicator, figure }) =>
              figure.value === null ? '–' : figureText(figure, indicator.unit, speech),
          },
          {
            key: 'funder',
            head: say('figures.review.funder'),
            cell: ({ indicator, figure }) => toldTo('funder', figure.id, indicator.unit),
          },
          {
            key: 'public',
            head: say('figures.review.public'),
            cell: ({ indicator, figure }) => toldTo('public', figure.id, indicator.unit),
          },
        ]}
      />
    </section>
  );
}
