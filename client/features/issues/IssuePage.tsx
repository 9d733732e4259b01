// Duty: one structural issue, whole: loads it, keeps it fresh, leads on to where it was merged. What is on it: IssueView.
import { Navigate, useParams } from 'react-router';
import type { IssueAnswer } from '../../../shared/issues.ts';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { GitMerge } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { IssueView } from './IssueView.tsx';
import { useIssue } from './useIssues.ts';

export function IssuePage() {
  const { id = '' } = useParams();
  const say = useSay();
  return (
    <Page>
      <BackLink to={paths.issues.href()}>{say('issues.title')}</BackLink>
      <Asked
        asked={useIssue(id)}
        gone={{ title: say('issues.gone'), text: say('issues.gone.text') }}
        wayOut={<ToList />}
      >
        {(answer) =>
          answer.data.status === 'merged' ? (
            <Merged answer={answer} />
          ) : (
            <IssueView key={id} answer={answer} />
          )
        }
      </Asked>
    </Page>
  );
}

function ToList() {
  const say = useSay();
  return <BackButton to={paths.issues.href()}>{say('issues.toList')}</BackButton>;
}

/** Leads on to where it went; what the viewer does not see there is not named. */
function Merged({ answer: { data } }: { answer: IssueAnswer }) {
  const say = useSay();
  const { mergedInto, reference } = data;
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
      action={<ToList />}
    />
  );
}
