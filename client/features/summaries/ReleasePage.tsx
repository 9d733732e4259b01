// Duty: one release before it goes out and after: its standing, what may be done with it, the review, the story, the preview.
import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ReleaseAnswer } from '../../../shared/releases.ts';
import { type ReleaseMoveName, releaseMoveNames } from '../../../shared/summaryLists.ts';
import { periodName } from '../../../shared/summaryWords.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CorrectDialog } from './CorrectDialog.tsx';
import { Standing } from './ReleasesPart.tsx';
import { ReleaseView } from './ReleaseView.tsx';
import { ReviewTable } from './ReviewTable.tsx';
import { StoryEditor } from './StoryEditor.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useLiveFigures, useMoveRelease, useRelease } from './useFigures.ts';

export function ReleasePage() {
  const { id = '' } = useParams();
  const release = useRelease(id);
  useLiveFigures();
  return (
    <Page>
      {release.data ? (
        <Release answer={release.data} />
      ) : release.error ? (
        <ErrorState whole error={release.error} onRetry={() => void release.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Page>
  );
}

function Release({ answer }: { answer: ReleaseAnswer }) {
  const say = useSay();
  const speech = useFigureSpeech();
  const { data: release, abilities } = answer;
  const { told, whole } = release;
  return (
    <>
      <PageHead
        title={periodName(release.period, speech)}
        tabTitle={say('figures.title')}
        lead={
          <>
            <Standing release={release} /> · {say('summaries.version', { version: release.number })} ·{' '}
            <Anchor component={Link} inherit underline="always" to={`${paths.figures.href()}?part=releases`}>
              {say('figures.tab.releases')}
            </Anchor>
            {release.status === 'published' && (
              <>
                {' · '}
                <Anchor
                  component={Link}
                  inherit
                  underline="always"
                  to={`${paths.progress.href()}?release=${release.id}`}
                >
                  {say('nav.progress')}
                </Anchor>
              </>
            )}
          </>
        }
      />
      <Moves answer={answer} />
      {release.status === 'freezing' && <Counting {...release.progress} />}
      {release.telling.length > 0 && (
        <section className={classes.tells} aria-labelledby="tells">
          <h2 id="tells">{say('figures.tells')}</h2>
          <p>{say('figures.tells.text')}</p>
          <ul>
            {release.telling.map(({ audience, figure }) => (
              <li key={`${audience} ${figure}`}>
                {say(`figures.review.${audience}`)}: <code>{figure}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {whole && told && (
        <>
          <ReviewTable whole={whole} told={told} />
          {abilities.narrate ? <StoryEditor answer={answer} /> : null}
          <details className={classes.preview} open={release.status === 'reviewed'}>
            <summary>{say('figures.preview')}</summary>
            <ReleaseView release={told.funder} />
          </details>
        </>
      )}
    </>
  );
}

function Counting({ done, total }: { done: number; total: number }) {
  const say = useSay();
  return (
    <div className={classes.counting} role="status">
      <progress max={Math.max(1, total)} value={done} aria-label={say('figures.status.freezing')} />
      <span>{say('figures.status.counting', { done, total })}</span>
    </div>
  );
}

const grave: readonly ReleaseMoveName[] = ['publish', 'discard'];

function Moves({ answer }: { answer: ReleaseAnswer }) {
  const say = useSay();
  const words = useErrorWords();
  const { data: release, abilities } = answer;
  const move = useMoveRelease(release.id);
  const [sure, setSure] = useState<ReleaseMoveName | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const make = (name: ReleaseMoveName) => {
    setSure(null);
    move.mutate({ move: name, version: release.version });
  };
  const open = releaseMoveNames.filter((name) => abilities[name]);
  return (
    <>
      <FormError words={move.error ? words(move.error) : null} />
      <div className={classes.moves}>
        {open.map((name) => (
          <Button
            key={name}
            variant={name === 'publish' || name === 'review' ? 'filled' : 'default'}
            loading={move.isPending && move.variables?.move === name}
            onClick={() => (grave.includes(name) ? setSure(name) : make(name))}
          >
            {say(`figures.move.${name}`)}
          </Button>
        ))}
        {abilities.correct && (
          <Button variant="default" onClick={() => setCorrecting(true)}>
            {say('figures.correct')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={sure !== null}
        title={sure ? say(`figures.move.${sure}`) : ''}
        confirm={sure ? say(`figures.move.${sure}`) : ''}
        grave={sure === 'publish'}
        onConfirm={() => sure && make(sure)}
        onClose={() => setSure(null)}
      >
        {sure === 'publish' ? say('figures.move.publish.sure') : say('figures.move.discard.sure')}
      </ConfirmDialog>
      {correcting && <CorrectDialog release={release} onClose={() => setCorrecting(false)} />}
    </>
  );
}
