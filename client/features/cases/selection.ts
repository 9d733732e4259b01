// Duty: which rows of the list are selected, with ranges; forgets rows that are no longer shown. What is done to them is BulkBar's.
import { useMemo, useRef, useState } from 'react';
import { limits } from '../../../shared/caseLists.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';

/** Ids between two of them, both included, in the list's order. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (a === -1 || b === -1) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function useSelection(rows: CaseRow[]) {
  const [on, setOn] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const chosenRows = useMemo(() => rows.filter((row) => ids.has(row.id)).slice(0, limits.bulk), [rows, ids]);
  const chosen = useMemo(() => new Set(chosenRows.map((row) => row.id)), [chosenRows]);
  return {
    on: on || chosen.size > 0,
    chosen,
    rows: chosenRows,
    setOn(next: boolean) {
      setOn(next);
      if (!next) setIds(new Set());
    },
    toggle(id: string, range: boolean) {
      const order = rows.map((row) => row.id);
      const group = range && last.current ? between(order, last.current, id) : [id];
      const add = !ids.has(id);
      last.current = id;
      setOn(true);
      setIds((before) => {
        const after = new Set(before);
        for (const one of group) {
          if (add) after.add(one);
          else after.delete(one);
        }
        return after;
      });
    },
    all() {
      setOn(true);
      setIds(new Set(rows.slice(0, limits.bulk).map((row) => row.id)));
    },
    none() {
      setIds(new Set());
    },
  };
}
