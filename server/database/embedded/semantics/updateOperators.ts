// Duty: what each update operator does to one value ($set, $inc, $bit …). Those on arrays are arrayUpdates.ts, and where the
// value is comes from updatePaths.ts.
import { Int32, Long, Timestamp } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import { addToSet, pop, pull, pullAll, push } from './arrayUpdates.ts';
import { compareValues } from './compare.ts';
import { identical, idText, lastName, type Modifier } from './modifier.ts';
import { type Arithmetic, calculate, toBigInt } from './numbers.ts';
import { bsonType, isDoc, isNumber, show, typeName, typeOf, type Value } from './values.ts';

const set: Modifier = (argument) => (current) => (identical(current, argument) ? current : argument);

const computed =
  (operation: Arithmetic, verb: string, operator: string): Modifier =>
  (argument, path) => {
    if (!isNumber(argument))
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${show(argument)}}`);
    return (current, doc) => {
      if (current === undefined)
        return operation === 'add' ? argument : calculate('multiply', new Int32(0), argument);
      if (!isNumber(current)) {
        throw typeMismatch(
          `Cannot apply ${operator} to a value of non-numeric type. ${idText(doc)} has the field '${lastName(path)}' of non-numeric type ${typeName(current)}`,
        );
      }
      const result = calculate(operation, current, argument);
      if (result === undefined) {
        throw badValue(
          `Failed to apply ${operator} operations to current value (${show(current)}) for document ${idText(doc)}`,
        );
      }
      return identical(current, result) ? current : result;
    };
  };

const extreme =
  (direction: 1 | -1): Modifier =>
  (argument, _, collation) =>
  (current) =>
    current === undefined || compareValues(argument, current, collation) * direction < 0 ? argument : current;

const currentDate: Modifier = (argument) => {
  const type = isDoc(argument) ? argument.$type : undefined;
  if (isDoc(argument)) {
    const stray = Object.keys(argument).find((name) => name !== '$type');
    if (stray !== undefined) throw badValue(`Unrecognized $currentDate option: ${stray}`);
    if (type !== 'date' && type !== 'timestamp') {
      throw badValue(
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
  } else if (typeof argument !== 'boolean') {
    throw badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return () =>
    type === 'timestamp' ? new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }) : new Date();
};

const bit: Modifier = (argument, path) => {
  if (!isDoc(argument)) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = Object.entries(argument);
  if (steps.length === 0)
    throw badValue(
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  for (const [name, operand] of steps) {
    if (!['and', 'or', 'xor'].includes(name)) {
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(operand)}}`,
      );
    }
    if (!isWholeType(operand))
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${name}: ${show(operand)}}`,
      );
  }
  return (current = new Int32(0), doc) => {
    if (!isWholeType(current)) {
      throw badValue(
        `Cannot apply $bit to a value of non-integral type.${idText(doc)} has the field ${lastName(path)} of non-integer type ${typeName(current)}`,
      );
    }
    const isLong = [current, ...Object.values(argument)].some((value) => typeOf(value) === bsonType.long);
    const result = steps.reduce((bits, [name, operand]) => {
      const other = toBigInt(operand);
      return name === 'and' ? bits & other : name === 'or' ? bits | other : bits ^ other;
    }, toBigInt(current));
    const made = isLong ? Long.fromBigInt(result) : new Int32(Number(result));
    return identical(current, made) ? current : made;
  };
};
const isWholeType = (value: Value) => typeOf(value) === bsonType.int || typeOf(value) === bsonType.long;

/** `creates`: whether the operator makes a field that is missing. */
export const modifiers: Record<string, { make: Modifier; creates: boolean }> = {
  $set: { make: set, creates: true },
  $setOnInsert: { make: set, creates: true },
  $unset: { make: () => () => undefined, creates: false },
  $inc: { make: computed('add', 'increment', '$inc'), creates: true },
  $mul: { make: computed('multiply', 'multiply', '$mul'), creates: true },
  $min: { make: extreme(1), creates: true },
  $max: { make: extreme(-1), creates: true },
  $currentDate: { make: currentDate, creates: true },
  $push: { make: push, creates: true },
  $addToSet: { make: addToSet, creates: true },
  $pop: { make: pop, creates: false },
  $pull: { make: pull, creates: false },
  $pullAll: { make: pullAll, creates: false },
  $bit: { make: bit, creates: true },
};
