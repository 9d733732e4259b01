// Duty: progress as funders and coordinators read it: choose a release that is out, hear of a new one, take it along. What a release says: ReleaseView.
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ReleaseRow } from '../../../shared/summaries.ts';
import { type FigureSpeech, periodName } from '../../../shared/summaryWords.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { ChartNoAxesColumn, Link2, Printer } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { Downloads } from './Downloads.tsx';
import { ReleaseView } from './ReleaseView.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useNews, useProgress, useRelease } from './useProgress.ts';

export function ProgressPage() {
  const say = useSay();
  const me = useMe();
  const speech = useFigureSpeech();
  const [sharing, setSharing] = useState(false);
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('release');
  const progress = useProgress();
  const newest = progress.data?.newest ?? null;
  const other = useRelease(chosen && chosen !== newest?.id ? chosen : null);
  const choose = (id: string) => setSearch(id === newest?.id ? {} : { release: id });
  if (!progress.data)
    return (
      <Page>
        <PageHead title={say('summaries.title')} tabTitle={say('summaries.title')} />
        {progress.error ? (
          <ErrorState error={progress.error} onRetry={() => void progress.refetch()} />
        ) : (
          <LoadingState />
        )}
      </Page>
    );
  const { releases } = progress.data;
  const release = chosen && chosen !== newest?.id ? other.data : newest;
  const row = releases.find(({ id }) => id === release?.id);
  return (
    <Page>
      <NewRelease onShow={() => setSearch({})} />
      <PageHead
        title={release ? periodName(release.period, speech) : say('summaries.title')}
        tabTitle={say('summaries.title')}
        lead={say('summaries.about')}
        secondary={
          <>
            {releases.length > 1 && release && (
              <ReleaseChoice releases={releases} value={release.id} onChoose={choose} speech={speech} />
            )}
            {release && me.role === 'coordinator' && (
              <Button
                variant="default"
                leftSection={<Link2 size={18} aria-hidden />}
                onClick={() => setSharing(true)}
              >
                {say('summaries.share')}
              </Button>
            )}
            {release && (
              <Button
                variant="default"
                leftSection={<Printer size={18} aria-hidden />}
                onClick={() => window.print()}
              >
                {say('summaries.print')}
              </Button>
            )}
          </>
        }
      />
      {release ? (
        <>
          {row?.superseded && <Superseded row={row} releases={releases} onChoose={choose} />}
          <ReleaseView release={release} />
          <Downloads releaseId={release.id} />
          {sharing && <ShareDialog releaseId={release.id} onClose={() => setSharing(false)} />}
        </>
      ) : other.error ? (
        <ErrorState
          error={other.error}
          onRetry={() => void other.refetch()}
          action={<Button onClick={() => setSearch({})}>{say('summaries.superseded.open')}</Button>}
        />
      ) : chosen && other.isPending && newest ? (
        <LoadingState />
      ) : (
        <EmptyState
          icon={ChartNoAxesColumn}
          title={say('summaries.empty')}
          text={say('summaries.empty.text')}
        />
      )}
    </Page>
  );
}

/** Readers are told and choose: figures never change under their eyes. */
function NewRelease({ onShow }: { onShow: () => void }) {
  const say = useSay();
  const { isNew, show } = useNews();
  return (
    <div role="status">
      {isNew && (
        <p className={classes.notice}>
          <span>{say('summaries.new')}</span>
          <Button
            size="compact-md"
            onClick={() => {
              onShow();
              void show();
            }}
          >
            {say('summaries.new.open')}
          </Button>
        </p>
      )}
    </div>
  );
}

function ReleaseChoice(props: {
  releases: ReleaseRow[];
  value: string;
  onChoose: (id: string) => void;
  speech: FigureSpeech;
}) {
  const { say } = props.speech;
  return (
    <NativeSelect
      aria-label={say('summaries.choose')}
      value={props.value}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
      data={props.releases.map((row, index) => ({
        value: row.id,
        label: [
          periodName(row.period, props.speech),
          row.version > 1 || row.superseded ? say('summaries.version', { version: row.version }) : null,
          index === 0 ? say('summaries.newest') : null,
        ]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  );
}

function Superseded(props: { row: ReleaseRow; releases: ReleaseRow[]; onChoose: (id: string) => void }) {
  const say = useSay();
  const better = props.releases
    .filter(({ periodId }) => periodId === props.row.periodId)
    .sort((a, b) => b.version - a.version)[0];
  return (
    <p className={classes.notice}>
      <span>{say('summaries.superseded')}</span>
      {better && (
        <Button size="compact-md" variant="default" onClick={() => props.onChoose(better.id)}>
          {say('summaries.superseded.open')}
        </Button>
      )}
    </p>
  );
}
