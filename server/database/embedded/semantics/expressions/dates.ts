// Duty: expression operators on dates: their parts, arithmetic by calendar units, and text. The calendar itself is calendar.ts.
import { Int32, Long } from 'bson';
import { CommandError } from '../../errors.ts';
import { toWhole } from '../numbers.ts';
import { type Doc, isDoc, isNullish, typeName, type Value } from '../values.ts';
import * as calendar from './calendar.ts';
import { toDate } from './conversions.ts';
import { formatDate, parseByFormat, parseDate } from './dateText.ts';
import { type Evaluate, named, type Operator, type Operators } from './operator.ts';

type Arguments = { [name: string]: Value };

/** An operator with named arguments; `null` in one that `nullIf` names makes the result null. */
const withArguments =
  (required: string[], optional: string[], nullIf: string[], apply: (args: Arguments) => Value): Operator =>
  (operand, scope, name) => {
    const doc = named(operand, name, required, optional, [18629, 18534, 18628]);
    const parts = Object.entries(doc).map(([key, value]) => [key, scope.compile(value)] as const);
    return (root, locals) => {
      const args: Arguments = {};
      for (const [key, evaluate] of parts) args[key] = evaluate(root, locals);
      return nullIf.some((key) => key in args && isNullish(args[key])) ? (args.onNull ?? null) : apply(args);
    };
  };

const zoneOf = (args: Arguments) =>
  calendar.zoneNamed(args.timezone === undefined ? undefined : String(args.timezone));
const weekStartOf = (args: Arguments): number => {
  const name = String(args.startOfWeek ?? 'sunday').toLowerCase();
  const at = calendar.weekDays.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (at < 0) throw new CommandError(9, `unknown day of week value: ${name}`);
  return at;
};

function dateFrom(value: Value, name: string): Date {
  if (typeof value === 'string' || typeof value === 'boolean' || isDoc(value) || Array.isArray(value)) {
    throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
  }
  const date = toDate(value);
  if (Number.isNaN(date.getTime())) throw new CommandError(5439012, `${name} requires a valid date`);
  return date;
}

/** A part of a date: `{ $year: '$when' }` or `{ $year: { date, timezone } }`. */
const datePart =
  (read: (local: Date) => Value): Operator =>
  (operand, scope, name) => {
    const given: Value = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const full = isDoc(given) && !Object.keys(given)[0]?.startsWith('$');
    const doc: Doc = full
      ? named(given, name, ['date'], ['timezone'], [40535, 40535, 40539])
      : { date: given };
    const date = scope.compile(doc.date);
    const timezone: Evaluate = scope.compile(doc.timezone);
    return (root, locals) => {
      const value = date(root, locals);
      const zone = timezone(root, locals);
      if (isNullish(value) || zone === null) return null;
      return read(calendar.localTime(dateFrom(value, name), zoneOf({ timezone: zone })));
    };
  };
const int = (number: number) => new Int32(number);

const shift = (sign: 1 | -1): Operator =>
  withArguments(
    ['startDate', 'unit', 'amount'],
    ['timezone'],
    ['startDate', 'unit', 'amount', 'timezone'],
    (args) => {
      const amount = toWhole(args.amount);
      if (amount === undefined)
        throw new CommandError(5166405, '$dateAdd expects integer amount of time units');
      return calendar.addUnits(
        dateFrom(args.startDate, '$dateAdd'),
        String(args.unit),
        sign * amount,
        zoneOf(args),
      );
    },
  );

function fromParts(args: Arguments): Value {
  const part = (name: string, otherwise: number): number => {
    const number = args[name] === undefined ? otherwise : toWhole(args[name]);
    if (number === undefined)
      throw new CommandError(40515, `'${name}' must evaluate to an integer, found ${typeName(args[name])}`);
    return number;
  };
  const time =
    part('hour', 0) * 3_600_000 +
    part('minute', 0) * 60_000 +
    part('second', 0) * 1000 +
    part('millisecond', 0);
  if (args.isoWeekYear === undefined) {
    return calendar.fromLocal(
      Date.UTC(part('year', 1970), part('month', 1) - 1, part('day', 1)) + time,
      zoneOf(args),
    );
  }
  const fourth = new Date(Date.UTC(part('isoWeekYear', 1970), 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() || 7) - 1) * calendar.dayMs;
  const days = (part('isoWeek', 1) - 1) * 7 + part('isoDayOfWeek', 1) - 1;
  return calendar.fromLocal(monday + days * calendar.dayMs + time, zoneOf(args));
}

