// Duty: expression operators on documents: merge, take apart, put together, one field by name.
import { CommandError } from '../../errors.ts';
import { type Doc, field, isDoc, isNullish, setField, typeName, type Value } from '../values.ts';
import { many, named, type Operator, type Operators, one } from './operator.ts';

function mergeObjects(values: Value[]): Doc {
  const merged: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input ${typeName(value)} is of type ${typeName(value)}`,
      );
    for (const [name, inner] of Object.entries(value)) setField(merged, name, inner);
  }
  return merged;
}

function fromPairs(value: Value): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const made: Doc = {};
  for (const entry of value as Value[]) {
    const [name, inner] = Array.isArray(entry) ? (entry as Value[]) : isDoc(entry) ? [entry.k, entry.v] : [];
    if (typeof name !== 'string')
      throw new CommandError(40394, '$arrayToObject requires an object keys of type string');
    setField(made, name, inner ?? null);
  }
  return made;
}

function toPairs(value: Value): Value {
  if (isNullish(value)) return null;
  if (!isDoc(value))
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return Object.entries(value).map(([k, v]) => ({ k, v }));
}

/** `{ $getField: 'name' }` or with an input; the name is taken literally, dots and dollars included. */
const getField: Operator = (operand, scope, name) => {
  const full = isDoc(operand) && !Object.keys(operand)[0]?.startsWith('$');
  const doc = full
    ? named(operand, name, ['field'], ['input'], [3041701, 3041701, 3041702])
    : { field: operand };
  const key = scope.compile(doc.field);
  const input = 'input' in doc ? scope.compile(doc.input) : undefined;
  return (root, locals) => {
    const wanted = key(root, locals);
    if (typeof wanted !== 'string')
      throw new CommandError(
        5654602,
        `$getField requires 'field' to evaluate to type String, but got ${typeName(wanted)}`,
      );
    const from = input ? input(root, locals) : root;
    return isDoc(from) ? field(from, wanted) : isNullish(from) ? from : undefined;
  };
};

const changeField =
  (removes: boolean): Operator =>
  (operand, scope, name) => {
    const doc = named(
      operand,
      name,
      removes ? ['field', 'input'] : ['field', 'input', 'value'],
      [],
      [4161100, 4161101, 4161102],
    );
    const [key, input, value] = [doc.field, doc.input, doc.value].map((part) => scope.compile(part));
    return (root, locals) => {
      const from = input!(root, locals);
      if (isNullish(from)) return null;
      if (!isDoc(from))
        throw new CommandError(4161105, `${name} requires 'input' to evaluate to type Object`);
      const made = { ...from };
      const wanted = String(key!(root, locals));
      const inner = removes ? undefined : value!(root, locals);
      if (inner === undefined) delete made[wanted];
      else setField(made, wanted, inner);
      return made;
    };
  };

export const objects: Operators = {
  $mergeObjects: many(mergeObjectsOrArray),
  $arrayToObject: one(fromPairs),
  $objectToArray: one(toPairs),
  $getField: getField,
  $setField: changeField(false),
  $unsetField: changeField(true),
};

function mergeObjectsOrArray(values: Value[]): Value {
  const [only] = values;
  return mergeObjects(values.length === 1 && Array.isArray(only) ? (only as Value[]) : values);
}
