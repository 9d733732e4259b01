// Duty: what happened to an issue, in words, newest first.
import type { IssueEntry } from '../../../shared/issues.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { PersonName, RelativeTime } from '../../ui/words.tsx';
import classes from './issues.module.css';
import { entryWords } from './words.tsx';

export function IssueHistory({ history }: { history: IssueEntry[] }) {
  const { say, speaker, list } = useSpeech();
  return (
    <section className={classes.box} aria-labelledby="history">
      <h2 id="history" className={classes.boxTitle}>
        {say('issues.history')}
      </h2>
      <ol className={classes.history}>
        {history.toReversed().map((entry) => (
          <li key={`${entry.at} ${entry.what} ${entry.other}`} className={classes.event}>
            <span>{entryWords(speaker, entry, list)}</span>
            {entry.reason && <p className={classes.reason}>{entry.reason}</p>}
            <div className={classes.by}>
              {entry.by ? <PersonName person={entry.by} /> : <span>{say('case.history.system')}</span>}
              <RelativeTime when={entry.at} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
