// Duty: write down one yes: how, in which language, by whom, from when and until when. One purpose, never several.
import { Radio, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type ConsentForm,
  type ConsentPurpose,
  consentForms,
  type Giver,
  givers,
  type LegalBasis,
  legalBases,
  needsRecipient,
  noticeVersion,
  type ShareableField,
  usualConsentDays,
} from '../../../shared/consentLists.ts';
import { type Language, languages } from '../../../shared/directoryLists.ts';
import { newId } from '../../../shared/ids.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { FieldChoice } from './FieldChoice.tsx';
import classes from './panel.module.css';
import { useGiveConsent } from './useConsents.ts';
import { useFirstFault } from './useFirstFault.ts';

interface Props {
  caseId: string;
  asking: { purpose: ConsentPurpose; recipient: string | null; fields: ShareableField[] };
  guardianNeeded: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** A calendar day in Kosovo, as the server counts them. */
const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Belgrade' }).format(Date.now() + days * 86_400_000);

const shown = [
  'recipient',
  'fields',
  'form',
  'language',
  'givenBy',
  'askedBy',
  'givenOn',
  'expiresOn',
  'legalBasis',
];

export function ConsentDialog({ caseId, asking, guardianNeeded, onDone, onClose }: Props) {
  const { say, language, compare } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const give = useGiveConsent(caseId);
  const { data: colleagues = [] } = useColleagues();
  const [id] = useState(() => newId());
  const [recipient, setRecipient] = useState(asking.recipient);
  const [fields, setFields] = useState(asking.fields);
  const [form, setForm] = useState<ConsentForm>('oral');
  const [spoken, setSpoken] = useState<Language>(language);
  const [givenBy, setGivenBy] = useState<Giver>(guardianNeeded ? 'guardian' : 'person');
  const [askedBy, setAskedBy] = useState<string>(me.id);
  const [givenOn, setGivenOn] = useState(() => dayIn(0));
  const [expiresOn, setExpiresOn] = useState(() => dayIn(usualConsentDays));
  const [legalBasis, setLegalBasis] = useState<LegalBasis>('explicit_consent');
  const toOrganisation = needsRecipient(asking.purpose);
  const faults = give.error
    ? explain(give.error, shown)
    : { fields: {} as Record<string, string>, whole: null };
  const sheet = useFirstFault(give.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    give.mutate(
      {
        id,
        purpose: asking.purpose,
        recipient: toOrganisation ? recipient : null,
        fields: toOrganisation ? fields : [],
        form,
        language: spoken,
        givenBy,
        askedBy,
        givenOn,
        expiresOn,
        textVersion: noticeVersion,
        legalBasis,
      },
      { onSuccess: onDone },
    );
  };
  const askers = colleagues.some((one) => one.id === me.id) ? colleagues : [me, ...colleagues];
  return (
    <Dialog
      typed={[recipient, fields, form, spoken, givenBy, askedBy, givenOn, expiresOn, legalBasis]}
      onClose={onClose}
      title={`${say('consent.record')}: ${say(`consent.purpose.${asking.purpose}`)}`}
    >
      <form ref={sheet} className={classes.form} onSubmit={send} noValidate>
        <p className={classes.faint} style={{ margin: 0 }}>
          {say('consent.record.hint')}
        </p>
        <FormError words={faults.whole} />
        {toOrganisation && (
          <FieldChoice
            recipient={recipient}
            fields={fields}
            faults={faults.fields}
            fixed={asking.recipient !== null}
            onRecipient={setRecipient}
            onFields={setFields}
          />
        )}
        <Radio.Group
          label={say('consent.form')}
          value={form}
          onChange={(value) => setForm(value as ConsentForm)}
          error={faults.fields.form}
        >
          <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
            {consentForms.map((one) => (
              <Radio key={one} value={one} label={say(`consent.form.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        <Radio.Group
          label={say('consent.givenBy')}
          value={givenBy}
          onChange={(value) => setGivenBy(value as Giver)}
          error={faults.fields.givenBy}
        >
          <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
            {givers.map((one) => (
              <Radio
                key={one}
                value={one}
                label={say(`consent.givenBy.${one}`)}
                disabled={guardianNeeded && one === 'person'}
              />
            ))}
          </div>
        </Radio.Group>
        <Select
          label={say('consent.language')}
          data={languages.map((one) => ({ value: one, label: say(`language.${one}`) }))}
          value={spoken}
          onChange={(value) => value && setSpoken(value as Language)}
          error={faults.fields.language}
          allowDeselect={false}
        />
        <Select
          label={say('consent.askedBy')}
          data={[...askers]
            .sort((a, b) => compare(a.name, b.name))
            .map((one) => ({ value: one.id, label: `${one.name}, ${say(`role.${one.role}`)}` }))}
          value={askedBy}
          onChange={(value) => value && setAskedBy(value)}
          error={faults.fields.askedBy}
          allowDeselect={false}
          searchable
        />
        <TextInput
          type="date"
          label={say('consent.givenOn')}
          value={givenOn}
          max={dayIn(0)}
          onChange={(event) => setGivenOn(event.currentTarget.value)}
          error={faults.fields.givenOn}
          required
        />
        <TextInput
          type="date"
          label={say('consent.expiresOn')}
          value={expiresOn}
          onChange={(event) => setExpiresOn(event.currentTarget.value)}
          error={faults.fields.expiresOn}
          required
        />
        <Select
          label={say('consent.legalBasis')}
          data={legalBases.map((one) => ({ value: one, label: say(`consent.legalBasis.${one}`) }))}
          value={legalBasis}
          onChange={(value) => value && setLegalBasis(value as LegalBasis)}
          error={faults.fields.legalBasis}
          allowDeselect={false}
        />
        <DialogFoot loading={give.isPending}>{say('consent.record')}</DialogFoot>
      </form>
    </Dialog>
  );
}
