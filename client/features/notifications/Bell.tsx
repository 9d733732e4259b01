// Duty: the bell in the top bar: how many notices are unread, and the way to them.
import { ActionIcon } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Bell as BellIcon } from '../../ui/icons.ts';
import classes from './notifications.module.css';
import { useUnread } from './useNotifications.ts';

/** More than this is "many". */
const most = 99;

export function Bell() {
  const { say, number } = useSpeech();
  const { data: unread = 0 } = useUnread();
  return (
    <ActionIcon
      component={Link}
      to={paths.notifications.href()}
      className={classes.bell}
      aria-label={say('notifications.bell', { count: unread })}
    >
      <BellIcon size={22} aria-hidden />
      {unread > 0 && (
        <span className={classes.unread} aria-hidden>
          {unread > most ? `${number(most)}+` : number(unread)}
        </span>
      )}
    </ActionIcon>
  );
}
