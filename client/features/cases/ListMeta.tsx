// Duty: the line between filters and rows: how many, what was searched, the order, the way into selecting.
import { Button } from '@mantine/core';
import { type CaseSort, caseSorts } from '../../../shared/caseLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ListChecks, X } from '../../ui/icons.ts';
import type { Filters } from './filters.ts';
import classes from './list.module.css';

interface Props {
  filters: Filters;
  total: number | undefined;
  onChange: (filters: Filters) => void;
  /** Null: this person cannot change many at once. */
  selecting: boolean | null;
  onSelecting: (on: boolean) => void;
  onSelectAll: () => void;
}

export function ListMeta({ filters, total, onChange, selecting, onSelecting, onSelectAll }: Props) {
  const { say } = useSpeech();
  return (
    <div className={classes.meta}>
      <span className={classes.metaRight}>
        <span role="status">{total !== undefined && say('case.list.total', { count: total })}</span>
        {filters.q && (
          <button
            type="button"
            className={classes.chip}
            data-active
            aria-label={say('case.list.remove', { name: filters.q })}
            onClick={() => onChange({ ...filters, q: undefined })}
          >
            <span>“{filters.q}”</span>
            <X size={16} aria-hidden />
          </button>
        )}
      </span>
      <span className={classes.metaRight}>
        {selecting !== null && (total ?? 0) > 0 && (
          <>
            {selecting && (
              <Button variant="subtle" size="sm" onClick={onSelectAll}>
                {say('case.list.selectAll')}
              </Button>
            )}
            <Button
              variant="subtle"
              size="sm"
              color={selecting ? undefined : 'gray'}
              leftSection={<ListChecks size={18} aria-hidden />}
              aria-pressed={selecting}
              onClick={() => onSelecting(!selecting)}
            >
              {say('case.list.selectMany')}
            </Button>
          </>
        )}
        <select
          className={classes.sort}
          aria-label={say('case.list.sort')}
          value={filters.sort}
          onChange={(event) => onChange({ ...filters, sort: event.currentTarget.value as CaseSort })}
        >
          {caseSorts.map((sort) => (
            <option key={sort} value={sort}>
              {say(`case.sort.${sort}`)}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
