// Duty: commitments as rows: name and place, two bars, the day with its slips, how it stands. Which rows is the caller's.
import type { CommitmentRow } from '../../../shared/commitments.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './commitments.module.css';
import { CommitmentLink, DueWord, StandingWords, Voices } from './words.tsx';

export function CommitmentTable({ rows, caption }: { rows: CommitmentRow[]; caption: string }) {
  const { say, language } = useSpeech();
  const placeName = usePlaceName();
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'promise',
          head: say('commitments.column.promise'),
          cell: (row) => (
            <div className={classes.name}>
              <CommitmentLink row={row} />
              <span className={classes.under}>
                <span className={classes.reference}>{row.reference}</span>
                {row.themes.map((theme) => (
                  <ThemeMark key={theme} theme={theme} iconOnly />
                ))}
                <span>
                  {row.institution ? nameOf(row.institution.names, language) : say('commitments.many')}
                  {row.municipality && `, ${placeName(row.municipality)}`}
                </span>
                {row.example && <ExampleBadge />}
              </span>
            </div>
          ),
        },
        { key: 'voices', head: say('commitments.column.voices'), cell: (row) => <Voices row={row} /> },
        { key: 'due', head: say('commitments.column.due'), cell: (row) => <DueWord row={row} /> },
        { key: 'stands', head: say('commitments.column.stands'), cell: (row) => <StandingWords row={row} /> },
      ]}
    />
  );
}
