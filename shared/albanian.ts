// Duty: dates, times and numbers in Albanian: Chromium ships no Albanian, and would silently speak English. Forms follow CLDR. Pure.

const months = [
  'janar',
  'shkurt',
  'mars',
  'prill',
  'maj',
  'qershor',
  'korrik',
  'gusht',
  'shtator',
  'tetor',
  'nëntor',
  'dhjetor',
];

type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute';

/** [one ago, more ago, in one, in more] */
const forms: Record<Unit, [string, string, string, string]> = {
  year: ['vit', 'vjet', 'viti', 'vjetësh'],
  month: ['muaj', 'muaj', 'muaji', 'muajsh'],
  week: ['javë', 'javë', 'jave', 'javësh'],
  day: ['ditë', 'ditë', 'dite', 'ditësh'],
  hour: ['orë', 'orë', 'ore', 'orësh'],
  minute: ['minutë', 'minuta', 'minute', 'minutash'],
};

const named: Partial<Record<Unit, Record<number, string>>> = {
  year: { [-1]: 'vitin e kaluar', 1: 'vitin e ardhshëm' },
  month: { [-1]: 'muajin e kaluar', 1: 'muajin e ardhshëm' },
  week: { [-1]: 'javën e kaluar', 1: 'javën e ardhshme' },
  day: { [-1]: 'dje', 0: 'sot', 1: 'nesër' },
  minute: { 0: 'tani' },
};

export function albanianRelative(amount: number, unit: Unit): string {
  const name = named[unit]?.[amount];
  if (name) return name;
  const [oneAgo, moreAgo, inOne, inMore] = forms[unit];
  const count = Math.abs(amount);
  return amount < 0
    ? `${count} ${count === 1 ? oneAgo : moreAgo} më parë`
    : `pas ${count} ${count === 1 ? inOne : inMore}`;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** The moment as a clock on that wall would show it. */
function partsOf(moment: Date, timeZone?: string): Parts {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  return parts as unknown as Parts;
}

export function albanianDate(moment: Date, timeZone?: string): string {
  const { year, month, day } = partsOf(moment, timeZone);
  return `${day} ${months[month - 1]} ${year}`;
}

export function albanianDateTime(moment: Date, timeZone?: string): string {
  const { hour, minute } = partsOf(moment, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${albanianDate(moment, timeZone)}, ${two(hour)}:${two(minute)}`;
}

/** Groups of three after a no-break space, from 10 000 upwards; a decimal comma. */
export function albanianNumber(value: number): string {
  const plain = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 3 }).format(value);
  const [whole = '', fraction] = plain.split('.');
  const digits = whole.replace('-', '');
  const grouped = digits.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return fraction ? `${grouped},${fraction}` : grouped;
}

export function albanianList(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} dhe ${items.at(-1)}`;
}
