// Duty: a release for a funder without an account, behind a link: opened by a click, so that programs which look at mail use nothing up.
import { Button, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { SharedRelease } from '../../../shared/releaseShares.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { periodName } from '../../../shared/summaryWords.ts';
import { ApiError, api, withQuery } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { Clock, Link2Off } from '../../ui/icons.ts';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { Downloads } from './Downloads.tsx';
import { ReleaseView } from './ReleaseView.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function SharedPage() {
  const { token = '' } = useParams();
  const { say } = useSpeech();
  useTabTitle(say('summaries.shared.tab'));
  const open = useMutation({
    gcTime: 0,
    mutationFn: () => api.post<SharedRelease>(summaryPaths.openShare(token), {}, { quiet: true }),
  });
  return (
    <Doorway wide>
      {open.data ? (
        <Opened token={token} shared={open.data} />
      ) : open.error ? (
        <NotHere error={open.error} onRetry={() => open.mutate()} />
      ) : (
        <>
          <Title order={1}>{say('summaries.shared.tab')}</Title>
          <p>{say('summaries.shared.open.about')}</p>
          <Button onClick={() => open.mutate()} loading={open.isPending}>
            {say('summaries.shared.open')}
          </Button>
        </>
      )}
    </Doorway>
  );
}

function Opened({ token, shared }: { token: string; shared: SharedRelease }) {
  const { say, date } = useSpeech();
  const speech = useFigureSpeech();
  const { data: release, recipient, expiresAt, pass } = shared;
  return (
    <>
      <Title order={1}>{periodName(release.period, speech)}</Title>
      <p className={classes.notice}>
        <span>
          {say('summaries.shared.for', { recipient, day: date(expiresAt) })}
          {pass && ` ${say('summaries.shared.once')}`}
        </span>
      </p>
      <ReleaseView release={release} />
      <Downloads
        releaseId={release.id}
        path={(format) => withQuery(summaryPaths.shareDownload(token, format), { pass })}
      />
    </>
  );
}

/** Used, too old, revoked or never there: each in kind words. */
function NotHere({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { say } = useSpeech();
  const { status, code } = error instanceof ApiError ? error : { status: 0, code: '' };
  if (status === 410) {
    const kind = code === 'link.used' ? 'used' : code === 'link.revoked' ? 'revoked' : 'expired';
    return (
      <EmptyState
        whole
        icon={Clock}
        title={say(`summaries.shared.${kind}`)}
        text={say(kind === 'used' ? 'summaries.shared.used.text' : 'summaries.shared.ask')}
      />
    );
  }
  if (status === 404 || status === 422)
    return (
      <EmptyState
        whole
        icon={Link2Off}
        title={say('summaries.shared.unknown')}
        text={say('summaries.shared.unknown.text')}
      />
    );
  return <ErrorState whole error={error} onRetry={onRetry} />;
}
