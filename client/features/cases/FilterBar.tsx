// Duty: the chips above the list, which write the URL. What a chip opens is loaded when first opened; meanings are in filters.ts.
import { Popover } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { caseStatuses, urgencies } from '../../../shared/caseLists.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { ChevronDown, X } from '../../ui/icons.ts';
import type { Option } from './FilterPanels.tsx';
import { countFilters, type Filters, type ListFilter, offeredSubThemes, toggled } from './filters.ts';
import classes from './list.module.css';
import { useLeadName } from './useLeadName.ts';

const panels = () => import('./FilterPanels.tsx');
const ListPanel = lazy(async () => ({ default: (await panels()).ListPanel }));
const LeadPanel = lazy(async () => ({ default: (await panels()).LeadPanel }));
const PeriodPanel = lazy(async () => ({ default: (await panels()).PeriodPanel }));

interface Props {
  filters: Filters;
  counts: CaseCounts | undefined;
  onChange: (filters: Filters) => void;
}

export function FilterBar({ filters, counts, onChange }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const leadName = useLeadName();
  const lists = useListFilters(filters, counts, me.municipality !== null);
  return (
    <fieldset className={classes.filters}>
      <legend className={classes.hidden}>{say('case.list.filters')}</legend>
      {/* First, because only a link sets them: on a phone the end of the bar is out of sight. */}
      {(['issue', 'campaign', 'gap'] as const).map((name) => {
        if (!filters[name]) return null;
        const words = name === 'gap' ? say(`case.gap.${filters[name]}`) : say(`case.${name}`);
        return (
          <button
            key={name}
            type="button"
            className={classes.chip}
            data-active
            aria-label={say('case.list.remove', { name: words })}
            onClick={() => onChange({ ...filters, [name]: undefined })}
          >
            <span>{words}</span>
            <X size={16} aria-hidden />
          </button>
        );
      })}
      {lists.map(({ name, label, options }) => {
        const chosen = filters[name] ?? [];
        const words = options.filter(({ value }) => chosen.includes(value)).map((one) => one.label);
        return (
          <Chip
            key={name}
            label={words.length > 2 ? `${label}: ${words.length}` : words.join(', ') || label}
            active={words.length > 0}
          >
            <ListPanel
              label={label}
              options={options}
              chosen={chosen}
              onToggle={(value) => onChange(toggled(filters, name, value))}
            />
          </Chip>
        );
      })}
      <Chip
        label={filters.lead ? leadName(filters.lead) : say('case.lead')}
        active={filters.lead !== undefined}
      >
        <LeadPanel filters={filters} counts={counts} onChange={onChange} />
      </Chip>
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
      <Chip label={usePeriodWords(filters)} active={Boolean(filters.from || filters.to)}>
        <PeriodPanel filters={filters} onChange={onChange} />
      </Chip>
      {countFilters(filters) > 0 && (
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

function useListFilters(filters: Filters, counts: CaseCounts | undefined, oneMunicipality: boolean) {
  const { say } = useSpeech();
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
  if (!oneMunicipality)
    lists.unshift({
      name: 'municipality',
      label: say('case.municipality'),
      options: municipalitySlugs.map((value) => ({
        value,
        label: placeName(value),
        count: counts?.byMunicipality[value],
      })),
    });
  return lists;
}

function usePeriodWords(filters: Filters): string {
  const { say, date } = useSpeech();
  const from = filters.from && date(filters.from);
  const to = filters.to && date(filters.to);
  if (from && to) return say('case.list.period.both', { from, to });
  if (from) return say('case.list.period.from', { from });
  return to ? say('case.list.period.to', { to }) : say('case.list.period');
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
      <Popover.Dropdown p="xs" aria-label={props.label}>
        <Suspense>{props.children}</Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
