// Duty: what happened to a referral, in words, newest first: who, from where, when, and why.
import type { ReferralEntry } from '../../../shared/referrals.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './referrals.module.css';

export function ReferralHistory({ history }: { history: ReferralEntry[] }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const who = ({ by, byLink }: ReferralEntry) => {
    if (byLink) return say('referrals.history.byLink');
    if (!by) return say('referrals.history.system');
    const of = by.organisation ?? (by.municipality && placeName(by.municipality));
    return of ? `${by.name}, ${of}` : by.name;
  };
  return (
    <ol className={classes.history}>
      {history
        .map((entry, index) => ({ entry, index }))
        .toReversed()
        .map(({ entry, index }) => (
          <li key={index} className={classes.event}>
            <span>{say(`referrals.event.${entry.move}`)}</span>
            {entry.reason && <p className={classes.reason}>{entry.reason}</p>}
            <div className={classes.faint}>
              {who(entry)} · <RelativeTime when={entry.at} />
            </div>
          </li>
        ))}
    </ol>
  );
}
