// Duty: on a case page, the way to "who has opened this case": a list the person concerned may ask for.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../lib/i18n.tsx';
import { Eye } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { PersonName } from '../../ui/words.tsx';
import classes from './audit.module.css';
import { useMayReadReaders, useReaders } from './useAudit.ts';

interface Props {
  caseId: string;
  reference: string;
}

export function ReadersPanel({ caseId, reference }: Props) {
  const { say } = useSpeech();
  const may = useMayReadReaders(caseId);
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <div className="no-print">
      <Button
        variant="subtle"
        size="sm"
        leftSection={<Eye size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {say('audit.readers')}
      </Button>
      {open && (
        <Modal
          closeOnClickOutside
          opened
          onClose={() => setOpen(false)}
          title={say('audit.readers')}
          closeButtonProps={{ 'aria-label': say('common.close') }}
        >
          <p className={classes.faint}>{say('audit.readersAbout', { reference })}</p>
          <Readers caseId={caseId} />
        </Modal>
      )}
    </div>
  );
}

function Readers({ caseId }: { caseId: string }) {
  const { say, dateTime } = useSpeech();
  const readers = useReaders(caseId);
  if (readers.error) return <ErrorState error={readers.error} onRetry={() => void readers.refetch()} />;
  if (!readers.data) return <LoadingState />;
  const { data, since } = readers.data;
  if (data.length === 0) return <p>{say('audit.readersEmpty')}</p>;
  return (
    <>
      <ul className={classes.readers}>
        {data.map(({ by, organisation, last, times }) => (
          <li key={by?.id ?? organisation ?? last}>
            {by || !organisation ? (
              <PersonName person={by} />
            ) : (
              <span>
                {organisation} <span className={classes.faint}>{say('audit.byLink')}</span>
              </span>
            )}
            <span className={classes.faint}>
              {say('audit.times', { count: times })} · {say('audit.lastOpened', { when: dateTime(last) })}
            </span>
          </li>
        ))}
      </ul>
      {since && <p className={classes.faint}>{say('audit.readersSince', { when: dateTime(since) })}</p>}
    </>
  );
}
