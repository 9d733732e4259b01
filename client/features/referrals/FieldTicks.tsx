// Duty: field by field, what the organisation may see; what the person has not agreed to cannot be ticked and says how to ask.
import { Button, Checkbox } from '@mantine/core';
import { type ShareableField, shareableFields } from '../../../shared/consentLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { HeartHandshake, LockKeyhole } from '../../ui/icons.ts';
import classes from './referrals.module.css';
import { fieldWords, isOfVault } from './words.tsx';

interface Props {
  recipient: string;
  consented: ShareableField[];
  value: ShareableField[];
  onChange: (fields: ShareableField[]) => void;
  error: string | undefined;
  /** Null where consent cannot be asked for from here. */
  onAsk: (() => void) | null;
}

export function FieldTicks({ recipient, consented, value, onChange, error, onAsk }: Props) {
  const { say } = useSpeech();
  const missing = shareableFields.some((field) => !consented.includes(field));
  return (
    <div className={classes.stack}>
      <Checkbox.Group
        label={<span className={classes.question}>{say('referrals.ask.fields')}</span>}
        description={say('referrals.ask.fieldsHint', { name: recipient })}
        value={value}
        onChange={(fields) => onChange(fields as ShareableField[])}
        error={error}
      >
        <div className={classes.twoColumns}>
          {shareableFields.map((field) => {
            const agreed = consented.includes(field);
            return (
              <Checkbox
                key={field}
                value={field}
                disabled={!agreed}
                label={
                  <>
                    {fieldWords(say, field)}{' '}
                    {isOfVault(field) && (
                      <LockKeyhole size={15} aria-label={say('referrals.shared.withReason')} />
                    )}
                  </>
                }
                description={agreed ? undefined : say('referrals.ask.consentFirst')}
              />
            );
          })}
        </div>
      </Checkbox.Group>
      {missing && onAsk && (
        <div>
          <Button
            className={classes.wrap}
            variant="light"
            leftSection={<HeartHandshake size={18} aria-hidden />}
            onClick={onAsk}
          >
            {say('referrals.ask.consent', { name: recipient })}
          </Button>
        </div>
      )}
    </div>
  );
}
