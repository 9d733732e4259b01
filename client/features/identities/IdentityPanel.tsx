// Duty: the vault on a case page, closed by default: what is kept, opening with a reason, changing, erasing, who opened it.
import { Alert, Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { IdentityField } from '../../../shared/identityLists.ts';
import { isUnreachable } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import type { IdentityAnswer } from '../../lib/vault.ts';
import { Info, KeyRound, ListChecks, LockKeyhole, Pencil } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CaseLink } from '../../ui/words.tsx';
import { OpenedValues } from './OpenedValues.tsx';
import { Panel } from './Panel.tsx';
import classes from './panel.module.css';
import { UnsealedNote } from './UnsealedNote.tsx';
import { openIdentity, useIdentityStatus, useMatches } from './useIdentity.ts';
import { useShortlyOpen } from './useShortlyOpen.ts';

const OpenDialog = lazy(async () => ({ default: (await import('./OpenDialog.tsx')).OpenDialog }));
const ChangeDialog = lazy(async () => ({ default: (await import('./ChangeDialog.tsx')).ChangeDialog }));
const ReadingsDialog = lazy(async () => ({ default: (await import('./ReadingsDialog.tsx')).ReadingsDialog }));

interface Props {
  caseId: string;
  reference: string;
}

export function IdentityPanel({ caseId, reference }: Props) {
  const { say } = useSpeech();
  const asked = useIdentityStatus(caseId);
  if (asked.data) return <Loaded caseId={caseId} reference={reference} answer={asked.data} />;
  return (
    <Panel title={say('identity.title')}>
      {asked.error && !isUnreachable(asked.error) ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Loaded({ caseId, reference, answer }: Props & { answer: IdentityAnswer }) {
  const { say, list } = useSpeech();
  const { data: status, abilities } = answer;
  const [dialog, setDialog] = useState<'open' | 'change' | 'log' | null>(null);
  const [said, setSaid] = useState('');
  const [possibleMatch, setPossibleMatch] = useState(false);
  const { opened, secondsLeft, show, close } = useShortlyOpen(
    useCallback(() => setSaid(say('identity.closed')), [say]),
  );
  const fieldWords = (fields: readonly IdentityField[]) =>
    list(fields.map((field) => say(`identity.field.${field}`)));
  return (
    <Panel title={say('identity.title')} about={say('identity.about')} said={said}>
      <p>
        {status.held.length === 0
          ? say('identity.empty')
          : say('identity.held', { fields: fieldWords(status.held) })}
      </p>
      <UnsealedNote caseId={caseId} version={status.version} onDone={setSaid} />
      {opened && <OpenedValues opened={opened} secondsLeft={secondsLeft} onClose={close} />}
      {possibleMatch && (
        <Alert mt="sm" variant="light" icon={<Info size={20} aria-hidden />}>
          {say('identity.match')}
        </Alert>
      )}
      {abilities.seeMatches && status.held.length > 0 && <Matches caseId={caseId} />}
      <div className={classes.actions}>
        {abilities.open && status.openable.length > 0 && !opened && (
          <Button
            variant="light"
            leftSection={<LockKeyhole size={18} aria-hidden />}
            onClick={() => setDialog('open')}
          >
            {say('identity.open')}
          </Button>
        )}
        {abilities.change && (
          <Button
            variant="default"
            leftSection={
              status.held.length > 0 ? <Pencil size={18} aria-hidden /> : <KeyRound size={18} aria-hidden />
            }
            onClick={() => setDialog('change')}
          >
            {say('identity.change')}
          </Button>
        )}
        {abilities.readLog && (
          <Button
            variant="subtle"
            leftSection={<ListChecks size={18} aria-hidden />}
            onClick={() => setDialog('log')}
          >
            {say('identity.log')}
          </Button>
        )}
      </div>
      <Suspense>
        {dialog === 'open' && (
          <OpenDialog
            open={(reason, fields) => openIdentity(caseId, reason, fields)}
            openable={status.openable}
            onClose={() => setDialog(null)}
            onOpened={(values) => {
              setDialog(null);
              show(values);
              setSaid(say('identity.opened'));
            }}
          />
        )}
        {dialog === 'change' && (
          <ChangeDialog
            caseId={caseId}
            status={status}
            onClose={() => setDialog(null)}
            onDone={(words, match) => {
              setDialog(null);
              close();
              setPossibleMatch(match);
              setSaid(words);
            }}
          />
        )}
        {dialog === 'log' && (
          <ReadingsDialog caseId={caseId} reference={reference} onClose={() => setDialog(null)} />
        )}
      </Suspense>
    </Panel>
  );
}

/** For coordinators: the cases that hold the same number. */
function Matches({ caseId }: { caseId: string }) {
  const { say, list } = useSpeech();
  const { data: matches = [] } = useMatches(caseId, true);
  if (matches.length === 0) return null;
  return (
    <Alert mt="sm" variant="light" icon={<Info size={20} aria-hidden />} title={say('identity.matches')}>
      <ul className={classes.lines}>
        {matches.map((match) => (
          <li key={match.caseId}>
            <CaseLink id={match.caseId} reference={match.reference} />{' '}
            {list(match.fields.map((field) => say(`identity.field.${field}`)))}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
