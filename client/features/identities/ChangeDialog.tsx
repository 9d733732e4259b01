// Duty: seal values into the vault, take some out, or erase the record. Shows nothing of what is sealed.
import { Button, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type IdentityField, type IdentityStatus, identityFields } from '../../../shared/identityLists.ts';
import { useErrorWords, useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './panel.module.css';
import { useChangeIdentity, useEraseIdentity } from './useIdentity.ts';

interface Props {
  caseId: string;
  status: IdentityStatus;
  onDone: (words: string, possibleMatch: boolean) => void;
  onClose: () => void;
}

const hints = { point: 'identity.hint.point', guardian: 'identity.hint.guardian' } as const;
const keyboards: Partial<Record<IdentityField, 'tel' | 'numeric'>> = { phone: 'tel', idNumber: 'numeric' };

export function ChangeDialog({ caseId, status, onDone, onClose }: Props) {
  const say = useSay();
  const explain = useFormFaults();
  const errorWords = useErrorWords();
  const change = useChangeIdentity(caseId);
  const erase = useEraseIdentity(caseId);
  const [typed, setTyped] = useState<Partial<Record<IdentityField, string>>>({});
  const [removed, setRemoved] = useState<IdentityField[]>([]);
  const [erasing, setErasing] = useState(false);
  const faults = change.error
    ? explain(
        change.error,
        identityFields.map((field) => `fields.${field}`),
      )
    : null;
  const fields = Object.fromEntries([
    ...identityFields.flatMap((field) => {
      const value = typed[field]?.trim();
      return value ? [[field, value]] : [];
    }),
    ...removed.map((field) => [field, null]),
  ]) as Partial<Record<IdentityField, string | null>>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(fields).length === 0) return onClose();
    change.mutate(
      { version: status.version, fields },
      { onSuccess: ({ data }) => onDone(say('identity.change.done'), data.possibleMatch) },
    );
  };
  return (
    <Dialog typed={[typed, removed]} onClose={onClose} title={say('identity.change.title')}>
      <form className={classes.form} onSubmit={send} noValidate autoComplete="off">
        <Text>{say('identity.change.about')}</Text>
        <FormError words={faults?.whole ?? null} />
        {identityFields.map((field) => {
          const isHeld = status.held.includes(field);
          const isRemoved = removed.includes(field);
          const hint = field in hints ? say(hints[field as keyof typeof hints]) : undefined;
          return (
            <div key={field} className={classes.field}>
              <TextInput
                label={say(`identity.field.${field}`)}
                description={isHeld && !isRemoved ? say('identity.hint.keep') : hint}
                placeholder={isRemoved ? say('identity.remove.chosen') : isHeld ? '••••••' : undefined}
                value={typed[field] ?? ''}
                disabled={isRemoved}
                inputMode={keyboards[field]}
                autoComplete="off"
                spellCheck={false}
                error={faults?.fields[`fields.${field}`]}
                onChange={({ currentTarget: { value } }) =>
                  setTyped((before) => ({ ...before, [field]: value }))
                }
              />
              {isHeld && (
                <Button
                  variant="default"
                  aria-pressed={isRemoved}
                  aria-label={`${say('identity.remove')}: ${say(`identity.field.${field}`)}`}
                  onClick={() =>
                    setRemoved((before) =>
                      isRemoved ? before.filter((one) => one !== field) : [...before, field],
                    )
                  }
                >
                  {say('identity.remove')}
                </Button>
              )}
            </div>
          );
        })}
        <DialogFoot
          loading={change.isPending}
          also={
            status.held.length > 0 && (
              <Button variant="subtle" color="alarm" onClick={() => setErasing(true)}>
                {say('identity.erase')}
              </Button>
            )
          }
        >
          {say('identity.change.save')}
        </DialogFoot>
      </form>
      <ConfirmDialog
        opened={erasing}
        title={say('identity.erase.title')}
        confirm={say('identity.erase')}
        grave
        loading={erase.isPending}
        onClose={() => setErasing(false)}
        onConfirm={() =>
          erase.mutate(undefined, { onSuccess: () => onDone(say('identity.erase.done'), false) })
        }
      >
        {say('identity.erase.about')}
        <FormError words={erase.error ? errorWords(erase.error) : null} />
      </ConfirmDialog>
    </Dialog>
  );
}
