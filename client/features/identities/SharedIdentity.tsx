// Duty: the vault fields that a referral shares: named, opened with a reason, held for a minute. Which door opens them is the caller's.
import { Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { IdentityField, OpenedIdentity, OpenReason } from '../../../shared/identityLists.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { LockKeyhole } from '../../ui/icons.ts';
import { OpenedValues } from './OpenedValues.tsx';
import classes from './panel.module.css';
import { useShortlyOpen } from './useShortlyOpen.ts';

const OpenDialog = lazy(async () => ({ default: (await import('./OpenDialog.tsx')).OpenDialog }));

export interface SharedIdentityProps {
  fields: IdentityField[];
  /** Null: this viewer reads that they are shared, and may not open them. */
  open: ((reason: OpenReason, fields: IdentityField[]) => Promise<OpenedIdentity>) | null;
  /** The door asks for no reason: the opening is logged under the organisation. */
  withoutReason?: boolean;
}

export function SharedIdentity({ fields, open, withoutReason }: SharedIdentityProps) {
  const { say, list } = useSpeech();
  const words = useErrorWords();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  const { opened, secondsLeft, show, close } = useShortlyOpen(
    useCallback(() => setSaid(say('identity.closed')), [say]),
  );
  const showValues = (values: OpenedIdentity) => {
    setAsking(false);
    show(values);
    setSaid(say('identity.opened'));
  };
  const openAtOnce = async () => {
    if (!open) return;
    setBusy(true);
    setError(null);
    try {
      showValues(await open('call_person', fields));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <p className={classes.about}>
        {say('identity.held', { fields: list(fields.map((field) => say(`identity.field.${field}`))) })}
      </p>
      <FormError words={error ? words(error) : null} />
      {opened ? (
        <OpenedValues opened={opened} secondsLeft={secondsLeft} onClose={close} />
      ) : (
        open && (
          <Button
            variant="light"
            loading={busy}
            leftSection={<LockKeyhole size={18} aria-hidden />}
            onClick={() => (withoutReason ? void openAtOnce() : setAsking(true))}
          >
            {say(withoutReason ? 'identity.open.do' : 'identity.open')}
          </Button>
        )
      )}
      <div role="status">{said && <p className={classes.faint}>{said}</p>}</div>
      <Suspense>
        {asking && open && (
          <OpenDialog open={open} openable={fields} onClose={() => setAsking(false)} onOpened={showValues} />
        )}
      </Suspense>
    </div>
  );
}
