// Duty: what happened to a case, in words, newest first; the whole of it on demand.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HistoryEntry } from '../../../shared/caseViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { PersonName, RelativeTime } from '../../ui/words.tsx';
import { historyWords } from './historyWords.ts';
import classes from './page.module.css';
import { Section } from './Section.tsx';

const shownAtFirst = 8;

export function HistorySection({ history }: { history: HistoryEntry[] }) {
  const { say, speaker, list } = useSpeech();
  const [whole, setWhole] = useState(false);
  const entries = history
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.at.localeCompare(a.entry.at) || b.index - a.index);
  const shown = whole ? entries : entries.slice(0, shownAtFirst);
  return (
    <Section title={say('case.page.history')}>
      <ol className={classes.history}>
        {shown.map(({ entry, index }) => (
          <li key={index} className={classes.event}>
            <span>{historyWords(speaker, entry, list)}</span>
            {entry.reason && <p className={classes.reason}>{entry.reason}</p>}
            <div className={classes.by}>
              {entry.by ? <PersonName person={entry.by} /> : <span>{say('case.history.system')}</span>}
              <RelativeTime when={entry.at} />
            </div>
          </li>
        ))}
      </ol>
      {entries.length > shown.length && (
        <Button mt="sm" variant="subtle" size="sm" className="no-print" onClick={() => setWhole(true)}>
          {say('case.history.more')}
        </Button>
      )}
    </Section>
  );
}
