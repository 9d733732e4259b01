// Duty: the menu behind one's own name on a desktop: account, hand-over, appearance, keys, leaving. The phone has PhoneBar's "More".
import { Avatar, Menu, UnstyledButton } from '@mantine/core';
import { ArrowRightLeft, Check, CircleUserRound, Keyboard, LogOut, MonitorX } from 'lucide-react';
import { Link } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { initialsOf } from '../ui/initials.ts';
import classes from './MeMenu.module.css';
import { paths } from './paths.ts';
import { appearances, useAppearance } from './useAppearance.ts';
import { useSignOut } from './useSignOut.ts';

export function MeMenu({ onKeys }: { onKeys: () => void }) {
  const say = useSay();
  const me = useMe();
  const { appearance, setAppearance } = useAppearance();
  const signOut = useSignOut();
  const role = say(`role.${me.role}`);
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={say('shell.me', { name: me.name, role })}>
          <Avatar radius="xl" color="accent" aria-hidden>
            {initialsOf(me.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{me.name}</strong>
          <span>{role}</span>
        </div>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to={paths.account.href()}
          leftSection={<CircleUserRound size={20} aria-hidden />}
        >
          {say('nav.account')}
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
        <Menu.Item leftSection={<Keyboard size={20} aria-hidden />} onClick={onKeys}>
          {say('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('shell.appearance')}</Menu.Label>
        {appearances.map(({ value, word, icon: Icon }) => (
          <Menu.Item
            key={value}
            aria-current={value === appearance || undefined}
            leftSection={<Icon size={20} aria-hidden />}
            rightSection={value === appearance && <Check size={18} aria-hidden />}
            onClick={() => setAppearance(value)}
          >
            {say(word)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={20} aria-hidden />} onClick={() => signOut.mutate('here')}>
          {say('shell.signOut')}
        </Menu.Item>
        <Menu.Item
          leftSection={<MonitorX size={20} aria-hidden />}
          onClick={() => signOut.mutate('everywhere')}
        >
          {say('shell.signOutEverywhere')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
