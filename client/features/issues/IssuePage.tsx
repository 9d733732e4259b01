// Duty: one structural issue, whole: loads it, keeps it fresh, leads on to where it was merged. What is on it: IssueView.
import { Button } from '@mantine/core';
import { Link, Navigate, useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ArrowLeft, DoorClosed, GitMerge } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { IssueView } from './IssueView.tsx';
import classes from './issues.module.css';
import { isGone, useIssue } from './useIssues.ts';

export function IssuePage() {
  const { id = '' } = useParams();
  const say = useSay();
  return (
    <Page>
      <div className="no-print">
        <Link to={paths.issues.href()} className={classes.backLink}>
          <ArrowLeft size={18} aria-hidden /> {say('issues.title')}
        </Link>
      </div>
      <Asked key={id} id={id} />
    </Page>
  );
}

function Asked({ id }: { id: string }) {
  const say = useSay();
  const asked = useIssue(id);
  const toList = (
    <Button component={Link} to={paths.issues.href()} variant="default">
      {say('issues.toList')}
    </Button>
  );
  // What may no longer be seen leaves the screen, even though a copy is still held here.
  if (asked.error && isGone(asked.error))
    return (
      <EmptyState
        whole
        icon={DoorClosed}
        title={say('issues.gone')}
        text={say('issues.gone.text')}
        action={toList}
      />
    );
  if (!asked.data)
    return asked.error ? (
      <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} action={toList} />
    ) : (
      <LoadingState />
    );
  const { status, mergedInto, reference } = asked.data.data;
  if (status !== 'merged') return <IssueView answer={asked.data} />;
  if (mergedInto)
    return (
      <Navigate replace to={paths.issue.href(mergedInto.id)} state={{ said: 'merge.done', reference }} />
    );
  return (
    <EmptyState
      whole
      icon={GitMerge}
      title={say('issues.merged.gone')}
      text={say('issues.merged.goneText')}
      action={toList}
    />
  );
}
