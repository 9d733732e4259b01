// Duty: a coordinator acts without consent because life or health is in danger: for what, for whom, why.
import { Alert, Radio, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { overrideHours, overridePurposes, type ShareableField } from '../../../shared/consentLists.ts';
import { newId } from '../../../shared/ids.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Siren } from '../../ui/icons.ts';
import { FieldChoice } from './FieldChoice.tsx';
import classes from './panel.module.css';
import { useOverrideConsent } from './useConsents.ts';
import { useFirstFault } from './useFirstFault.ts';

export function OverrideDialog(props: { caseId: string; onDone: () => void; onClose: () => void }) {
  const say = useSay();
  const explain = useFormFaults();
  const override = useOverrideConsent(props.caseId);
  const [id] = useState(() => newId());
  const [purpose, setPurpose] = useState<(typeof overridePurposes)[number]>('referral');
  const [recipient, setRecipient] = useState<string | null>(null);
  const [fields, setFields] = useState<ShareableField[]>([]);
  const [reason, setReason] = useState('');
  const toOrganisation = purpose === 'referral';
  const faults = override.error
    ? explain(override.error, ['purpose', 'recipient', 'fields', 'reason'])
    : { fields: {} as Record<string, string>, whole: null };
  const sheet = useFirstFault(override.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    override.mutate(
      {
        id,
        purpose,
        recipient: toOrganisation ? recipient : null,
        fields: toOrganisation ? fields : [],
        reason,
      },
      { onSuccess: props.onDone },
    );
  };
  return (
    <Dialog typed={[purpose, recipient, fields, reason]} onClose={props.onClose} title={say('override.do')}>
      <form ref={sheet} className={classes.form} onSubmit={send} noValidate>
        <Alert color="alarm" variant="light" icon={<Siren size={20} aria-hidden />}>
          {say('override.about', { hours: overrideHours })}
        </Alert>
        <FormError words={faults.whole} />
        <Radio.Group
          label={say('override.purpose')}
          value={purpose}
          onChange={(value) => setPurpose(value as typeof purpose)}
          error={faults.fields.purpose}
        >
          <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
            {overridePurposes.map((one) => (
              <Radio key={one} value={one} label={say(`consent.purpose.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        {toOrganisation && (
          <FieldChoice
            recipient={recipient}
            fields={fields}
            faults={faults.fields}
            onRecipient={setRecipient}
            onFields={setFields}
          />
        )}
        <Textarea
          label={say('override.reason')}
          description={say('override.reason.hint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={faults.fields.reason}
          maxLength={500}
          autosize
          minRows={3}
          required
        />
        <DialogFoot color="alarm" loading={override.isPending}>
          {say('override.do')}
        </DialogFoot>
      </form>
    </Dialog>
  );
}
