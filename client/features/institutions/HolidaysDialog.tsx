// Duty: the public holidays of one year as a form: days, names in three languages, how sure.
import { ActionIcon, Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import type { Holiday, HolidayYear } from '../../../shared/replyRules.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Plus, X } from '../../ui/icons.ts';
import classes from './institutions.module.css';
import { useSetHolidays } from './useInstitutions.ts';

interface Props {
  year: string;
  kept: HolidayYear | null;
  onClose: () => void;
  onDone: () => void;
}

type Row = Holiday & { key: string };

export function HolidaysDialog({ year, kept, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const save = useSetHolidays(year);
  const [rows, setRows] = useState<Row[]>(() => (kept?.days ?? []).map((one) => ({ ...one, key: newId() })));
  const shown = rows.flatMap((_, at) =>
    ['day', 'names.sq', 'names.sr', 'names.en'].map((field) => `days.${at}.${field}`),
  );
  const faults = save.error ? explain(save.error, shown) : null;
  const change = (key: string, next: Partial<Holiday>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...next } : row)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const days = rows.map(({ day, names, sure }) => ({ day, names, sure }));
    save.mutate({ version: kept?.version ?? 0, days }, { onSuccess: onDone });
  };
  return (
    <Dialog typed={rows} onClose={onClose} size="xl" title={`${say('replyRules.holidays')} ${year}`}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          {rows.map((row, at) => (
            <fieldset key={row.key} className={classes.dayRow}>
              <legend className={classes.hidden}>
                {row.names.en || row.day || say('replyRules.addDay')}
              </legend>
              <TextInput
                type="date"
                label={say('replyRules.day')}
                value={row.day}
                min={`${year}-01-01`}
                max={`${year}-12-31`}
                onChange={(event) => change(row.key, { day: event.currentTarget.value })}
                error={faults?.fields[`days.${at}.day`]}
                required
              />
              {(['sq', 'sr', 'en'] as const).map((one) => (
                <TextInput
                  key={one}
                  label={say(`replyRules.name.${one}`)}
                  value={row.names[one]}
                  onChange={(event) =>
                    change(row.key, { names: { ...row.names, [one]: event.currentTarget.value } })
                  }
                  error={faults?.fields[`days.${at}.names.${one}`]}
                  maxLength={80}
                  required
                />
              ))}
              <Checkbox
                label={say('replyRules.sure')}
                checked={row.sure}
                onChange={(event) => change(row.key, { sure: event.currentTarget.checked })}
                className={classes.end}
              />
              <ActionIcon
                className={classes.end}
                aria-label={say('replyRules.removeDay', { name: row.names.en || row.day || '–' })}
                onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
              >
                <X size={18} aria-hidden />
              </ActionIcon>
            </fieldset>
          ))}
          <Button
            variant="light"
            className={classes.start}
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() =>
              setRows([
                ...rows,
                { key: newId(), day: `${year}-01-01`, names: { sq: '', sr: '', en: '' }, sure: true },
              ])
            }
          >
            {say('replyRules.addDay')}
          </Button>
          <DialogFoot loading={save.isPending}>{say('common.save')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
