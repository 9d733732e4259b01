// Duty: one commitment: keeps it fresh, says kindly when it is not there. What it shows is CommitmentView's.
import { useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { Page } from '../../ui/Page.tsx';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { CommitmentView } from './CommitmentView.tsx';
import { useCommitment, useLiveCommitments } from './useCommitments.ts';

export function CommitmentPage() {
  const { id = '' } = useParams();
  const say = useSay();
  useLiveCommitments();
  return (
    <Page>
      <BackLink to={paths.commitments.href()}>{say('commitments.title')}</BackLink>
      <Asked
        asked={useCommitment(id)}
        gone={{ title: say('commitments.gone.title'), text: say('commitments.gone.text') }}
        wayOut={<BackButton to={paths.commitments.href()}>{say('commitments.toList')}</BackButton>}
      >
        {(answer) => <CommitmentView key={id} answer={answer} />}
      </Asked>
    </Page>
  );
}
