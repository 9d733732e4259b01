// Duty: compiles a query filter into tests on documents or their bytes: operators and logic. What a path reaches is
// matchPaths.ts, tests on single values are predicates.ts.
import { badValue, CommandError } from '../errors.ts';
import type { Collation } from './compare.ts';
import { compileExpression, type Variables } from './expressions/compile.ts';
import { truthy } from './expressions/truth.ts';
import { compileJsonSchema } from './jsonSchema.ts';
import { atPath, type Condition, itself, type Trace } from './matchPaths.ts';
import type { Test } from './predicates.ts';
import * as predicates from './predicates.ts';
import { asDoc, compilePath, type Path } from './rawBson.ts';
import { bsonType, type Doc, isDoc, isNumber, type Row, toDouble, typeOf, type Value } from './values.ts';

export interface MatcherOptions {
  collation?: Collation | undefined;
  variables?: Variables | undefined;
}

export interface Matcher {
  matches(doc: Doc): boolean;
  matchesBytes(bytes: Uint8Array): boolean;
  matchesRow(row: Row): boolean;
  /** The array index that the positional `$` stands for: where the last array condition of the filter matched. */
  position(doc: Doc): number | undefined;
}

export function compileMatcher(filter: Doc, options: MatcherOptions = {}): Matcher {
  const condition = compileFilter(filter, options);
  return {
    matches: (doc) => condition(doc),
    matchesBytes: (bytes) => condition(bytes),
    matchesRow: (row) => condition(row),
    position: (doc) => {
      const trace: Trace = { index: undefined };
      return condition(doc, trace) ? trace.index : undefined;
    },
  };
}

function compileFilter(filter: Doc, options: MatcherOptions): Condition {
  const conditions = Object.entries(filter).flatMap(([name, operand]) =>
    name.startsWith('$') ? compileTopLevel(name, operand, options) : compileField(name, operand, options),
  );
  return allOf(conditions);
}

function allOf(conditions: Condition[]): Condition {
  if (conditions.length === 0) return () => true;
  if (conditions.length === 1) return conditions[0]!;
  return (row, trace) => {
    for (const condition of conditions) if (!condition(row, trace)) return false;
    return true;
  };
}

const not =
  (condition: Condition): Condition =>
  (row) =>
    !condition(row);

