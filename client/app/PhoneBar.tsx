// Duty: the phone's bottom bar and what its "More" opens. The desktop has the rail and the top bar.
import { Drawer, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { ArrowRightLeft, CircleUserRound, Ellipsis, LogOut, MonitorX, Plus } from 'lucide-react';
import { Fragment, useState } from 'react';
import { Link, NavLink } from 'react-router';
import { type Language, languages } from '../../shared/directory.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { placesFor } from './navigation.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';
import { appearances, useAppearance } from './useAppearance.ts';
import { useLanguageChoice } from './useLanguageChoice.ts';
import { useSignOut } from './useSignOut.ts';

/** Home, Cases, Log, Map, More: five at most fit under a thumb. */
const roomBesideMore = 4;

export function PhoneBar() {
  const { say, language } = useSpeech();
  const me = useMe();
  const choose = useLanguageChoice();
  const { appearance, setAppearance } = useAppearance();
  const signOut = useSignOut();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const places = placesFor(me);
  const inBar = places.slice(0, me.abilities.logCase ? roomBesideMore - 1 : roomBesideMore);
  const inMore = places.slice(inBar.length);
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
      <Drawer
        opened={open}
        onClose={close}
        position="bottom"
        size="auto"
        title={`${me.name}, ${say(`role.${me.role}`)}`}
        closeButtonProps={{ 'aria-label': say('common.close') }}
      >
        <Stack gap={2}>
          {inMore.map(({ word, icon: Icon, to }) => (
            <Link key={to} to={to} className={classes.moreLink} onClick={close}>
              <Icon size={22} aria-hidden />
              {say(word)}
            </Link>
          ))}
          <Link to={paths.account.href()} className={classes.moreLink} onClick={close}>
            <CircleUserRound size={22} aria-hidden />
            {say('nav.account')}
          </Link>
          {me.abilities.handOver && (
            <Link to={paths.handOver.href()} className={classes.moreLink} onClick={close}>
              <ArrowRightLeft size={22} aria-hidden />
              {say('nav.handOver')}
            </Link>
          )}
          <UnstyledButton className={classes.moreLink} onClick={() => signOut.mutate('here')}>
            <LogOut size={22} aria-hidden />
            {say('shell.signOut')}
          </UnstyledButton>
          <UnstyledButton className={classes.moreLink} onClick={() => signOut.mutate('everywhere')}>
            <MonitorX size={22} aria-hidden />
            {say('shell.signOutEverywhere')}
          </UnstyledButton>
          <Text mt="sm" fw={600} id="more-language">
            {say('language.choose')}
          </Text>
          <SegmentedControl
            fullWidth
            orientation="vertical"
            aria-labelledby="more-language"
            value={language}
            onChange={(value) => void choose(value as Language)}
            data={languages.map((one) => ({ value: one, label: say(`language.${one}`) }))}
          />
          <Text mt="sm" fw={600} id="more-appearance">
            {say('shell.appearance')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="more-appearance"
            value={appearance}
            onChange={(value) => setAppearance(value as typeof appearance)}
            data={appearances.map(({ value, word }) => ({ value, label: say(word) }))}
          />
        </Stack>
      </Drawer>
    </nav>
  );
}
