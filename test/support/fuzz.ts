// Duty: make valid inputs from the API's own description, and hostile ones out of them, by a seed. Sending and judging are the tests'.
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What of JSON Schema the API's description uses. */
export interface Shape {
  type?: string | string[];
  const?: Json;
  enum?: Json[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
}

export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** From 0 up to 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  below = (end: number): number => Math.floor(this.roll() * end);
  pick = <Item>(items: readonly Item[]): Item => items[this.below(items.length)]!;
}

/** Found nowhere but in what the fuzz sends: whatever repeats it has echoed. */
export const echo = 'Echowhisper';

/** Texts that some layer below might take for more than text. */
const hostileTexts = [
  `${echo}"><img src=x onerror=alert(1)>`,
  `${echo}\u0000after`,
  `${echo} $where: function () { return true }`,
  `{{constructor.constructor('${echo}')()}}`,
  `(((((((a+)+)+)+)+)+)+)$ ${echo}`,
  `.*${echo}[`,
  `${echo}\ud800 lone surrogate`,
  `${echo} \u202e\u200b\ufeff \u{1f468}\u200d\u{1f469} Z\u0324\u0308\u0301`,
  `../../../../etc/passwd ${echo}`,
  `'; DROP TABLE cases; -- ${echo}`,
  `${echo}\r\nBcc: somebody@example.org`,
  '$gt',
  '__proto__',
  '-1',
  ' ',
];

const hostileNumbers = [0, -1, 1.5, 1e21, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 31];
const hostileDays = ['0000-01-01', '9999-12-31', '2024-02-30', '-271821-04-20', '2026-11-21T00:00:00Z'];

/** What the maker of samples may put where an id, a token, a day or a text is asked for. */
export interface Pool {
  /** By the field's name, most of the time; the rest is for the others. */
  named: Readonly<Record<string, readonly Json[]>>;
  ids: readonly string[];
  texts: readonly string[];
  days: readonly string[];
  numbers: readonly number[];
}

export const harmless = (ids: readonly string[], named: Pool['named'] = {}): Pool => ({
  named,
  ids,
  texts: ['Some words'],
  days: [new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)],
  numbers: [1],
});
/** Mostly what passes the schema, so that the rest gets further than the door. */
export const hostile = (ids: readonly string[], named: Pool['named'] = {}): Pool => ({
  named,
  ids: [...ids, ...ids, ...ids, 'not-an-id'],
  texts: hostileTexts,
  days: [...Array<string>(4 * hostileDays.length).fill(harmless(ids).days[0]!), ...hostileDays],
  numbers: [...Array<number>(4 * hostileNumbers.length).fill(1), ...hostileNumbers],
});

/** Something of that shape; what only code checks may still be wrong. */
export function sampleOf(shape: Shape, dice: Dice, pool: Pool, name = ''): Json {
  const known = Object.hasOwn(pool.named, name) ? pool.named[name] : undefined;
  if (known && dice.roll() < 0.9 && shape.type !== 'array' && shape.type !== 'object')
    return dice.pick(known);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return dice.pick(shape.enum);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return sampleOf(dice.pick(choices), dice, pool, name);
  if (shape.allOf) {
    const parts = shape.allOf.map((part) => sampleOf(part, dice, pool, name));
    return parts.every(isRecord) ? Object.assign({}, ...parts) : parts[0]!;
  }
  const type = Array.isArray(shape.type) ? dice.pick(shape.type) : shape.type;
  if (type === 'object') return objectOf(shape, dice, pool);
  if (type === 'array')
    return Array.from({ length: Math.max(shape.minItems ?? 0, dice.below(3)) }, () =>
      sampleOf(shape.items ?? {}, dice, pool, name),
    );
  if (type === 'boolean') return dice.roll() < 0.5;
  if (type === 'number' || type === 'integer') return dice.pick(pool.numbers);
  if (type === 'null') return null;
  return textOf(shape, dice, pool);
}

function objectOf(shape: Shape, dice: Dice, pool: Pool): Json {
  const made: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(shape.properties ?? {}))
    if (shape.required?.includes(name) || dice.roll() < 0.7) made[name] = sampleOf(inner, dice, pool, name);
  return made;
}

function textOf(shape: Shape, dice: Dice, pool: Pool): string {
  if (shape.format === 'date') return dice.pick(pool.days);
  if (shape.format === 'email') return 'somebody@example.org';
  if (shape.pattern?.includes('[0-9a-f]{8}')) return dice.pick(pool.ids);
  if (shape.pattern) return 'x'.repeat(Math.max(43, shape.minLength ?? 0));
  return dice.pick(pool.texts).slice(0, shape.maxLength ?? 200);
}

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON texts that differ from the sample in one place and that no schema may accept. */
export function mutantsOf(sample: Json): { what: string; text: string }[] {
  const text = JSON.stringify(sample);
  const mutants: { what: string; text: string }[] = [];
  const deep = `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`;
  walk(sample, [], (path, value) => {
    const at = path.join('.') || 'the whole body';
    const replace = (what: string, by: string) =>
      mutants.push({ what: `${what} at ${at}`, text: replaced(sample, path, by) });
    replace('an operator', `{"$gt":"${echo}"}`);
    replace('a function', `{"$where":"sleep(5000) || '${echo}'"}`);
    replace('deep nesting', deep);
    if (!Array.isArray(value)) replace('an array', `[["${echo}"]]`);
    if (typeof value === 'string') {
      replace('a huge text', JSON.stringify(echo.repeat(9_000)));
      replace('a number for a text', '7e77');
    }
    if (typeof value === 'number') replace('a text for a number', `"${echo}"`);
    if (typeof value === 'number') replace('an endless number', '1e999');
    if (typeof value === 'boolean') replace('a text for a choice', `"${echo}"`);
    if (isRecord(value))
      for (const key of [
        '$where',
        '__proto__',
        'constructor',
        'isAdmin',
        'a.b',
        '',
        'role\u0000',
        'toString',
      ])
        if (!Object.hasOwn(value, key))
          replace(`an unknown key ${JSON.stringify(key)}`, withKey(value, key, `{"polluted":"${echo}"}`));
  });
  mutants.push(
    { what: 'half a body', text: text.slice(0, -1) },
    { what: 'a number as body', text: '7' },
    { what: 'a text as body', text: `"${echo}"` },
    { what: 'null as body', text: 'null' },
    { what: 'a list as body', text: `[${text}]` },
    { what: 'two bodies', text: text + text },
  );
  return mutants;
}

type Path = (string | number)[];

function walk(value: Json, path: Path, visit: (path: Path, value: Json) => void): void {
  visit(path, value);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  else if (isRecord(value))
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
}

/** The sample's JSON with raw text at the path, so that keys and numbers may be what JSON.stringify would not write. */
function replaced(sample: Json, path: Path, by: string): string {
  if (path.length === 0) return by;
  const copy = structuredClone(sample);
  let inside = copy as Record<string | number, Json>;
  for (const step of path.slice(0, -1)) inside = inside[step] as Record<string | number, Json>;
  inside[path.at(-1)!] = '\u0001here';
  return JSON.stringify(copy).replace(JSON.stringify('\u0001here'), () => by);
}

function withKey(value: Record<string, Json>, key: string, raw: string): string {
  const rest = JSON.stringify(value).slice(1, -1);
  return `{${rest}${rest ? ',' : ''}${JSON.stringify(key)}:${raw}}`;
}
