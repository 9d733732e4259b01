// Duty: what the phone's "More" opens: the places without room in the bar, language, appearance, leaving.
import { Drawer, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from 'react-router';
import { type Language, languages } from '../../shared/directoryLists.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { ArrowRightLeft, CircleUserRound, LogOut, MonitorX, Scale, Siren } from '../ui/icons.ts';
import type { Place } from './navigation.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';
import { appearances, useAppearance } from './useAppearance.ts';
import { useLanguageChoice } from './useLanguageChoice.ts';
import { useSignOut } from './useSignOut.tsx';

export function MoreDrawer({ places, onClose: close }: { places: Place[]; onClose: () => void }) {
  const { say, language } = useSpeech();
  const me = useMe();
  const choose = useLanguageChoice();
  const { appearance, setAppearance } = useAppearance();
  const { leave, question } = useSignOut(close);
  return (
    <Drawer
      closeOnClickOutside
      opened
      onClose={close}
      position="bottom"
      size="auto"
      title={`${me.name}, ${say(`role.${me.role}`)}`}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <Stack gap={2}>
        {places.map(({ word, icon: Icon, to }) => (
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
        {me.abilities.reviewOverrides && (
          <Link to={paths.overrides.href()} className={classes.moreLink} onClick={close}>
            <Siren size={22} aria-hidden />
            {say('nav.overrides')}
          </Link>
        )}
        {me.abilities.answerEquity && (
          <Link to={paths.equity.href()} className={classes.moreLink} onClick={close}>
            <Scale size={22} aria-hidden />
            {say('nav.equity')}
          </Link>
        )}
        <UnstyledButton className={classes.moreLink} onClick={() => leave('here')}>
          <LogOut size={22} aria-hidden />
          {say('shell.signOut')}
        </UnstyledButton>
        <UnstyledButton className={classes.moreLink} onClick={() => leave('everywhere')}>
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
      {question}
    </Drawer>
  );
}
