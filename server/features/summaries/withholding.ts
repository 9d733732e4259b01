// Duty: decide which numbers of one measure over one stretch of months are shown. Pure: numbers in, choices out; no database, no words.

/** A measure's true numbers: the whole, and tables of cells that add up to the whole, each by one thing alone. */
export interface Measured {
  total: number;
  /** Cells in the order in which they are tried: fixed in advance, never by their values. */
  tables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How many records stand behind a cell where that is fewer than the cell says: people of few cases. */
  behind?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What is told of it. A table that is withheld as a whole has no cells. */
export interface Told {
  total: boolean;
  tables: Readonly<Record<string, readonly string[]>>;
}

/** What stays with us of a table: how many small numbers and how many larger ones that hide them, and their sum. */
interface Hidden {
  small: number;
  large: number;
  sum: number;
}

/**
 * Whether nobody can say more of any withheld cell than "below the threshold" (or, of a larger one, bound it closer than that),
 * although they know the total, every shown cell, and even which withheld cells are small and which hide them. The sum of the
 * withheld cells is known; a small one lies between 0 and t−1, a larger one from t upwards; so the bounds are these.
 */
export function isHidden({ small, large, sum }: Hidden, threshold: number): boolean {
  if (small + large === 0) return true;
  const widest = threshold - 1;
  // Together they are a number too, which must not be small itself.
  if (large === 0) return sum >= threshold && sum <= (small - 1) * widest;
  return small + large > 1 && sum >= large * threshold + widest;
}

/**
 * Starts with everything withheld but what is large, and takes larger cells back from the end of the fixed order until the rest
 * is hidden. Where even withholding all is not enough, the table is left out. Who knows this rule, and every number it lets
 * through, learns no more: a test tries every set of numbers there is, up to a size.
 */
function shownCells(
  cells: readonly (readonly [string, number])[],
  isLarge: (cell: string, value: number) => boolean,
  threshold: number,
): string[] {
  const shown = cells.filter(([cell, value]) => isLarge(cell, value));
  const hidden: Hidden = { small: 0, large: 0, sum: 0 };
  for (const [cell, value] of cells) {
    if (isLarge(cell, value)) continue;
    hidden[value < threshold ? 'small' : 'large'] += 1;
    hidden.sum += value;
  }
  while (!isHidden(hidden, threshold)) {
    const next = shown.pop();
    if (!next) return [];
    hidden.large += 1;
    hidden.sum += next[1];
  }
  return shown.map(([cell]) => cell);
}

export interface Limits {
  threshold: number;
  /** What an earlier version of the same numbers told: what it withheld stays withheld. */
  within?: Told | undefined;
}

/** Cells are shown only where the total is: otherwise they would give it back. */
export function withhold(measured: Measured, { threshold, within }: Limits): Told {
  if (measured.total < threshold || within?.total === false) return { total: false, tables: {} };
  const tables = Object.entries(measured.tables).map(([name, cells]) => {
    const allowed = within && new Set(within.tables[name] ?? []);
    const isLarge = (cell: string, value: number) =>
      value >= threshold &&
      (measured.behind?.[name]?.[cell] ?? value) >= threshold &&
      (!allowed || allowed.has(cell));
    return [name, shownCells(Object.entries(cells), isLarge, threshold)] as const;
  });
  return { total: true, tables: Object.fromEntries(tables) };
}

/**
 * What of that the public is told: tables whole or not at all. It follows from what funders are told, so who reads both learns
 * nothing from the difference; and who reads this alone knows of a table left out no more than that some cell of it is small.
 */
export function withholdWhole(measured: Measured, told: Told, { threshold, within }: Limits): Told {
  if (!told.total || measured.total < threshold || within?.total === false)
    return { total: false, tables: {} };
  const tables = Object.entries(measured.tables).map(([name, values]) => {
    const cells = Object.keys(values);
    const isWhole =
      told.tables[name]?.length === cells.length &&
      cells.every((cell) => values[cell]! >= threshold) &&
      (within?.tables[name]?.length ?? cells.length) === cells.length;
    return [name, isWhole ? cells : []] as const;
  });
  return { total: true, tables: Object.fromEntries(tables) };
}

/** A number that a newer version would change by less than the threshold tells of few persons: where such changes are. */
export function tellingChanges(before: Measured, told: Told, after: Measured, threshold: number): string[] {
  const isTelling = (change: number) => change !== 0 && Math.abs(change) < threshold;
  if (!told.total) return [];
  const found = isTelling(after.total - before.total) ? [''] : [];
  for (const [name, cells] of Object.entries(before.tables)) {
    const shown = new Set(told.tables[name] ?? []);
    let rest = 0;
    for (const [cell, value] of Object.entries(cells)) {
      const change = (after.tables[name]?.[cell] ?? 0) - value;
      if (!shown.has(cell)) rest += change;
      else if (isTelling(change)) found.push(`${name}/${cell}`);
    }
    if (isTelling(rest)) found.push(`${name}/`);
  }
  return found;
}
