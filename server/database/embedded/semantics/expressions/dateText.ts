// Duty: dates as text: written and read by the server's format specifiers (%Y-%m-%d …), and read as ISO 8601.
import { CommandError } from '../../errors.ts';
import { dayOfYear, isoWeek, localTime, minuteMs, weekOfYear, type Zone } from './calendar.ts';

const two = (number: number) => String(number).padStart(2, '0');
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** Writes an instant by the server's format specifiers (%Y-%m-%d …). */
export function formatDate(instant: Date, format: string, zone: Zone): string {
  const local = localTime(instant, zone);
  const offset = zone.offset(instant.getTime()) / minuteMs;
  return format.replace(/%(.?)/g, (_, specifier: string) => {
    switch (specifier) {
      case 'Y':
        return String(local.getUTCFullYear()).padStart(4, '0');
      case 'm':
        return two(local.getUTCMonth() + 1);
      case 'd':
        return two(local.getUTCDate());
      case 'H':
        return two(local.getUTCHours());
      case 'M':
        return two(local.getUTCMinutes());
      case 'S':
        return two(local.getUTCSeconds());
      case 'L':
        return String(local.getUTCMilliseconds()).padStart(3, '0');
      case 'j':
        return String(dayOfYear(local)).padStart(3, '0');
      case 'w':
        return String(local.getUTCDay() + 1);
      case 'u':
        return String(local.getUTCDay() || 7);
      case 'U':
        return two(weekOfYear(local));
      case 'V':
        return two(isoWeek(local).week);
      case 'G':
        return String(isoWeek(local).year).padStart(4, '0');
      case 'z':
        return `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
      case 'Z':
        return String(offset);
      case 'b':
        return months[local.getUTCMonth()]!.slice(0, 3);
      case 'B':
        return months[local.getUTCMonth()]!;
      case '%':
        return '%';
    }
    throw new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
  });
}

/** Dates without a zone are UTC; so is every bare day. */
export function parseDate(text: string): Date {
  const plain = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/.exec(text.trim());
  if (plain) return new Date(`${plain[1]}T${plain[2] ?? '00:00'}Z`);
  return new Date(text.trim().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

const partPatterns: Record<string, string> = {
  Y: '(\\d{4})',
  m: '(\\d\\d?)',
  d: '(\\d\\d?)',
  H: '(\\d\\d?)',
  M: '(\\d\\d?)',
  S: '(\\d\\d?)',
  L: '(\\d{1,3})',
};
/** Undefined when the text is not of that form. */
export function parseByFormat(text: string, format: string): Date | undefined {
  const order: string[] = [];
  const pattern = format.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%(.)/g, (_, specifier: string) => {
    order.push(specifier);
    const part = partPatterns[specifier];
    if (part === undefined)
      throw new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
    return part;
  });
  const found = new RegExp(`^${pattern}$`).exec(text);
  if (!found) return undefined;
  const read = (specifier: string, otherwise: number) => {
    const at = order.indexOf(specifier);
    return at < 0 ? otherwise : Number(found[at + 1]);
  };
  return new Date(
    Date.UTC(
      read('Y', 1970),
      read('m', 1) - 1,
      read('d', 1),
      read('H', 0),
      read('M', 0),
      read('S', 0),
      read('L', 0),
    ),
  );
}
