// Duty: the reply rule of one kind of letter as a form. What the server refuses stands beside its field.
import { Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { dayKinds, type LetterKind, letterLimits, silenceMeanings } from '../../../shared/letterLists.ts';
import type { ReplyRule, ReplyRuleInput } from '../../../shared/replyRules.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './institutions.module.css';
import { useSetRule } from './useInstitutions.ts';

const shown = ['days', 'dayKind', 'extensionDays', 'silence', 'law.sq', 'law.sr', 'law.en', 'checked'];

interface Props {
  kind: LetterKind;
  rule: ReplyRule | null;
  onClose: () => void;
  onDone: () => void;
}

export function RuleDialog({ kind, rule, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const save = useSetRule(kind);
  const [values, setValues] = useState({
    days: String(rule?.days ?? ''),
    dayKind: rule?.dayKind ?? 'working',
    extensionDays: String(rule?.extensionDays ?? 0),
    silence: rule?.silence ?? 'nothing',
    law: rule?.law ?? { sq: '', sr: '', en: '' },
    checked: rule?.checked ?? false,
  });
  const change = (next: Partial<typeof values>) => setValues((before) => ({ ...before, ...next }));
  const faults = save.error ? explain(save.error, shown) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
    const input = {
      ...values,
      days: number(values.days),
      extensionDays: number(values.extensionDays),
      version: rule?.version ?? 0,
    } as ReplyRuleInput;
    save.mutate(input, { onSuccess: onDone });
  };
  return (
    <Dialog
      typed={values}
      onClose={onClose}
      title={say('replyRules.edit', { kind: say(`letters.kind.${kind}`) })}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <div className={classes.pair}>
            <TextInput
              type="number"
              label={say('replyRules.days')}
              value={values.days}
              onChange={(event) => change({ days: event.currentTarget.value })}
              error={faults?.fields.days}
              required
              data-autofocus
            />
            <NativeSelect
              label={say('replyRules.dayKind')}
              value={values.dayKind}
              onChange={(event) => change({ dayKind: event.currentTarget.value as typeof values.dayKind })}
              data={dayKinds.map((one) => ({ value: one, label: say(`replyRules.dayKind.${one}`) }))}
            />
          </div>
          <TextInput
            type="number"
            label={say('replyRules.extension')}
            value={values.extensionDays}
            onChange={(event) => change({ extensionDays: event.currentTarget.value })}
            error={faults?.fields.extensionDays}
            required
          />
          <NativeSelect
            label={say('replyRules.silence')}
            value={values.silence}
            onChange={(event) => change({ silence: event.currentTarget.value as typeof values.silence })}
            data={silenceMeanings.map((one) => ({ value: one, label: say(`replyRules.silence.${one}`) }))}
          />
          {(['sq', 'sr', 'en'] as const).map((one) => (
            <TextInput
              key={one}
              label={say(`replyRules.law.${one}`)}
              value={values.law[one]}
              onChange={(event) => change({ law: { ...values.law, [one]: event.currentTarget.value } })}
              error={faults?.fields[`law.${one}`]}
              maxLength={letterLimits.law}
              required
            />
          ))}
          <Checkbox
            label={say('replyRules.checked')}
            checked={values.checked}
            onChange={(event) => change({ checked: event.currentTarget.checked })}
          />
          <DialogFoot loading={save.isPending}>{say('common.save')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
