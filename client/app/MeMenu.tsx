// Duty: the menu behind one's own name on a desktop: account, hand-over, appearance, keys, leaving. The phone has PhoneBar's "More".
import { Menu, UnstyledButton } from '@mantine/core';
import { Link } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { ArrowRightLeft, CircleUserRound, Keyboard, LogOut, MonitorX, Scale, Siren } from '../ui/icons.ts';
import { initialsOf } from '../ui/initials.ts';
import classes from './MeMenu.module.css';
import { paths } from './paths.ts';
import { appearances, useAppearance } from './useAppearance.ts';
import { useSignOut } from './useSignOut.tsx';

export function MeMenu({ onKeys }: { onKeys: () => void }) {
  const say = useSay();
  const me = useMe();
  const { appearance, setAppearance } = useAppearance();
  const { leave, question } = useSignOut();
  const role = say(`role.${me.role}`);
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <UnstyledButton className={classes.target} aria-label={say('shell.me', { name: me.name, role })}>
            <span className={classes.initials} aria-hidden>
              {initialsOf(me.name)}
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={paths.account.href()}
            leftSection={<CircleUserRound size={20} aria-hidden />}
          >
            <span className={classes.who}>
              <strong>{me.name}</strong>
              <span>{role}</span>
              <span>{say('nav.account')}</span>
            </span>
          </Menu.Item>
          {me.abilities.handOver && (
            <Menu.Item
              component={Link}
              to={paths.handOver.href()}
              leftSection={<ArrowRightLeft size={20} aria-hidden />}
            >
              {say('nav.handOver')}
            </Menu.Item>
          )}
          {me.abilities.reviewOverrides && (
            <Menu.Item
              component={Link}
              to={paths.overrides.href()}
              leftSection={<Siren size={20} aria-hidden />}
            >
              {say('nav.overrides')}
            </Menu.Item>
          )}
          {me.abilities.answerEquity && (
            <Menu.Item
              component={Link}
              to={paths.equity.href()}
              leftSection={<Scale size={20} aria-hidden />}
            >
              {say('nav.equity')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Keyboard size={20} aria-hidden />} onClick={onKeys}>
            {say('keys.title')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.RadioGroup
            aria-label={say('shell.appearance')}
            value={appearance}
            onChange={(value) => setAppearance(value as typeof appearance)}
          >
            {appearances.map(({ value, word, icon: Icon }) => (
              <Menu.RadioItem key={value} value={value} rightSection={<Icon size={20} aria-hidden />}>
                {say(word)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<LogOut size={20} aria-hidden />} onClick={() => leave('here')}>
            {say('shell.signOut')}
          </Menu.Item>
          <Menu.Item leftSection={<MonitorX size={20} aria-hidden />} onClick={() => leave('everywhere')}>
            {say('shell.signOutEverywhere')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {question}
    </>
  );
}
