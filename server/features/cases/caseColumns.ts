// Duty: typed columns that grow, and the way from a case's id to its row (open addressing over the id's 16 bytes). No meaning of columns.

const firstRows = 4_096;
/** State of a row whose case is gone. */
export const gone = 255;

/** Two hexadecimal digits per byte. */
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const high = (word: number): string => digits[word >>> 24]! + digits[(word >>> 16) & 255]!;
const low = (word: number): string => digits[(word >>> 8) & 255]! + digits[word & 255]!;

export class CaseColumns {
  /** Rows in use, those of cases that are gone included. */
  rows = 0;
  goneRows = 0;
  /** Four words per row. */
  id = new Uint32Array(firstRows * 4);
  version = new Uint32Array(firstRows);
  reference = new Uint32Array(firstRows);
  place = new Uint16Array(firstRows);
  lead = new Uint16Array(firstRows);
  loggedDay = new Uint16Array(firstRows);
  nextDay = new Uint16Array(firstRows);
  subTheme = new Uint8Array(firstRows);
  state = new Uint8Array(firstRows);
  ending = new Uint8Array(firstRows);
  /** Row + 1 per slot, 0 when free; twice as many slots as rows or more. */
  #slots = new Int32Array(firstRows * 2);
  readonly #wanted = new Uint32Array(4);

  /** −1 when the id was never here. */
  find(id: string): number {
    this.#read(id);
    return this.#slots[this.#slotOf()]! - 1;
  }

  idAt(row: number): string {
    const at = row * 4;
    const { id } = this;
    const [a, b, c, d] = [id[at]!, id[at + 1]!, id[at + 2]!, id[at + 3]!];
    return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`;
  }

  /** A new row begins as gone: it counts once its columns are filled. */
  findOrAdd(id: string): number {
    this.#read(id);
    const known = this.#slots[this.#slotOf()]! - 1;
    if (known >= 0) return known;
    if (this.rows === this.version.length) this.reserve(Math.ceil(this.rows * 1.2));
    const row = this.rows;
    this.rows += 1;
    this.goneRows += 1;
    this.id.set(this.#wanted, row * 4);
    this.state[row] = gone;
    this.#slots[this.#slotOf()] = row + 1;
    return row;
  }

  reserve(count: number): void {
    if (count <= this.version.length) return;
    this.id = widened(this.id, count * 4);
    this.version = widened(this.version, count);
    this.reference = widened(this.reference, count);
    this.place = widened(this.place, count);
    this.lead = widened(this.lead, count);
    this.loggedDay = widened(this.loggedDay, count);
    this.nextDay = widened(this.nextDay, count);
    this.subTheme = widened(this.subTheme, count);
    this.state = widened(this.state, count);
    this.ending = widened(this.ending, count);
    let slots = this.#slots.length;
    while (slots < count * 1.5) slots *= 2;
    if (slots === this.#slots.length) return;
    this.#slots = new Int32Array(slots);
    for (let row = 0; row < this.rows; row += 1) {
      this.#wanted.set(this.id.subarray(row * 4, row * 4 + 4));
      this.#slots[this.#slotOf()] = row + 1;
    }
  }

  #read(id: string): void {
    this.#wanted[0] = Number.parseInt(id.slice(0, 8), 16);
    this.#wanted[1] = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
    this.#wanted[2] = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
    this.#wanted[3] = Number.parseInt(id.slice(28, 36), 16);
  }

  /** The slot that holds the wanted id, or the free one where it belongs. */
  #slotOf(): number {
    const [a, b, c, d] = this.#wanted as unknown as [number, number, number, number];
    const mask = this.#slots.length - 1;
    let hash = Math.imul(a ^ b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const row = this.#slots[slot]! - 1;
      if (row < 0) return slot;
      const at = row * 4;
      if (this.id[at] === a && this.id[at + 1] === b && this.id[at + 2] === c && this.id[at + 3] === d)
        return slot;
      slot = (slot + 1) & mask;
    }
  }
}

function widened<Column extends Uint32Array | Uint16Array | Uint8Array>(
  column: Column,
  length: number,
): Column {
  const wider = new (column.constructor as new (length: number) => Column)(length);
  wider.set(column);
  return wider;
}
