// Duty: the phone's bottom bar; what its "More" opens is MoreDrawer's. The desktop has the rail and the top bar.
import { UnstyledButton } from '@mantine/core';
import { Fragment, lazy, Suspense, useState } from 'react';
import { NavLink } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { Ellipsis, Plus } from '../ui/icons.ts';
import { placesFor } from './navigation.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';

const MoreDrawer = lazy(async () => ({ default: (await import('./MoreDrawer.tsx')).MoreDrawer }));

/** Home, Cases, Log, Map, More: five at most fit under a thumb. */
const roomBesideMore = 4;

export function PhoneBar() {
  const say = useSay();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const places = placesFor(me);
  const inBar = places.slice(0, me.abilities.logCase ? roomBesideMore - 1 : roomBesideMore);
  return (
    <nav className={`${classes.bar} no-print`} aria-label={say('nav.main')}>
      {inBar.map(({ word, icon: Icon, to }, index) => (
        <Fragment key={to}>
          {me.abilities.logCase && index === 2 && (
            <NavLink to={paths.logCase.href()} className={classes.barLink} data-log>
              <Plus size={26} aria-hidden />
              <span>{say('nav.log')}</span>
            </NavLink>
          )}
          <NavLink to={to} end className={classes.barLink}>
            <Icon size={24} aria-hidden />
            <span>{say(word)}</span>
          </NavLink>
        </Fragment>
      ))}
      <UnstyledButton
        className={classes.barLink}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-expanded={open}
      >
        <Ellipsis size={24} aria-hidden />
        <span>{say('nav.more')}</span>
      </UnstyledButton>
      <Suspense>
        {open && <MoreDrawer places={places.slice(inBar.length)} onClose={() => setOpen(false)} />}
      </Suspense>
    </nav>
  );
}
