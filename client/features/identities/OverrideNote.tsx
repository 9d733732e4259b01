// Duty: one vital-interest override in words: who, why, until when, what the review said.
import type { ReactNode } from 'react';
import type { OverrideRow } from '../../../shared/consentLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { CaseLink } from '../../ui/words.tsx';
import classes from './panel.module.css';

export function OverrideNote(props: { override: OverrideRow; withCase?: boolean; children?: ReactNode }) {
  const { say, dateTime } = useSpeech();
  const { override } = props;
  const { review } = override;
  const purpose = say(`consent.purpose.${override.purpose}`);
  return (
    <div className={classes.override}>
      <p className={classes.lineTitle}>
        {props.withCase && override.reference && (
          <>
            <CaseLink id={override.caseId} reference={override.reference} />{' '}
          </>
        )}
        {override.recipient ? say('consent.toWhom', { purpose, name: override.recipient.name }) : purpose}
      </p>
      <p className={classes.faint}>
        {say('override.by', {
          name: override.by?.name ?? say('common.nobody'),
          when: dateTime(override.at),
        })}
        {'. '}
        {override.live ? say('override.live', { until: dateTime(override.until) }) : say('override.over')}
      </p>
      <p className={classes.reason}>{override.reason ?? say('override.unreadable')}</p>
      {review && (
        <p>
          {say('override.reviewed', {
            name: review.by?.name ?? say('common.nobody'),
            verdict: say(`override.verdict.${review.verdict}`),
          })}
          {review.byOneself && ` (${say('override.byOneself')})`}
          {review.note && `. ${review.note}`}
        </p>
      )}
      {props.children}
    </div>
  );
}