function toParts(args: Arguments): Value {
  const local = calendar.localTime(dateFrom(args.date, '$dateToParts'), zoneOf(args));
  const iso = calendar.isoWeek(local);
  const day =
    args.iso8601 === true
      ? { isoWeekYear: int(iso.year), isoWeek: int(iso.week), isoDayOfWeek: int(local.getUTCDay() || 7) }
      : {
          year: int(local.getUTCFullYear()),
          month: int(local.getUTCMonth() + 1),
          day: int(local.getUTCDate()),
        };
  return {
    ...day,
    hour: int(local.getUTCHours()),
    minute: int(local.getUTCMinutes()),
    second: int(local.getUTCSeconds()),
    millisecond: int(local.getUTCMilliseconds()),
  };
}

function fromText(args: Arguments): Value {
  const text = args.dateString;
  const failed = () => {
    if ('onError' in args) return args.onError;
    throw new CommandError(241, `an error occurred parsing date string '${String(text)}'`);
  };
  if (typeof text !== 'string') return failed();
  const format = args.format;
  const date = typeof format === 'string' ? parseByFormat(text, format) : parseDate(text);
  if (!date || Number.isNaN(date.getTime())) return failed();
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text.trim()) && /T|:/.test(text);
  return hasZone ? date : calendar.fromLocal(date.getTime(), zoneOf(args));
}

const isoFormat = '%Y-%m-%dT%H:%M:%S.%LZ';
const localIsoFormat = '%Y-%m-%dT%H:%M:%S.%L';

export const dates: Operators = {
  $year: datePart((local) => int(local.getUTCFullYear())),
  $month: datePart((local) => int(local.getUTCMonth() + 1)),
  $dayOfMonth: datePart((local) => int(local.getUTCDate())),
  $dayOfWeek: datePart((local) => int(local.getUTCDay() + 1)),
  $dayOfYear: datePart((local) => int(calendar.dayOfYear(local))),
  $hour: datePart((local) => int(local.getUTCHours())),
  $minute: datePart((local) => int(local.getUTCMinutes())),
  $second: datePart((local) => int(local.getUTCSeconds())),
  $millisecond: datePart((local) => int(local.getUTCMilliseconds())),
  $week: datePart((local) => int(calendar.weekOfYear(local))),
  $isoWeek: datePart((local) => int(calendar.isoWeek(local).week)),
  $isoWeekYear: datePart((local) => Long.fromNumber(calendar.isoWeek(local).year)),
  $isoDayOfWeek: datePart((local) => int(local.getUTCDay() || 7)),
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff: withArguments(
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    ['startDate', 'endDate', 'unit', 'timezone'],
    (args) =>
      Long.fromNumber(
        calendar.boundariesBetween(
          dateFrom(args.startDate, '$dateDiff'),
          dateFrom(args.endDate, '$dateDiff'),
          String(args.unit),
          zoneOf(args),
          weekStartOf(args),
        ),
      ),
  ),
  $dateTrunc: withArguments(
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    ['date', 'unit', 'binSize', 'timezone'],
    (args) => {
      const size = args.binSize === undefined ? 1 : toWhole(args.binSize);
      if (size === undefined || size < 1)
        throw new CommandError(
          5439017,
          "$dateTrunc requires 'binSize' to be a 64-bit integer greater than 0",
        );
      return calendar.truncate(
        dateFrom(args.date, '$dateTrunc'),
        String(args.unit),
        size,
        zoneOf(args),
        weekStartOf(args),
      );
    },
  ),
  $dateToString: withArguments(
    ['date'],
    ['format', 'timezone', 'onNull'],
    ['date', 'format', 'timezone'],
    (args) => {
      const zone = zoneOf(args);
      const format =
        args.format ?? (args.timezone === undefined || args.timezone === 'UTC' ? isoFormat : localIsoFormat);
      return formatDate(dateFrom(args.date, '$dateToString'), String(format), zone);
    },
  ),
  $dateFromString: withArguments(
    ['dateString'],
    ['format', 'timezone', 'onError', 'onNull'],
    ['dateString', 'timezone'],
    fromText,
  ),
  $dateFromParts: withArguments(
    [],
    [
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
      'millisecond',
      'isoWeekYear',
      'isoWeek',
      'isoDayOfWeek',
      'timezone',
    ],
    [
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
      'millisecond',
      'isoWeekYear',
      'isoWeek',
      'isoDayOfWeek',
      'timezone',
    ],
    fromParts,
  ),
  $dateToParts: withArguments(['date'], ['timezone', 'iso8601'], ['date', 'timezone'], toParts),
};
