// Duty: two people changed the same thing of a campaign: both sides, who and when. Saving again is the dialog's.
import type { StaleCampaign } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './campaigns.module.css';
import { useFieldWords } from './fieldWords.ts';

export function ConflictNote({ stale }: { stale: StaleCampaign }) {
  const { say, relative } = useSpeech();
  const { nameOf, wordsOf } = useFieldWords();
  if (stale.conflicts.length === 0) return null;
  return (
    <div className={classes.conflict} role="status">
      <b>{say('campaigns.conflict')}</b>
      <dl className={classes.sides}>
        {stale.conflicts.map(({ field, yours, theirs, by, at }) => (
          <div key={field}>
            <dt>{nameOf(field)}</dt>
            <dd>
              <span className={classes.faint}>{say('campaigns.conflict.theirs')}</span>{' '}
              {wordsOf(field, theirs)}
              {by && (
                <span className={classes.faint}>
                  {' '}
                  ({say('campaigns.conflict.by', { name: by, when: relative(at) })})
                </span>
              )}
            </dd>
            <dd>
              <span className={classes.faint}>{say('campaigns.conflict.yours')}</span> {wordsOf(field, yours)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.faint}>{say('campaigns.conflict.again')}</p>
    </div>
  );
}
