// Duty: one commitment: keeps it fresh, says kindly when it is not there. What it shows is CommitmentView's.
import { Button } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ArrowLeft, DoorClosed } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CommitmentView } from './CommitmentView.tsx';
import classes from './commitments.module.css';
import { isGone, useCommitment, useLiveCommitments } from './useCommitments.ts';

export function CommitmentPage() {
  const { id = '' } = useParams();
  const say = useSay();
  return (
    <Page>
      <div className="no-print">
        <Link to={paths.commitments.href()} className={classes.backLink}>
          <ArrowLeft size={18} aria-hidden /> {say('commitments.title')}
        </Link>
      </div>
      <Asked key={id} id={id} />
    </Page>
  );
}

function Asked({ id }: { id: string }) {
  const say = useSay();
  const asked = useCommitment(id);
  useLiveCommitments();
  const toList = (
    <Button component={Link} to={paths.commitments.href()} variant="default">
      {say('commitments.toList')}
    </Button>
  );
  if (asked.error && isGone(asked.error))
    return (
      <EmptyState
        whole
        icon={DoorClosed}
        title={say('commitments.gone.title')}
        text={say('commitments.gone.text')}
        action={toList}
      />
    );
  if (asked.data) return <CommitmentView answer={asked.data} />;
  return asked.error ? (
    <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} action={toList} />
  ) : (
    <LoadingState />
  );
}
