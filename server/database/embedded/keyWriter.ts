// Duty: a growing run of bytes in which keys are put together: plain pieces whose byte order is their order.

/** Makes one key after the other in the same memory; `take` copies the finished one out. */
export class KeyWriter {
  length = 0;
  #buffer = Buffer.allocUnsafe(4_096);

  start(): void {
    this.length = 0;
  }

  take(from = 0, to = this.length): Buffer {
    return Buffer.from(this.#buffer.subarray(from, to));
  }

  view(from: number): Uint8Array {
    return this.#buffer.subarray(from, this.length);
  }

  at(position: number): number {
    return this.#buffer[position]!;
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.length++] = value;
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#buffer.set(value, this.length);
    this.length += value.length;
  }

  /** Ends with two zeros; a zero inside is followed by 0xff, so that a shorter text stands before a longer one. */
  text(value: string): void {
    this.#room(value.length * 6 + 2);
    const start = this.length;
    this.length += this.#buffer.write(value, this.length, 'utf8');
    if (value.includes('\0')) {
      const raw = this.take(start);
      this.length = start;
      for (const each of raw) {
        this.#buffer[this.length++] = each;
        if (each === 0) this.#buffer[this.length++] = 0xff;
      }
    }
    this.#buffer[this.length++] = 0;
    this.#buffer[this.length++] = 0;
  }

  uint16(value: number): void {
    this.#room(2);
    this.length = this.#buffer.writeUInt16BE(value, this.length);
  }

  uint32(value: number): void {
    this.#room(4);
    this.length = this.#buffer.writeUInt32BE(value, this.length);
  }

  uint64(value: bigint): void {
    this.#room(8);
    this.length = this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), this.length);
  }

  int64(value: bigint): void {
    this.uint64(value ^ (1n << 63n));
  }

  /** The sign bit flipped, all bits flipped for negatives; NaN before all numbers, -0 as 0. */
  float64(value: number): void {
    this.#room(8);
    const buffer = this.#buffer;
    const start = this.length;
    this.length += 8;
    if (Number.isNaN(value)) {
      buffer.fill(0, start, start + 8);
      return;
    }
    buffer.writeDoubleBE(value === 0 ? 0 : value, start);
    if (buffer[start]! & 0x80) this.invert(start);
    else buffer[start]! ^= 0x80;
  }

  /** Turns the order of what was written since `from` around. */
  invert(from: number): void {
    for (let at = from; at < this.length; at++) this.#buffer[at]! ^= 0xff;
  }

  #room(bytes: number): void {
    if (this.length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + bytes));
    this.#buffer.copy(larger, 0, 0, this.length);
    this.#buffer = larger;
  }
}
