// Duty: public campaigns and commitments of a release, each commitment in its exact words, two voices and its public evidence.
import { Anchor } from '@mantine/core';
import { nameOf } from '../../../shared/format.ts';
import type { MessageKey } from '../../../shared/i18n.ts';
import type { FrozenCampaign, FrozenCommitment } from '../../../shared/summaries.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import classes from './summaries.module.css';

export function Campaigns({ campaigns }: { campaigns: FrozenCampaign[] }) {
  const { say, list } = useSpeech();
  const placeName = usePlaceName();
  return (
    <section aria-labelledby="campaigns">
      <h2 id="campaigns" className={classes.section}>
        {say('summaries.campaigns')}
      </h2>
      {campaigns.length === 0 && <p className={classes.faint}>{say('summaries.campaigns.none')}</p>}
      <ul className={classes.advocacy}>
        {campaigns.map(({ id, title, stage, result, municipalities }) => (
          <li key={id}>
            <strong>{title}</strong>
            <span className={classes.faint}>
              {[
                say(`summaries.cell.stage.${stage}` as MessageKey),
                result && say(`summaries.cell.result.${result}` as MessageKey),
                list(municipalities.map((slug) => placeName(slug))),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Commitments({ commitments }: { commitments: FrozenCommitment[] }) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="commitments">
      <h2 id="commitments" className={classes.section}>
        {say('summaries.commitments')}
      </h2>
      {commitments.length === 0 && <p className={classes.faint}>{say('summaries.commitments.none')}</p>}
      <ul className={classes.advocacy}>
        {commitments.map((commitment) => (
          <li key={commitment.id}>
            <Commitment commitment={commitment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Commitment({ commitment }: { commitment: FrozenCommitment }) {
  const { say, date, language } = useSpeech();
  const placeName = usePlaceName();
  const voice = (completion: string | null) =>
    completion ? say(`summaries.completion.${completion}` as MessageKey) : '–';
  return (
    <>
      <blockquote lang={commitment.language} className={classes.words}>
        {commitment.words}
      </blockquote>
      <span className={classes.faint}>
        {[
          nameOf(commitment.institution, language),
          commitment.municipality && placeName(commitment.municipality),
          commitment.dueOn && say('summaries.commitment.due', { day: date(commitment.dueOn) }),
          commitment.movedInPeriod && say('summaries.commitment.moved'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <dl className={classes.voices}>
        <dt>{say('summaries.commitment.reported')}</dt>
        <dd>{voice(commitment.authorityReported)}</dd>
        <dt>{say('summaries.commitment.verified')}</dt>
        <dd>{voice(commitment.verified)}</dd>
      </dl>
      {commitment.evidence.length > 0 && (
        <p className={classes.evidence}>
          {say('summaries.commitment.evidence')}:{' '}
          {commitment.evidence.map(({ title, url, on }, index) => (
            <span key={`${title}${on}`}>
              {index > 0 && '; '}
              {url ? (
                <Anchor href={url} target="_blank" rel="noreferrer noopener" inherit>
                  {title}
                </Anchor>
              ) : (
                title
              )}
              {on && ` (${date(on)})`}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
