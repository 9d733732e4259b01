// Duty: a case as one row of the list: enough to decide whether to open it. What a row does when chosen is the list's.

import { Link } from 'react-router';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { noTitle } from '../../../shared/retentionLists.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { stepTitle } from '../../lib/stepTitle.ts';
import { ClockAlert, Users } from '../../ui/icons.ts';
import { initialsOf } from '../../ui/initials.ts';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './list.module.css';

interface Props {
  row: CaseRow;
  /** The list's own search, kept in the link so that going back finds the same list. */
  search: string;
  current: boolean;
  /** Null: rows cannot be selected. */
  selected: boolean | null;
  onSelect: (id: string, range: boolean) => void;
}

export function CaseLine({ row, search, current, selected, onSelect }: Props) {
  const { say, speaker, relative, date } = useSpeech();
  const placeName = usePlaceName();
  const glow = useGlow(row.version);
  const urgent = row.urgency === 'critical' || row.urgency === 'high';
  return (
    <li className={`${classes.row} ${glow ?? ''}`} data-current={current || undefined}>
      {selected !== null && (
        <input
          type="checkbox"
          className={classes.check}
          checked={selected}
          onChange={() => {}}
          onClick={(event) => onSelect(row.id, event.shiftKey)}
          aria-label={say('case.list.select', { reference: row.reference })}
        />
      )}
      <ThemeMark theme={row.theme} iconOnly />
      <div className={classes.what}>
        <span className={classes.top}>
          <span className={classes.reference}>{row.reference}</span>
          {urgent && <UrgencyWord urgency={row.urgency} />}
        </span>
        <Link
          to={{ pathname: paths.case.href(row.id), search }}
          className={classes.title}
          data-case={row.id}
          aria-current={current ? 'true' : undefined}
        >
          {row.title === noTitle ? say('case.anonymised') : row.title}
        </Link>
        <span className={classes.faint}>
          {placeName(row.municipality, row.settlement)}
          <span className={classes.people} title={say('case.people.count', { count: row.peopleCount })}>
            <Users size={15} aria-hidden /> {row.peopleCount}
          </span>
          {row.example && <ExampleBadge />}
        </span>
      </div>
      <div className={classes.state}>
        <StatusWord status={row.status} />
        {row.nextStep ? (
          <span className={classes.step} data-late={row.late || undefined}>
            {row.late && (
              <span className={classes.late}>
                <ClockAlert size={16} aria-hidden /> {say('case.late')}
              </span>
            )}
            <span className={classes.stepTitle}>{stepTitle(speaker, row.nextStep)}</span>
            <time dateTime={row.nextStep.due} title={date(row.nextStep.due)}>
              {relative(row.nextStep.due)}
            </time>
          </span>
        ) : (
          row.status !== 'closed' &&
          row.status !== 'resolved' && (
            <span className={classes.faint}>
              {say(row.status === 'new' ? 'case.nextStep.triage' : 'case.nextStep.none')}
            </span>
          )
        )}
      </div>
      <span
        className={classes.lead}
        title={row.lead ? row.lead.name : say('case.lead.none')}
        data-none={row.lead === null || undefined}
      >
        <span aria-hidden>{row.lead ? initialsOf(row.lead.name) : '–'}</span>
        <span className={classes.hidden}>
          {row.lead ? `${say('case.lead')}: ${row.lead.name}` : say('case.lead.none')}
        </span>
      </span>
    </li>
  );
}
