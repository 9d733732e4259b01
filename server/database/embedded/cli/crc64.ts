// Duty: the CRC-64 checksum (ECMA) that mongodump's archives carry, in two halves because JavaScript has no fast 64 bits.
export interface Crc64 {
  low: number;
  high: number;
}

export const crc64Start: Crc64 = { low: 0, high: 0 };

const lows = new Int32Array(256);
const highs = new Int32Array(256);
for (let index = 0; index < 256; index++) {
  let low = index;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (odd) {
      low ^= 0xd7870f42;
      high ^= 0xc96c5795;
    }
  }
  lows[index] = low;
  highs[index] = high;
}

/** Goes on from `sum` with further bytes. */
export function crc64(bytes: Uint8Array, sum: Crc64): Crc64 {
  let low = ~sum.low;
  let high = ~sum.high;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ lows[index]!;
    high = (high >>> 8) ^ highs[index]!;
  }
  return { low: ~low, high: ~high };
}
