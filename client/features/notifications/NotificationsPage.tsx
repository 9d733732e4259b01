// Duty: one's own notices, newest first: a reference and a verb, always a link. Reading one marks it read.
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { NotificationRow } from '../../../shared/notifications.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { BellOff, CheckCheck, Settings2 } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './notifications.module.css';
import { useNotifications, useRead, useReadAll } from './useNotifications.ts';

const hrefOf = ({ event, caseId, referralId, subject }: NotificationRow): string => {
  // What is out is read where everybody reads it.
  if (event === 'release.published') return paths.progress.href();
  if (subject) return paths[subject.kind].href(subject.id);
  if (referralId) return paths.referral.href(referralId);
  return caseId ? paths.case.href(caseId) : paths.home.href();
};

export function NotificationsPage() {
  const { say } = useSpeech();
  const words = useErrorWords();
  const asked = useNotifications();
  const read = useRead();
  const readAll = useReadAll();
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  const unread = asked.data?.pages[0]?.unread ?? 0;
  return (
    <Page narrow>
      <PageHead
        title={say('notifications.title')}
        tabTitle={say('notifications.title')}
        lead={unread > 0 ? say('notifications.unread', { count: unread }) : undefined}
        secondary={
          <>
            <Button
              component={Link}
              to={`${paths.account.href()}#notifications`}
              variant="default"
              leftSection={<Settings2 size={18} aria-hidden />}
            >
              {say('notifications.choose')}
            </Button>
            {unread > 0 && (
              <Button
                variant="light"
                loading={readAll.isPending}
                leftSection={<CheckCheck size={18} aria-hidden />}
                onClick={() => readAll.mutate(undefined)}
              >
                {say('notifications.readAll')}
              </Button>
            )}
          </>
        }
      />
      <FormError words={readAll.error ? words(readAll.error) : null} />
      {asked.data ? (
        rows.length === 0 ? (
          <EmptyState
            icon={BellOff}
            title={say('notifications.empty')}
            text={say('notifications.emptyText')}
          />
        ) : (
          <ul className={classes.rows}>
            {rows.map((row) => (
              <li key={row.id} className={classes.row} data-unread={row.readAt === null || undefined}>
                <Link
                  to={hrefOf(row)}
                  className={classes.link}
                  onClick={() => row.readAt === null && read.mutate([row.id])}
                >
                  <b className={classes.reference}>{row.reference}</b>{' '}
                  {say(`notifications.event.${row.event}`)}
                  {row.readAt === null && (
                    <span className={classes.hidden}> ({say('notifications.new')})</span>
                  )}
                </Link>
                <span className={classes.when}>
                  <RelativeTime when={row.at} />
                </span>
              </li>
            ))}
          </ul>
        )
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
      <MoreButton list={asked} mt="sm" />
    </Page>
  );
}
