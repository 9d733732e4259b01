// Duty: a case as a line of My week: reference, title, place, what is next.
import type { ReactNode } from 'react';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { usePlaceName } from '../../lib/places.ts';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { CaseLink, ExampleBadge } from '../../ui/words.tsx';
import classes from './home.module.css';

export function CaseLine(props: {
  row: CaseRow;
  step?: string | undefined;
  status?: boolean;
  urgency?: boolean;
  aside: ReactNode;
}) {
  const { row } = props;
  const placeName = usePlaceName();
  const glow = useGlow(row.version);
  return (
    <li className={`${classes.row} ${glow ?? ''}`}>
      <ThemeMark theme={row.theme} iconOnly />
      <span className={classes.words}>
        <CaseLink id={row.id} reference={row.reference} title={row.title} />
        {props.step && <span>{props.step}</span>}
        <span className={classes.faint}>
          {placeName(row.municipality, row.settlement)}
          {props.urgency && row.urgency !== 'normal' && <UrgencyWord urgency={row.urgency} />}
          {props.status && <StatusWord status={row.status} />}
          {row.example && <ExampleBadge />}
        </span>
      </span>
      <span className={classes.aside}>{props.aside}</span>
    </li>
  );
}
