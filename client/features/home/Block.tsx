// Duty: one of the short lists of My week: a heading with how many, the first rows, the rest on demand, the way to the whole list.
import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './home.module.css';

/** Rows shown before the rest is asked for. */
const short = 7;

export function Block(props: {
  title: string;
  /** All there are; the rows may be fewer. */
  count: number;
  about?: string;
  empty: string;
  /** The list that holds those beyond the rows. */
  all?: string;
  rows: ReactNode[];
  wide?: boolean;
}) {
  const { say, number } = useSpeech();
  const id = useId();
  const [whole, setWhole] = useState(false);
  const { rows, count } = props;
  return (
    <section className={classes.block} data-wide={props.wide || undefined} aria-labelledby={id}>
      <div className={classes.blockHead}>
        <h2 id={id}>
          {props.title} {count > 0 && <span className={classes.count}>{number(count)}</span>}
        </h2>
        {props.about && count > 0 && <p>{props.about}</p>}
      </div>
      {rows.length === 0 ? (
        <p className={classes.empty}>{props.empty}</p>
      ) : (
        <ul className={classes.rows}>{whole ? rows : rows.slice(0, short)}</ul>
      )}
      {!whole && rows.length > short && (
        <Button variant="subtle" size="sm" onClick={() => setWhole(true)}>
          {say('common.more')}
        </Button>
      )}
      {props.all && count > rows.length && (
        <Link to={props.all} className={classes.all}>
          {say('home.all', { count })}
        </Link>
      )}
    </section>
  );
}
