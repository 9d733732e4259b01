// Duty: the index's rows in the order of logging, so that the newest that match are found without sorting. What matches is the caller's.

export interface Logged {
  loggedAt: number;
  id: string;
}

/** Logged later, or at the same moment with a greater id: the order of the list. */
export const isNewer = (a: Logged, b: Logged): boolean =>
  a.loggedAt > b.loggedAt || (a.loggedAt === b.loggedAt && a.id > b.id);

const firstRows = 4_096;

export class CaseOrder {
  readonly #idAt: (row: number) => string;
  /** Moment of logging per row, 0 for a row that has none yet; it never changes. */
  #loggedAt = new Float64Array(firstRows);
  /** Rows from the oldest to the newest. */
  #rows = new Uint32Array(firstRows);
  #length = 0;

  constructor(idAt: (row: number) => string) {
    this.#idAt = idAt;
  }

  put(row: number, loggedAt: number): void {
    if ((this.#loggedAt[row] ?? 0) !== 0) return;
    if (row >= this.#loggedAt.length) {
      const wider = new Float64Array(Math.ceil(row * 1.3) + 1);
      wider.set(this.#loggedAt);
      this.#loggedAt = wider;
    }
    if (this.#length === this.#rows.length) {
      const wider = new Uint32Array(Math.ceil(this.#length * 1.3) + 1);
      wider.set(this.#rows);
      this.#rows = wider;
    }
    this.#loggedAt[row] = loggedAt;
    const one = { loggedAt, id: this.#idAt(row) };
    const last = this.#length === 0 ? null : this.#at(this.#length - 1);
    const place = last === null || isNewer(one, last) ? this.#length : this.#firstNotOlder(one);
    this.#rows.copyWithin(place + 1, place, this.#length);
    this.#rows[place] = row;
    this.#length += 1;
  }

  /** The newest `limit` rows that are accepted, after that one. */
  newest(accepts: (row: number) => boolean, after: Logged | null, limit: number): number[] {
    const found: number[] = [];
    const from = (after ? this.#firstNotOlder(after) : this.#length) - 1;
    for (let at = from; at >= 0 && found.length < limit; at -= 1) {
      const row = this.#rows[at]!;
      if (accepts(row)) found.push(row);
    }
    return found;
  }

  #at(position: number): Logged {
    const row = this.#rows[position]!;
    return { loggedAt: this.#loggedAt[row]!, id: this.#idAt(row) };
  }

  /** Position of the first row that is this one or newer. */
  #firstNotOlder(one: Logged): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isNewer(one, this.#at(middle))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
