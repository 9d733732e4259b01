// Duty: the chips above the list: each opens its choices with counts and writes the URL. The filters' meaning is in filters.ts.
import { Checkbox, Popover, Radio, Stack, TextInput } from '@mantine/core';
import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { caseStatuses, urgencies } from '../../../shared/caseLists.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues, usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { countFilters, type Filters, type ListFilter, offeredSubThemes, toggled } from './filters.ts';
import classes from './list.module.css';

interface Props {
  filters: Filters;
  counts: CaseCounts | undefined;
  onChange: (filters: Filters) => void;
}

export function FilterBar({ filters, counts, onChange }: Props) {
  const { say, language } = useSpeech();
  const me = useMe();
  const placeName = usePlaceName();
  const lists: { name: ListFilter; label: string; options: Option[] }[] = [
    {
      name: 'theme',
      label: say('case.theme'),
      options: themes.map((value) => ({
        value,
        label: say(`theme.${value}`),
        count: counts?.byTheme[value],
      })),
    },
    {
      name: 'subTheme',
      label: say('case.subTheme'),
      options: offeredSubThemes(filters).map((value) => ({ value, label: say(`subTheme.${value}`) })),
    },
    {
      name: 'status',
      label: say('case.status'),
      options: caseStatuses
        .filter((value) => value !== 'draft')
        .map((value) => ({ value, label: say(`status.${value}`), count: counts?.byStatus[value] })),
    },
    {
      name: 'urgency',
      label: say('case.urgency'),
      options: urgencies.map((value) => ({
        value,
        label: say(`urgency.${value}`),
        count: counts?.byUrgency[value],
      })),
    },
  ];
  if (!me.municipality)
    lists.unshift({
      name: 'municipality',
      label: say('case.municipality'),
      options: municipalitySlugs.map((value) => ({
        value,
        label: placeName(value),
        count: counts?.byMunicipality[value],
      })),
    });
  const active = countFilters(filters);
  return (
    <fieldset className={classes.filters} style={{ border: 0, margin: 0 }} key={language}>
      <legend className={classes.hidden}>{say('case.list.filters')}</legend>
      {lists.map((list) => (
        <ListChip
          key={list.name}
          label={list.label}
          options={list.options}
          chosen={filters[list.name] ?? []}
          onToggle={(value) => onChange(toggled(filters, list.name, value))}
        />
      ))}
      <LeadChip filters={filters} counts={counts} onChange={onChange} />
      <button
        type="button"
        className={classes.chip}
        aria-pressed={filters.late === true}
        data-active={filters.late || undefined}
        onClick={() => onChange({ ...filters, late: filters.late ? undefined : true })}
      >
        {say('case.list.late')}
        {counts && <span className={classes.count}>{counts.late}</span>}
      </button>
      <PeriodChip filters={filters} onChange={onChange} />
      {active > 0 && (
        <button
          type="button"
          className={classes.chip}
          onClick={() => onChange({ sort: filters.sort, q: filters.q })}
        >
          <X size={16} aria-hidden /> {say('case.list.clear')}
        </button>
      )}
    </fieldset>
  );
}

interface Option {
  value: string;
  label: string;
  count?: number | undefined;
}

function Chip(props: { label: string; active: boolean; children: ReactNode }) {
  return (
    <Popover position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className={classes.chip} data-active={props.active || undefined}>
          <span>{props.label}</span>
          <ChevronDown size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="xs">{props.children}</Popover.Dropdown>
    </Popover>
  );
}

function ListChip(props: {
  label: string;
  options: Option[];
  chosen: string[];
  onToggle: (value: string) => void;
}) {
  const words = props.options.filter((option) => props.chosen.includes(option.value)).map((one) => one.label);
  const label =
    words.length === 0
      ? props.label
      : words.length > 2
        ? `${props.label}: ${words.length}`
        : words.join(', ');
  return (
    <Chip label={label} active={words.length > 0}>
      <fieldset className={classes.options} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className={classes.hidden}>{props.label}</legend>
        {props.options.map(({ value, label: word, count }) => (
          <div key={value} className={classes.option}>
            <Checkbox
              label={word}
              checked={props.chosen.includes(value)}
              onChange={() => props.onToggle(value)}
            />
            {count !== undefined && (
              <span className={classes.count} aria-hidden>
                {count}
              </span>
            )}
          </div>
        ))}
      </fieldset>
    </Chip>
  );
}

function LeadChip({ filters, counts, onChange }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const { data: colleagues = [] } = useColleagues();
  const chosen = filters.lead;
  const named = colleagues.find((one) => one.id === chosen)?.name;
  const words: Record<string, string> = { me: say('case.list.mine'), none: say('case.list.noLead') };
  return (
    <Chip
      label={chosen ? (words[chosen] ?? named ?? say('case.lead')) : say('case.lead')}
      active={chosen !== undefined}
    >
      <Radio.Group
        aria-label={say('case.lead')}
        value={chosen ?? ''}
        onChange={(value) => onChange({ ...filters, lead: value || undefined })}
      >
        <div className={classes.options}>
          {[
            { value: '', label: say('case.list.all') },
            { value: 'me', label: words.me! },
            { value: 'none', label: words.none!, count: counts?.withoutLead },
            ...colleagues
              .filter((one) => one.active && one.id !== me.id)
              .map((one) => ({ value: one.id, label: one.name })),
          ].map((option: Option) => (
            <div key={option.value} className={classes.option}>
              <Radio value={option.value} label={option.label} />
              {option.count !== undefined && <span className={classes.count}>{option.count}</span>}
            </div>
          ))}
        </div>
      </Radio.Group>
    </Chip>
  );
}

function PeriodChip({ filters, onChange }: Omit<Props, 'counts'>) {
  const { say, date } = useSpeech();
  const from = filters.from && date(filters.from);
  const to = filters.to && date(filters.to);
  const label =
    from && to
      ? say('case.list.period.both', { from, to })
      : from
        ? say('case.list.period.from', { from })
        : to
          ? say('case.list.period.to', { to })
          : say('case.list.period');
  return (
    <Chip label={label} active={Boolean(from || to)}>
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
    </Chip>
  );
}
