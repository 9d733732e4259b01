// Duty: what was moved to the vault while a case was logged and was not taken by it: seal it now, or throw it away. Waits in ownStore, sealed.
import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import type { IdentityField } from '../../../shared/identityLists.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useOutbox, useOutboxState } from '../../lib/offline.tsx';
import { ownTexts } from '../../lib/ownStore.ts';
import { useMe } from '../../lib/session.tsx';
import { type IdentityValues, unsealedName } from '../../lib/vault.ts';
import { FormError } from '../../ui/FormError.tsx';
import { Info } from '../../ui/icons.ts';
import classes from './panel.module.css';
import { useChangeIdentity } from './useIdentity.ts';

interface Props {
  caseId: string;
  version: number;
  onDone: (words: string) => void;
}

export function UnsealedNote({ caseId, version, onDone }: Props) {
  const { say, list } = useSpeech();
  const words = useErrorWords();
  const outbox = useOutbox();
  const { refused } = useOutboxState();
  const texts = ownTexts(useMe().id);
  const change = useChangeIdentity(caseId);
  const [, look] = useState(0);
  const name = unsealedName(caseId);
  const kept = texts.get(name);
  if (!kept || outbox.letters().some(({ text }) => text === name)) return null;
  const { fields } = JSON.parse(kept) as { fields: IdentityValues };
  const mine = refused.find(({ letter }) => letter.text === name);
  const error = change.error ?? mine?.error;
  const forget = () => {
    texts.set(name, null);
    if (mine) outbox.drop(mine.letter.id);
    look((count) => count + 1);
  };
  const seal = () =>
    change.mutate(
      { version, fields, reason: 'moved_from_text' },
      {
        onSuccess: () => {
          forget();
          onDone(say('identity.change.done'));
        },
      },
    );
  const held = (Object.keys(fields) as IdentityField[]).map((field) => say(`identity.field.${field}`));
  return (
    <Alert
      mt="sm"
      variant="light"
      icon={<Info size={20} aria-hidden />}
      title={say('identity.unsealed', { fields: list(held) })}
    >
      <FormError words={error ? words(error) : null} />
      <div className={classes.actions}>
        <Button loading={change.isPending} onClick={seal}>
          {say('identity.change.save')}
        </Button>
        <Button variant="default" onClick={forget}>
          {say('common.throwAway')}
        </Button>
      </div>
    </Alert>
  );
}
