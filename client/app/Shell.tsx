// Duty: the frame round every page of a signed-in person: rail or bottom bar, top bar, status line, keys. No page's content.
import { Button } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { useShortcuts } from '../lib/shortcuts.ts';
import { openWords } from '../lib/words.ts';
import { Plus } from '../ui/icons.ts';
import { LanguageMenu } from './LanguageMenu.tsx';
import { MeMenu } from './MeMenu.tsx';
import { placesFor } from './navigation.ts';
import { PhoneBar } from './PhoneBar.tsx';
import { paths } from './paths.ts';
import { SearchField } from './SearchField.tsx';
import { StatusLine } from './StatusLine.tsx';
import classes from './shell.module.css';

const Bell = lazy(async () => {
  const [{ Bell: Shown }] = await Promise.all([
    import('../features/notifications/Bell.tsx'),
    openWords('notifications'),
  ]);
  return { default: Shown };
});
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog.tsx')).KeysDialog }));

export function Shell() {
  const say = useSay();
  const me = useMe();
  const navigate = useNavigate();
  const isLogging = useLocation().pathname === paths.logCase.href();
  const search = useRef<HTMLInputElement>(null);
  const [keysShown, setKeysShown] = useState(false);
  const { logCase, listCases, viewMap } = me.abilities;
  useShortcuts({
    '?': () => setKeysShown(true),
    'g h': () => void navigate(paths.home.href()),
    ...(listCases && { '/': () => search.current?.focus(), 'g c': () => void navigate(paths.cases.href()) }),
    ...(logCase && { c: () => void navigate(paths.logCase.href()) }),
    ...(viewMap && { 'g m': () => void navigate(paths.map.href()) }),
  });
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {say('shell.skip')}
      </a>
      <StatusLine />
      <header className={`${classes.top} no-print`}>
        <Link to={paths.home.href()} className={classes.brand} aria-label={say('app.name')}>
          <img src="/icon.svg" width={32} height={32} alt="" />
          <span className={classes.brandName}>{say('app.name')}</span>
        </Link>
        {listCases ? <SearchField ref={search} /> : <span className={classes.fill} />}
        <div className={classes.topRight}>
          {logCase && !isLogging && (
            <Button
              className={classes.logCase}
              component={Link}
              to={paths.logCase.href()}
              variant="light"
              leftSection={<Plus size={18} aria-hidden />}
            >
              {say('nav.logCase')}
            </Button>
          )}
          <LanguageMenu />
          <div className={classes.bell}>
            <Suspense>
              <Bell />
            </Suspense>
          </div>
          <MeMenu onKeys={() => setKeysShown(true)} />
        </div>
      </header>
      <nav className={`${classes.rail} no-print`} aria-label={say('nav.main')}>
        {placesFor(me).map(({ word, icon: Icon, to }) => (
          <NavLink key={to} to={to} end={to === '/'} className={classes.railLink}>
            <Icon size={24} aria-hidden />
            <span>{say(word)}</span>
          </NavLink>
        ))}
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>
        <Outlet />
      </main>
      <PhoneBar />
      <Suspense>{keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}</Suspense>
    </div>
  );
}
