// Duty: one referral, whole, for both sides: keeps it fresh, empties it at once when it is taken back, offers the moves.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ArrowLeft, DoorClosed, HeartHandshake } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ReferralView } from './ReferralView.tsx';
import classes from './referrals.module.css';
import { isGone, useLiveReferrals, useReferral } from './useReferrals.ts';

export function ReferralPage() {
  const { id = '' } = useParams();
  return <Kept key={id} id={id} />;
}

/** Decides whether there is anything to show: nothing that was read stays mounted, or in a cache, once it is withdrawn. */
function Kept({ id }: { id: string }) {
  const say = useSay();
  const [withdrawn, setWithdrawn] = useState(false);
  useLiveReferrals((change) => {
    if (change.id === id) setWithdrawn(true);
  });
  return (
    <Page>
      <div className="no-print">
        <Link to={paths.referrals.href()} className={classes.backLink}>
          <ArrowLeft size={18} aria-hidden /> {say('referrals.title')}
        </Link>
      </div>
      {withdrawn ? (
        <div role="status">
          <EmptyState
            whole
            icon={HeartHandshake}
            title={say('referrals.withdrawn.title')}
            text={say('referrals.withdrawn.text')}
            action={<ToList />}
          />
        </div>
      ) : (
        <Asked id={id} />
      )}
    </Page>
  );
}

function ToList() {
  const say = useSay();
  return (
    <Button component={Link} to={paths.referrals.href()} variant="default">
      {say('referrals.toList')}
    </Button>
  );
}

function Asked({ id }: { id: string }) {
  const say = useSay();
  const asked = useReferral(id);
  if (asked.error && isGone(asked.error))
    return (
      <EmptyState
        whole
        icon={DoorClosed}
        title={say('referrals.gone.title')}
        text={say('referrals.gone.text')}
        action={<ToList />}
      />
    );
  if (asked.data) return <ReferralView answer={asked.data} />;
  return asked.error ? (
    <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} action={<ToList />} />
  ) : (
    <LoadingState />
  );
}
