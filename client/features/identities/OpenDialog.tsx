// Duty: ask why a vault record is opened, and open it. What is opened goes to the panel and nowhere else.
import { Checkbox, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type IdentityField,
  type OpenedIdentity,
  type OpenReason,
  openForSeconds,
  openReasons,
} from '../../../shared/identityLists.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './panel.module.css';

interface Props {
  open: (reason: OpenReason, fields: IdentityField[]) => Promise<OpenedIdentity>;
  openable: IdentityField[];
  onOpened: (values: OpenedIdentity) => void;
  onClose: () => void;
}

/** Ticked beforehand: what that reason usually needs, and no more. */
const usuallyNeeded: Partial<Record<OpenReason, IdentityField[]>> = {
  call_person: ['name', 'phone', 'guardian'],
  visit: ['name', 'address', 'point', 'guardian'],
  check_match: ['phone', 'idNumber'],
};

export function OpenDialog({ open, openable, onOpened, onClose }: Props) {
  const say = useSay();
  const words = useErrorWords();
  const [reason, setReason] = useState<OpenReason | null>(null);
  const [fields, setFields] = useState<string[]>(openable);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!reason || fields.length === 0) return;
    setBusy(true);
    setError(null);
    try {
      onOpened(await open(reason, fields as IdentityField[]));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <Dialog typed={reason} onClose={onClose} title={say('identity.open.title')}>
      <form className={classes.form} onSubmit={send} noValidate>
        <FormError words={error ? words(error) : null} />
        <Radio.Group
          aria-label={say('identity.open.title')}
          value={reason}
          onChange={(value) => {
            const chosen = value as OpenReason;
            const needed = openable.filter((field) => usuallyNeeded[chosen]?.includes(field) ?? true);
            setReason(chosen);
            setFields(needed.length > 0 ? needed : openable);
          }}
          error={tried && !reason ? say('fault.required') : undefined}
        >
          <div className={classes.form} style={{ gap: '0.5rem' }}>
            {openReasons.map((one) => (
              <Radio key={one} value={one} label={say(`identity.reason.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        {openable.length > 1 && (
          <Checkbox.Group
            label={say('identity.open.which')}
            value={fields}
            onChange={setFields}
            error={tried && fields.length === 0 ? say('fault.required') : undefined}
          >
            <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
              {openable.map((field) => (
                <Checkbox key={field} value={field} label={say(`identity.field.${field}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <p className={classes.faint} style={{ margin: 0 }}>
          {say('identity.open.about', { seconds: openForSeconds })}
        </p>
        <DialogFoot loading={busy}>{say('identity.open.do')}</DialogFoot>
      </form>
    </Dialog>
  );
}
