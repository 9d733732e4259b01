// Duty: the small things a line of text names: a case, a moment, a person, example data. Each one way everywhere.
import { Anchor, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { Role } from '../../shared/directory.ts';
import { paths } from '../app/paths.ts';
import { useSay, useSpeech } from '../lib/i18n.tsx';
import { FlaskConical } from './icons.ts';
import classes from './marks.module.css';

/** A case as reference and title, always a link. */
export function CaseLink({ id, reference, title }: { id: string; reference: string; title?: string }) {
  return (
    <Anchor component={Link} to={paths.case.href(id)} inherit>
      <span className={classes.reference}>{reference}</span>
      {title && ` ${title}`}
    </Anchor>
  );
}

/** "3 days ago", the exact moment on hover, focus or tap. A calendar day (`2026-11-21`) has no time. */
export function RelativeTime({ when }: { when: string }) {
  const { relative, date, dateTime } = useSpeech();
  const [, tick] = useState(0);
  // Paper does not grow older with its reader.
  const exact = when.length === 10 ? date(when) : dateTime(when);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Tooltip label={exact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard too */}
      <time dateTime={when} className={classes.time} tabIndex={0}>
        <span className="no-print">{relative(when)}</span>
        <span className="print-only">{exact}</span>
      </time>
    </Tooltip>
  );
}

/** A colleague as a name and a role, never an e-mail address. */
export function PersonName({ person }: { person: { name: string; role?: Role } | null }) {
  const say = useSay();
  if (!person) return <span className={classes.role}>{say('common.nobody')}</span>;
  return (
    <span className={classes.person}>
      <span>{person.name}</span>
      {person.role && <span className={classes.role}>{say(`role.${person.role}`)}</span>}
    </span>
  );
}

/** Stands on every screen that shows invented records. */
export function ExampleBadge() {
  const say = useSay();
  return (
    <span className={classes.example}>
      <FlaskConical size={15} aria-hidden />
      {say('app.example')}
    </span>
  );
}
