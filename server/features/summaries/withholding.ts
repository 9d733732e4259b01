// Duty: decide which numbers of one measure over one stretch of months are shown. Pure: numbers in, choices out; no database, no words.

/** A measure's true numbers: the whole, and tables of cells that add up to the whole, each by one thing alone. */
export interface Measured {
  total: number;
  /** Cells in the order in which they are tried: fixed in advance, never by their values. */
  tables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How many records stand behind a cell where that is fewer than the cell says: people of few cases. */
  behind?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of people: how many of them the largest record brings, to the whole and to each cell. */
  largest?: { total: number; tables: Readonly<Record<string, Readonly<Record<string, number>>>> };
}

/** What is told of it. A table that is withheld as a whole has no cells. */
export interface Told {
  total: boolean;
  tables: Readonly<Record<string, readonly string[]>>;
}

/** More than this of a sum from one record, and the sum tells how large that record is. */
const mostOfOne = 0.8;
const isDominated = (sum: number, largest = 0): boolean => largest > mostOfOne * sum;

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

/** What a table's withheld cells come to together is known to all who subtract, so it must stand for several records too. */
function isOfMany(measured: Measured, table: string, cells: readonly string[], threshold: number): boolean {
  const { behind, largest } = measured;
  const sumOf = (values: Readonly<Record<string, number>> | undefined) =>
    cells.reduce((sum, cell) => sum + (values?.[cell] ?? 0), 0);
  if (!behind || !largest || cells.length === 0) return true;
  // Of cells that share records the largest is at most so much.
  const most = Math.min(largest.total, sumOf(largest.tables[table]));
  return sumOf(behind[table]) >= threshold && !isDominated(sumOf(measured.tables[table]), most);
}

/** The same question where besides no cell can be more than its shown counterpart in another measure. */
function hasRoom(
  values: Readonly<Record<string, number>>,
  hidden: readonly string[],
  caps: Readonly<Record<string, number>>,
  threshold: number,
): boolean {
  const ends = hidden.map((cell) => {
    const isSmall = values[cell]! < threshold;
    const [least, most] = isSmall ? [0, threshold - 1] : [threshold, Number.POSITIVE_INFINITY];
    return { least, most: Math.min(most, Math.max(caps[cell]!, values[cell]!)) };
  });
  const rest =
    hidden.reduce((sum, cell) => sum + values[cell]!, 0) - ends.reduce((sum, { least }) => sum + least, 0);
  const room = ends.reduce((sum, { least, most }) => sum + most - least, 0) - rest;
  // Each can rise by what all are above their least, and fall by what all are below their most.
  return ends.every(({ least, most }) => {
    const own = most - least;
    return Math.min(own, rest) - Math.max(0, own - room) >= threshold - 1;
  });
}

/**
 * Starts with everything withheld but what is large, and takes larger cells back from the end of the fixed order until the rest
 * is hidden. Where even withholding all is not enough, the table is left out. Who knows this rule, and every number it lets
 * through, learns no more: a test tries every set of numbers there is, up to a size.
 */
function shownCells(
  measured: Measured,
  table: string,
  isLarge: (cell: string, value: number) => boolean,
  { threshold, under }: Limits,
): string[] {
  const caps = under?.[table];
  if (caps === null) return [];
  const cells = Object.entries(measured.tables[table]!);
  const shown = cells.filter(([cell, value]) => isLarge(cell, value));
  const hidden: Hidden = { small: 0, large: 0, sum: 0 };
  const names: string[] = [];
  const isWithheld = () =>
    isHidden(hidden, threshold) &&
    isOfMany(measured, table, names, threshold) &&
    (!caps || hasRoom(measured.tables[table]!, names, caps, threshold));
  const hide = ([cell, value]: [string, number]) => {
    names.push(cell);
    hidden[value < threshold ? 'small' : 'large'] += 1;
    hidden.sum += value;
  };
  for (const cell of cells) if (!isLarge(...cell)) hide(cell);
  while (!isWithheld()) {
    const next = shown.pop();
    if (!next) return [];
    hide(next);
  }
  return shown.map(([cell]) => cell);
}

/**
 * Of people over cases whose own cells are shown: those cells but the ones that a single case makes up, and others taken back
 * from the end until what is withheld beside the cases' own is hidden. Its bounds are these: no fewer people than cases, and in
 * a cell that one of `c` cases makes up more than 5 (c − 1).
 */
function shownOver(
  measured: Measured,
  table: string,
  known: readonly string[],
  mayShow: (cell: string) => boolean,
  threshold: number,
): string[] {
  const values = measured.tables[table]!;
  const casesIn = (cell: string) => measured.behind?.[table]?.[cell] ?? 0;
  const isOfOne = (cell: string) => isDominated(values[cell]!, measured.largest?.tables[table]?.[cell]);
  const leastIn = (cell: string) => (isOfOne(cell) ? Math.max(0, 5 * casesIn(cell) - 4) : casesIn(cell));
  const shown = known.filter((cell) => mayShow(cell) && !isOfOne(cell));
  for (;;) {
    const hidden = Object.keys(values).filter((cell) => !shown.includes(cell));
    const isOwn = known.length - shown.length === 0;
    const room = hidden.reduce((sum, cell) => sum + values[cell]! - leastIn(cell), 0);
    const isWide = isOwn || (hidden.length > 1 && room >= threshold - 1);
    if (isWide && isOfMany(measured, table, hidden, threshold)) return shown;
    if (shown.pop() === undefined) return [];
  }
}

export interface Limits {
  threshold: number;
  /** What an earlier version of the same numbers told: what it withheld stays withheld. */
  within?: Told | undefined;
  /** The cells that the measure beneath shows, of the tables that follow it. */
  over?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Of tables of a measure that is no more than another: what that one shows, where it shows all; null where it does not. */
  under?: Readonly<Record<string, Readonly<Record<string, number>> | null>> | undefined;
}

/** Cells are shown only where the total is: otherwise they would give it back. */
export function withhold(measured: Measured, limits: Limits): Told {
  const { threshold, within, over } = limits;
  const { total, largest, behind } = measured;
  if (total < threshold || isDominated(total, largest?.total) || within?.total === false)
    return { total: false, tables: {} };
  const tables = Object.keys(measured.tables).map((name) => {
    const mayShow = (cell: string) => !within || (within.tables[name] ?? []).includes(cell);
    const known = over?.[name];
    if (known) return [name, shownOver(measured, name, known, mayShow, threshold)] as const;
    const isLarge = (cell: string, value: number) =>
      value >= threshold &&
      (behind?.[name]?.[cell] ?? value) >= threshold &&
      !isDominated(value, largest?.tables[name]?.[cell]) &&
      mayShow(cell);
    return [name, shownCells(measured, name, isLarge, limits)] as const;
  });
  return { total: true, tables: Object.fromEntries(tables) };
}

/**
 * What of that the public is told: tables whole or not at all. It follows from what funders are told, so who reads both learns
 * nothing from the difference; and who reads this alone knows of a table left out no more than that some cell of it is small.
 */
export function withholdWhole(
  measured: Measured,
  told: Told,
  { threshold, within, over, under }: Limits,
): Told {
  if (!told.total || measured.total < threshold || within?.total === false)
    return { total: false, tables: {} };
  const tables = Object.entries(measured.tables).map(([name, values]) => {
    const cells = Object.keys(values);
    const isWhole =
      told.tables[name]?.length === cells.length &&
      cells.every((cell) => values[cell]! >= threshold) &&
      (over?.[name]?.length ?? cells.length) === cells.length &&
      under?.[name] !== null &&
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
