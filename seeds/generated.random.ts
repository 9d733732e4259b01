// Duty: random numbers that are the same for the same seed everywhere, and choices made with them.

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** An item, as often as its weight is of all weights. */
  weighted<Item extends string>(weights: Readonly<Record<Item, number>>): Item;
  chance(share: number): boolean;
}

/** mulberry32: 32 bits of state, even enough for invented data, fast. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (items) => items[below(items.length)]!,
    weighted<Item extends string>(weights: Readonly<Record<Item, number>>): Item {
      const items = Object.keys(weights) as Item[];
      let left = next() * items.reduce((sum, item) => sum + weights[item], 0);
      for (const item of items) {
        left -= weights[item];
        if (left < 0) return item;
      }
      return items.at(-1)!;
    },
    chance: (share) => next() < share,
  };
}

/** A time-ordered id (UUID version 7) whose random part comes from the seed. */
export function randomId(random: Random, milliseconds: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  const time = hex(milliseconds, 12);
  const variant = hex(0x8000 + random.below(0x4000), 4);
  const tail = hex(random.below(2 ** 24), 6) + hex(random.below(2 ** 24), 6);
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex(0x7000 + random.below(0x1000), 4)}-${variant}-${tail}`;
}
