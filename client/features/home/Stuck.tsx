// Duty: for those who answer for it: where work is stuck, municipality by municipality, each reason a link to its cases.
import { useId } from 'react';
import { Link } from 'react-router';
import type { StuckCases } from '../../../shared/caseWork.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import classes from './home.module.css';
import { listHref } from './listHref.ts';

export function Stuck({ stuck }: { stuck: StuckCases[] }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const id = useId();
  const reasons = (one: StuckCases) =>
    [
      { count: one.untriaged, word: 'home.stuck.untriaged', query: 'status=new' },
      { count: one.late, word: 'home.stuck.late', query: 'late=true' },
      { count: one.withoutLead, word: 'home.stuck.withoutLead', query: 'lead=none' },
      { count: one.waitingTooLong, word: 'home.stuck.waiting', query: 'status=waiting' },
    ].filter((reason) => reason.count > 0) as {
      count: number;
      word: 'home.stuck.untriaged' | 'home.stuck.late' | 'home.stuck.withoutLead' | 'home.stuck.waiting';
      query: string;
    }[];
  const places = stuck
    .filter((one) => reasons(one).length > 0)
    .sort((a, b) => b.late + b.untriaged - (a.late + a.untriaged));
  return (
    <section className={classes.block} data-wide aria-labelledby={id}>
      <div className={classes.blockHead}>
        <h2 id={id}>{say('home.stuck')}</h2>
      </div>
      {places.length === 0 ? (
        <p className={classes.empty}>{say('home.stuck.empty')}</p>
      ) : (
        <ul className={classes.stuck}>
          {places.map((one) => (
            <li key={one.municipality}>
              <Link to={listHref(`municipality=${one.municipality}`)} className={classes.place}>
                {placeName(one.municipality)}
              </Link>
              <span className={classes.faint}>{say('home.overview.open', { count: one.open })}</span>
              <span className={classes.reasons}>
                {reasons(one).map((reason) => (
                  <Link key={reason.word} to={listHref(`municipality=${one.municipality}&${reason.query}`)}>
                    {say(reason.word, { count: reason.count })}
                  </Link>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
