// Duty: the promises behind an issue, in a campaign or owed by an institution, as a part of another feature's page.
import { Title } from '@mantine/core';
import { useId } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { isGone } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './commitments.module.css';
import { type CommitmentFilter, useCommitmentList, useLiveCommitments } from './useCommitments.ts';
import { CommitmentLink, DueWord, StandingWords, Voices } from './words.tsx';

interface Props {
  issueId?: string;
  campaignId?: string;
  institutionId?: string;
  municipality?: string | null;
}

export function CommitmentsPart({ issueId, campaignId, institutionId, municipality }: Props) {
  const { say } = useSpeech();
  const id = useId();
  useLiveCommitments();
  const filter: CommitmentFilter = {
    ...(issueId ? { issue: issueId } : {}),
    ...(campaignId ? { campaign: campaignId } : {}),
    ...(institutionId ? { institution: institutionId } : {}),
    ...(municipality ? { municipality } : {}),
  };
  const asked = useCommitmentList(filter, 10);
  // For who does not see commitments there is no such part.
  if (asked.error && isGone(asked.error)) return null;
  const [first] = asked.data?.pages ?? [];
  return (
    <section aria-labelledby={id} className={classes.part}>
      <div className={classes.partHead}>
        <Title order={2} size="h3" id={id}>
          {say('commitments.title')}
        </Title>
        {first && first.total > 0 && (
          <Link
            className={classes.textLink}
            to={`${paths.commitments.href()}?${new URLSearchParams(filter as Record<string, string>)}`}
          >
            {say('commitments.part.all')}
          </Link>
        )}
      </div>
      {first ? (
        first.data.length === 0 ? (
          <p className={classes.faint}>{say('commitments.part.none')}</p>
        ) : (
          <ul className={classes.partList}>
            {first.data.map((row) => (
              <li key={row.id} className={classes.partRow}>
                <CommitmentLink row={row} />
                <Voices row={row} />
                <span className={classes.partFacts}>
                  <DueWord row={row} />
                  <StandingWords row={row} />
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
    </section>
  );
}
