// Duty: set, change or take out the target of an indicator for one period. Releases that are out keep theirs.
import { Button, NumberInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/api.ts';
import type { IndicatorEntry, Target } from '../../../shared/releases.ts';
import type { Period } from '../../../shared/summaries.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { PeriodFields, periodsOf } from './PeriodFields.tsx';
import classes from './summaries.module.css';
import { useAddTarget, useRemoveTarget, useReviseTarget } from './useFigures.ts';

interface Props {
  entry: IndicatorEntry;
  target: Target | null;
  onClose: () => void;
}

/** As typed: what is no number is the server's to refuse, beside its field. */
const typed = (value: number | string): number => (value === '' ? Number.NaN : Number(value));

export function TargetDialog({ entry, target, onClose }: Props) {
  const say = useSay();
  const explain = useFormFaults();
  const today = dayIn(0);
  const [id] = useState(() => target?.id ?? newId());
  const [period, setPeriod] = useState<Period>(
    () => target?.period ?? periodsOf('quarter', { future: false, today })[0]!,
  );
  const [value, setValue] = useState<number | string>(target?.target ?? '');
  const [baseline, setBaseline] = useState<number | string>(target?.baseline ?? '');
  const add = useAddTarget(entry.key);
  const revise = useReviseTarget(entry.key, id);
  const remove = useRemoveTarget(entry.key, id);
  const error = add.error ?? revise.error ?? remove.error;
  const faults = error ? explain(error, ['target', 'baseline', 'period']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = {
      period,
      target: typed(value),
      baseline: baseline === '' ? null : typed(baseline),
      version: entry.version,
    };
    const done = { onSuccess: onClose };
    if (target) revise.mutate(input, done);
    else add.mutate({ ...input, id }, done);
  };
  return (
    <Dialog
      typed={[period, value, baseline]}
      onClose={onClose}
      title={`${say(target ? 'figures.target.edit' : 'figures.target.add')}: ${say(`summaries.indicator.${entry.key}`)}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <PeriodFields
            value={period}
            onChange={setPeriod}
            today={today}
            future
            error={faults?.fields.period}
          />
          <NumberInput
            label={say('figures.target.value')}
            value={value}
            onChange={setValue}
            error={faults?.fields.target}
            data-autofocus
          />
          <NumberInput
            label={say('figures.target.baseline')}
            value={baseline}
            onChange={setBaseline}
            error={faults?.fields.baseline}
          />
          <div className={classes.moves}>
            <Button type="submit" loading={add.isPending || revise.isPending}>
              {say('common.save')}
            </Button>
            {target && (
              <Button
                variant="default"
                loading={remove.isPending}
                onClick={() => remove.mutate({ version: entry.version }, { onSuccess: onClose })}
              >
                {say('figures.target.remove')}
              </Button>
            )}
          </div>
        </Stack>
      </form>
    </Dialog>
  );
}
