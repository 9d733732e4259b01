// Duty: letters as a list of lines, late first as they come: reference, whom, where it stands, days left. Which letters: the caller's.
import { Link } from 'react-router';
import type { LetterRow } from '../../../shared/letters.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './institutions.module.css';
import { type LetterFilter, useLetters } from './useLetters.ts';
import { ClockWord, LetterStatusWord, useInstitutionName } from './words.tsx';

export function LetterItems({ filter, empty }: { filter: LetterFilter; empty: string }) {
  const asked = useLetters(filter);
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  if (!asked.data)
    return asked.error ? (
      <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
    ) : (
      <LoadingState />
    );
  return (
    <>
      {rows.length === 0 ? (
        <p className={classes.faint}>{empty}</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <Item key={row.id} row={row} />
          ))}
        </ul>
      )}
      <MoreButton list={asked} mt="sm" />
    </>
  );
}

function Item({ row }: { row: LetterRow }) {
  const { say } = useSpeech();
  const institutionName = useInstitutionName();
  const glow = useGlow(row.version);
  return (
    <li className={`${classes.row} ${glow ?? ''}`} data-late={row.late || undefined}>
      <p className={classes.rowTitle}>
        <Link to={paths.letter.href(row.id)} className={classes.rowLink}>
          <span className={classes.reference}>{row.reference}</span> {row.subject}
        </Link>
        {row.example && <ExampleBadge />}
      </p>
      <p className={classes.rowFacts}>
        <span>{institutionName(row.institution.names)}</span>
      </p>
      <p className={classes.rowFacts}>
        <LetterStatusWord status={row.status} />
        <ClockWord row={row} />
        {row.rung !== 'first' && <span className={classes.pill}>{say(`letters.rung.${row.rung}`)}</span>}
        {row.dueOn === null && (
          <span className={classes.faint}>
            <RelativeTime when={row.changedAt} />
          </span>
        )}
      </p>
    </li>
  );
}
