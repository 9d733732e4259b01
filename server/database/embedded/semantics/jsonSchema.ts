// Duty: `$jsonSchema`: the keywords a collection's validator uses. A keyword outside this subset is refused, never ignored.
import { CommandError, failedToParse } from '../errors.ts';
import { equalValues, hashKey } from './compare.ts';
import { typeNumbers } from './predicates.ts';
import { type Doc, field, isDoc, isNumber, makeRegExp, toDouble, typeOf, type Value } from './values.ts';

type Check = (value: Value) => boolean;

const jsonTypes: Record<string, string> = {
  object: 'object',
  array: 'array',
  string: 'string',
  number: 'number',
  boolean: 'bool',
  null: 'null',
};
const ignored = new Set(['title', 'description', 'bsonType', 'exclusiveMinimum', 'exclusiveMaximum']);

export function compileJsonSchema(operand: Value): (doc: Doc) => boolean {
  if (!isDoc(operand)) throw new CommandError(14, '$jsonSchema must be an object');
  return compileSchema(operand);
}

function compileSchema(schema: Value): Check {
  if (!isDoc(schema)) throw new CommandError(14, '$jsonSchema keyword must hold an object');
  const checks = Object.entries(schema).flatMap(([keyword, operand]) => {
    if (keyword === 'bsonType') return [hasType(operand)];
    if (ignored.has(keyword)) return [];
    const compile = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    if (!compile) throw failedToParse(`Unknown $jsonSchema keyword: ${keyword}`);
    return [compile(operand, schema)];
  });
  return (value) => checks.every((check) => check(value));
}

function hasType(operand: Value): Check {
  const types = new Set((Array.isArray(operand) ? (operand as Value[]) : [operand]).flatMap(typeNumbers));
  return (value) => types.has(typeOf(value));
}

const schemas = (operand: Value): Check[] => (operand as Value[]).map(compileSchema);
const when =
  (applies: (value: Value) => boolean, check: Check): Check =>
  (value) =>
    !applies(value) || check(value);
const isText = (value: Value) => typeof value === 'string';

const keywords: Record<string, (operand: Value, schema: Doc) => Check> = {
  type: (operand) =>
    hasType(
      (Array.isArray(operand) ? (operand as string[]) : [operand as string]).map(
        (name) => jsonTypes[name] ?? `unsupported ${name}`,
      ),
    ),
  enum: (operand) => (value) => (operand as Value[]).some((allowed) => equalValues(allowed, value)),
  required: (operand) =>
    when(isDoc, (doc) => (operand as string[]).every((name) => field(doc as Doc, name) !== undefined)),
  properties: (operand) => {
    const properties = Object.entries(operand as Doc).map(
      ([name, schema]) => [name, compileSchema(schema)] as const,
    );
    return when(isDoc, (doc) =>
      properties.every(
        ([name, check]) => field(doc as Doc, name) === undefined || check(field(doc as Doc, name)),
      ),
    );
  },
  additionalProperties: (operand, schema) => {
    const known = new Set(Object.keys((schema.properties as Doc | undefined) ?? {}));
    const check: Check = typeof operand === 'boolean' ? () => operand : compileSchema(operand);
    return when(isDoc, (doc) =>
      Object.entries(doc as Doc).every(([name, value]) => known.has(name) || check(value)),
    );
  },
  items: (operand) => {
    const check = compileSchema(operand);
    return when(Array.isArray, (array) => (array as Value[]).every(check));
  },
  minItems: (operand) => when(Array.isArray, (array) => (array as Value[]).length >= toDouble(operand)),
  maxItems: (operand) => when(Array.isArray, (array) => (array as Value[]).length <= toDouble(operand)),
  uniqueItems: (operand) =>
    when(
      Array.isArray,
      (array) =>
        operand !== true || new Set((array as Value[]).map(hashKey)).size === (array as Value[]).length,
    ),
  minimum: (operand, schema) =>
    when(
      isNumber,
      (value) =>
        toDouble(value) > toDouble(operand) ||
        (schema.exclusiveMinimum !== true && toDouble(value) === toDouble(operand)),
    ),
  maximum: (operand, schema) =>
    when(
      isNumber,
      (value) =>
        toDouble(value) < toDouble(operand) ||
        (schema.exclusiveMaximum !== true && toDouble(value) === toDouble(operand)),
    ),
  multipleOf: (operand) => when(isNumber, (value) => toDouble(value) % toDouble(operand) === 0),
  minLength: (operand) => when(isText, (text) => [...(text as string)].length >= toDouble(operand)),
  maxLength: (operand) => when(isText, (text) => [...(text as string)].length <= toDouble(operand)),
  pattern: (operand) => {
    const pattern = makeRegExp(String(operand), '');
    return when(isText, (text) => pattern.test(text as string));
  },
  minProperties: (operand) => when(isDoc, (doc) => Object.keys(doc as Doc).length >= toDouble(operand)),
  maxProperties: (operand) => when(isDoc, (doc) => Object.keys(doc as Doc).length <= toDouble(operand)),
  allOf: (operand) => {
    const checks = schemas(operand);
    return (value) => checks.every((check) => check(value));
  },
  anyOf: (operand) => {
    const checks = schemas(operand);
    return (value) => checks.some((check) => check(value));
  },
  oneOf: (operand) => {
    const checks = schemas(operand);
    return (value) => checks.filter((check) => check(value)).length === 1;
  },
  not: (operand) => {
    const check = compileSchema(operand);
    return (value) => !check(value);
  },
};