function compileTopLevel(name: string, operand: Value, options: MatcherOptions): Condition[] {
  switch (name) {
    case '$and':
      return [allOf(clauses(name, operand, options))];
    case '$or': {
      const any = clauses(name, operand, options);
      return [(row, trace) => any.some((condition) => condition(row, trace))];
    }
    case '$nor':
      return clauses(name, operand, options).map(not);
    case '$expr': {
      const expression = compileExpression(operand, options.variables);
      return [(row) => truthy(expression.evaluate(asDoc(row)))];
    }
    case '$jsonSchema': {
      const test = compileJsonSchema(operand);
      return [(row) => test(asDoc(row))];
    }
    case '$comment':
      return [];
    case '$alwaysTrue':
      return [() => true];
    case '$alwaysFalse':
      return [() => false];
    case '$sampleRate': {
      const rate = isNumber(operand) ? toDouble(operand) : Number.NaN;
      if (!(rate >= 0 && rate <= 1)) throw badValue('numeric argument to $sampleRate must be in [0, 1]');
      return [() => Math.random() < rate];
    }
    case '$where':
      throw badValue('no globalScriptEngine in $where parsing');
    case '$text':
      throw new CommandError(27, 'text index required for $text query');
  }
  throw badValue(
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function clauses(name: string, operand: Value, options: MatcherOptions): Condition[] {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`);
  if (operand.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return (operand as Value[]).map((clause) => {
    if (!isDoc(clause)) throw badValue('$or/$and/$nor entries need to be full objects');
    return compileFilter(clause, options);
  });
}

/** A document whose first key is an operator is a set of operators; anything else is a value to equal. */
export const isOperators = (operand: Value): operand is Doc =>
  isDoc(operand) && Object.keys(operand)[0]?.startsWith('$') === true && !isReference(operand);
const isReference = (operand: Doc) => ['$ref', '$id', '$db'].includes(Object.keys(operand)[0]!);

function compileField(name: string, operand: Value, options: MatcherOptions): Condition[] {
  const path = compilePath(name);
  if (isOperators(operand)) return compileOperators(path, operand, options);
  if (typeOf(operand) === bsonType.regex) return [atPath(path, predicates.matchesRegex(operand))];
  return [atPath(path, predicates.equalTo(operand, options.collation))];
}

function compileOperators(path: Path, operators: Doc, options: MatcherOptions): Condition[] {
  return Object.keys(operators).flatMap((name) => {
    if (name === '$options') {
      if (!Object.hasOwn(operators, '$regex')) throw badValue('$options needs a $regex');
      return [];
    }
    return name === '$comment' ? [] : [compileOperator(path, name, operators, options)];
  });
}

function compileOperator(path: Path, name: string, operators: Doc, options: MatcherOptions): Condition {
  const operand = operators[name];
  const { collation } = options;
  switch (name) {
    case '$eq':
      return atPath(path, predicates.equalTo(operand, collation));
    case '$ne':
      if (typeOf(operand) === bsonType.regex) throw badValue("Can't have regex as arg to $ne.");
      return not(atPath(path, predicates.equalTo(operand, collation)));
    case '$lt':
    case '$lte':
    case '$gt':
    case '$gte':
      if (typeOf(operand) === bsonType.regex)
        throw badValue(`Can't have RegEx as arg to predicate over field '${path.text}'.`);
      return atPath(path, predicates.ordered(name, operand, collation));
    case '$in':
      return atPath(path, predicates.oneOf(operand, '$in', collation));
    case '$nin':
      return not(atPath(path, predicates.oneOf(operand, '$nin', collation)));
    case '$exists': {
      const present = atPath(path, (value) => value !== undefined);
      return truthy(operand) ? present : not(present);
    }
    case '$type':
      return atPath(path, predicates.ofType(operand));
    case '$mod':
      return atPath(path, predicates.modulo(operand));
    case '$regex':
      return atPath(path, predicates.regexWithOptions(operand, operators.$options));
    case '$size':
      return atPath(path, predicates.sized(operand), false);
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return atPath(path, predicates.bits(name, operand));
    case '$not':
      return not(allOf(negated(path, operand, options)));
    case '$elemMatch':
      return elementMatch(path, operand, options);
    case '$all':
      return everyOne(path, operand, options);
  }
  throw badValue(`unknown operator: ${name}`);
}

function negated(path: Path, operand: Value, options: MatcherOptions): Condition[] {
  if (typeOf(operand) === bsonType.regex) return [atPath(path, predicates.matchesRegex(operand))];
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  const stray = Object.keys(operand).find((name) => !name.startsWith('$'));
  if (stray !== undefined) throw badValue(`unknown operator: ${stray}`);
  return compileOperators(path, operand, options);
}

function everyOne(path: Path, operand: Value, options: MatcherOptions): Condition {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return () => false;
  const entries = operand as Value[];
  const isElement = (entry: Value) => isDoc(entry) && Object.keys(entry)[0] === '$elemMatch';
  return allOf(
    entries.map((entry) => {
      if (isElement(entries[0]) !== isElement(entry)) throw badValue('no $ expressions in $all');
      if (isElement(entry)) return elementMatch(path, (entry as Doc).$elemMatch, options);
      if (isOperators(entry)) throw badValue('no $ expressions in $all');
      if (typeOf(entry) === bsonType.regex) return atPath(path, predicates.matchesRegex(entry));
      return atPath(path, predicates.equalTo(entry, options.collation));
    }),
  );
}

function elementMatch(path: Path, operand: Value, options: MatcherOptions): Condition {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const element = compileElement(operand, options);
  let found = -1;
  const test: Test = (value) => {
    found = Array.isArray(value) ? (value as Value[]).findIndex(element) : -1;
    return found >= 0;
  };
  const condition = atPath(path, test, false);
  return (row, trace) => {
    const outer: Trace | undefined = trace && { index: undefined };
    if (!condition(row, outer)) return false;
    if (trace) trace.index = outer?.index ?? found;
    return true;
  };
}

/** What `$elemMatch` asks of one element: operators on the element itself, or a filter on it as a document. */
export function compileElement(operand: Doc, options: MatcherOptions): Test {
  const first = Object.keys(operand)[0];
  const onValues =
    first?.startsWith('$') &&
    !['$and', '$or', '$nor', '$where', '$expr'].includes(first) &&
    isOperators(operand);
  if (onValues) {
    const condition = allOf(compileOperators(itself, operand, options));
    return (value) => condition({ '': value });
  }
  const condition = compileFilter(operand, options);
  // Elements that are arrays are documents too, with their positions as names.
  return (value) =>
    isDoc(value) ? condition(value) : Array.isArray(value) && condition({ ...value } as Doc);
}
