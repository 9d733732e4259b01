// Duty: choose the organisation and, field by field, what it may see. Nothing is ticked beforehand.
import { Checkbox, Select } from '@mantine/core';
import { type ShareableField, shareableFields } from '../../../shared/consentLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { fieldWords } from './fieldWords.ts';
import classes from './panel.module.css';
import { useRecipients } from './useConsents.ts';

interface Props {
  recipient: string | null;
  fields: ShareableField[];
  faults: Record<string, string>;
  /** The organisation is settled already. */
  fixed?: boolean;
  onRecipient: (id: string | null) => void;
  onFields: (fields: ShareableField[]) => void;
}

export function FieldChoice(props: Props) {
  const { say } = useSpeech();
  const { data: organisations = [] } = useRecipients();
  return (
    <>
      <Select
        label={say('consent.recipient')}
        data={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        value={props.recipient}
        onChange={props.onRecipient}
        error={props.faults.recipient}
        disabled={props.fixed}
        searchable
        required
      />
      <Checkbox.Group
        label={say('consent.fields')}
        value={props.fields}
        onChange={(fields) => props.onFields(fields as ShareableField[])}
        error={props.faults.fields}
        required
      >
        <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
          {shareableFields.map((field) => (
            <Checkbox key={field} value={field} label={fieldWords(say, field)} />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}
