// Duty: what the chips over the list open: choices with counts, a lead, a period. Loaded when the first chip is opened.
import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import type { Filters } from './filters.ts';
import classes from './list.module.css';
import { useLeadName } from './useLeadName.ts';

export interface Option {
  value: string;
  label: string;
  count?: number | undefined;
}

export function ListPanel(props: {
  label: string;
  options: Option[];
  chosen: string[];
  onToggle: (value: string) => void;
}) {
  return (
    <fieldset className={classes.options}>
      <legend className={classes.hidden}>{props.label}</legend>
      {props.options.map(({ value, label, count }) => (
        <div key={value} className={classes.option}>
          <Checkbox
            label={label}
            checked={props.chosen.includes(value)}
            onChange={() => props.onToggle(value)}
          />
          {count !== undefined && <span className={classes.count}>{count}</span>}
        </div>
      ))}
    </fieldset>
  );
}

export function LeadPanel(props: {
  filters: Filters;
  counts: CaseCounts | undefined;
  onChange: (filters: Filters) => void;
}) {
  const { say } = useSpeech();
  const me = useMe();
  const leadName = useLeadName();
  const { data: colleagues = [] } = useColleagues();
  const options: Option[] = [
    { value: '', label: say('case.list.all') },
    { value: 'me', label: leadName('me') },
    { value: 'none', label: leadName('none'), count: props.counts?.withoutLead },
    ...colleagues
      .filter((one) => one.active && one.id !== me.id)
      .map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <Radio.Group
      aria-label={say('case.lead')}
      value={props.filters.lead ?? ''}
      onChange={(value) => props.onChange({ ...props.filters, lead: value || undefined })}
    >
      <div className={classes.options}>
        {options.map((option) => (
          <div key={option.value} className={classes.option}>
            <Radio value={option.value} label={option.label} />
            {option.count !== undefined && <span className={classes.count}>{option.count}</span>}
          </div>
        ))}
      </div>
    </Radio.Group>
  );
}

export function PeriodPanel({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const { say } = useSpeech();
  return (
    <Stack gap="xs" p="xs">
      <TextInput
        type="date"
        label={say('case.list.from')}
        value={filters.from ?? ''}
        max={filters.to}
        onChange={(event) => onChange({ ...filters, from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={say('case.list.to')}
        value={filters.to ?? ''}
        min={filters.from}
        onChange={(event) => onChange({ ...filters, to: event.currentTarget.value || undefined })}
      />
    </Stack>
  );
}
