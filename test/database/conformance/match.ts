// Duty: does a result match what a unified test expects? MongoDB's rules for special operators, extra fields and numbers.
import { EJSON } from 'bson';
import type { Entities } from './entities.ts';

type Fields = Record<string, unknown>;

export class Mismatch extends Error {}

export function assertMatches(
  expected: unknown,
  actual: unknown,
  entities: Entities,
  path = 'result',
  root = true,
): void {
  const operator = specialOperator(expected);
  if (operator) {
    assertSpecial(operator, (expected as Fields)[operator], actual, entities, path);
    return;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) fail(path, expected, actual);
    for (const [at, each] of expected.entries())
      assertMatches(each, actual[at], entities, `${path}[${at}]`, root);
    return;
  }
  if (isFields(expected)) {
    if (!isFields(actual)) fail(path, expected, actual);
    assertFields(expected, actual, entities, path, root);
    return;
  }
  if (!sameScalar(expected, actual)) fail(path, expected, actual);
}

function assertFields(
  expected: Fields,
  actual: Fields,
  entities: Entities,
  path: string,
  root: boolean,
): void {
  for (const [name, each] of Object.entries(expected)) {
    const operator = specialOperator(each);
    const present = name in actual && actual[name] !== undefined;
    if (operator === '$$exists') {
      if (present !== (each as Fields)[operator]) fail(`${path}.${name}`, each, actual[name]);
    } else if (operator === '$$unsetOrMatches' && !present) {
    } else if (!present && each !== undefined) {
      fail(`${path}.${name}`, each, undefined);
    } else assertMatches(each, actual[name], entities, `${path}.${name}`, false);
  }
  if (root) return;
  for (const name of Object.keys(actual)) {
    if (!(name in expected) && actual[name] !== undefined) fail(`${path}.${name}`, undefined, actual[name]);
  }
}

function assertSpecial(
  operator: string,
  operand: unknown,
  actual: unknown,
  entities: Entities,
  path: string,
): void {
  switch (operator) {
    case '$$exists':
      if ((actual !== undefined) !== operand) fail(path, `exists: ${operand}`, actual);
      return;
    case '$$type': {
      const types = Array.isArray(operand) ? operand : [operand];
      if (!types.some((type) => hasType(actual, String(type)))) fail(path, operand, actual);
      return;
    }
    case '$$unsetOrMatches':
      if (actual !== undefined && actual !== null) assertMatches(operand, actual, entities, path);
      return;
    case '$$matchesEntity':
      assertMatches(entities.get(String(operand)), actual, entities, path, false);
      return;
    case '$$matchesHexBytes':
      if (!(actual instanceof Uint8Array) || Buffer.from(actual).toString('hex') !== operand)
        fail(path, operand, actual);
      return;
    case '$$sessionLsid':
      assertMatches((entities.get(String(operand)) as { id?: unknown }).id, actual, entities, path, false);
      return;
    case '$$lte':
      if (!(Number(actual) <= Number(operand))) fail(path, `≤ ${operand}`, actual);
      return;
    case '$$matchAsRoot':
      assertMatches(operand, actual, entities, path, true);
      return;
    case '$$matchAsDocument':
      assertMatches(operand, EJSON.parse(String(actual)), entities, path, false);
      return;
  }
  throw new Mismatch(`unknown special operator ${operator}`);
}

function specialOperator(expected: unknown): string | undefined {
  if (!isFields(expected)) return undefined;
  const names = Object.keys(expected);
  return names.length === 1 && names[0]!.startsWith('$$') ? names[0] : undefined;
}

/** Documents and the driver's result objects, but no BSON values. */
function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    !('_bsontype' in value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof RegExp)
  );
}

/** The driver brings a copy of the BSON library of its own, so classes are told by their names. */
const bsonName = (value: unknown): unknown =>
  (value as { _bsontype?: unknown } | null | undefined)?._bsontype;

const isNumber = (value: unknown) =>
  ['number', 'bigint'].includes(typeof value) ||
  ['Int32', 'Double', 'Long'].includes(String(bsonName(value)));

function sameScalar(expected: unknown, actual: unknown): boolean {
  if (isNumber(expected) && isNumber(actual)) return Number(expected) === Number(actual);
  if (expected === null || typeof expected !== 'object') return expected === actual;
  if (actual === null || typeof actual !== 'object') return false;
  return EJSON.stringify(expected, { relaxed: false }) === EJSON.stringify(actual, { relaxed: false });
}

const typeTests: Record<string, (value: unknown) => boolean> = {
  int: (value) => Number.isInteger(Number(value)) && isNumber(value),
  long: (value) => Number.isInteger(Number(value)) && isNumber(value),
  double: isNumber,
  number: isNumber,
  decimal: (value) => bsonName(value) === 'Decimal128',
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  object: isFields,
  array: Array.isArray,
  objectId: (value) => bsonName(value) === 'ObjectId',
  date: (value) => value instanceof Date,
  binData: (value) => bsonName(value) === 'Binary' || value instanceof Uint8Array,
  regex: (value) => bsonName(value) === 'BSONRegExp' || value instanceof RegExp,
  null: (value) => value === null,
  undefined: (value) => value === undefined,
};

const hasType = (value: unknown, type: string): boolean => typeTests[type]?.(value) ?? false;

function fail(path: string, expected: unknown, actual: unknown): never {
  const show = (value: unknown) =>
    value === undefined
      ? 'nothing'
      : JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
  throw new Mismatch(`${path}: expected ${show(expected)}, got ${show(actual)}`);
}
