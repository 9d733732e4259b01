// Duty: one referral, whole, for both sides: keeps it fresh, empties it at once when it is taken back, offers the moves.
import { useState } from 'react';
import { useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { HeartHandshake } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { ReferralView } from './ReferralView.tsx';
import { useLiveReferrals, useReferral } from './useReferrals.ts';

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
      <BackLink to={paths.referrals.href()}>{say('referrals.title')}</BackLink>
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
        <One id={id} />
      )}
    </Page>
  );
}

function ToList() {
  const say = useSay();
  return <BackButton to={paths.referrals.href()}>{say('referrals.toList')}</BackButton>;
}

function One({ id }: { id: string }) {
  const say = useSay();
  return (
    <Asked
      asked={useReferral(id)}
      gone={{ title: say('referrals.gone.title'), text: say('referrals.gone.text') }}
      wayOut={<ToList />}
    >
      {(answer) => <ReferralView answer={answer} />}
    </Asked>
  );
}
