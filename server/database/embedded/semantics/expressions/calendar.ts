// Duty: calendar arithmetic in a time zone: parts of an instant, and back; units, bins and weeks. No BSON here.
import { CommandError } from '../../errors.ts';

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
export const fixedUnits: Record<string, number> = {
  millisecond: 1,
  second: 1000,
  minute: minuteMs,
  hour: 3_600_000,
};
const monthUnits: Record<string, number> = { month: 1, quarter: 3, year: 12 };
export const weekDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export interface Zone {
  /** Local time minus UTC at this instant, in milliseconds. */
  offset(instant: number): number;
}

const utc: Zone = { offset: () => 0 };
const zones = new Map<string, Zone>();

export function zoneNamed(name: string | undefined): Zone {
  if (name === undefined || name === 'UTC' || name === 'GMT' || name === 'Z') return utc;
  const known = zones.get(name);
  if (known) return known;
  const made = fixedZone(name) ?? olsonZone(name);
  zones.set(name, made);
  return made;
}

function fixedZone(name: string): Zone | undefined {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(name);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  const offset = (match[1] === '-' ? -minutes : minutes) * minuteMs;
  return { offset: () => offset };
}

function olsonZone(name: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${name}"`);
  }
  // Offsets change at most every quarter of an hour, and asking Intl is slow.
  const known = new Map<number, number>();
  return {
    offset: (instant) => {
      const quarter = Math.floor(instant / (15 * minuteMs));
      let offset = known.get(quarter);
      if (offset === undefined) {
        const text = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(instant));
        const minutes = Number(text?.[2] ?? 0) * 60 + Number(text?.[3] ?? 0);
        offset = (text?.[1] === '-' ? -minutes : minutes) * minuteMs;
        if (known.size > 10_000) known.clear();
        known.set(quarter, offset);
      }
      return offset;
    },
  };
}

/** A date whose UTC fields read as the local time of the zone. */
export const localTime = (instant: Date, zone: Zone): Date =>
  new Date(instant.getTime() + zone.offset(instant.getTime()));
export function fromLocal(local: number, zone: Zone): Date {
  const guess = local - zone.offset(local);
  return new Date(local - zone.offset(guess));
}

export function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / dayMs) + 1;
}
/** Weeks begin on Sunday; the days before the first one are week 0. */
export const weekOfYear = (local: Date): number => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);

export function isoWeek(local: Date): { year: number; week: number } {
  // The week belongs to the year that its Thursday is in.
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * dayMs);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

export function addUnits(instant: Date, unit: string, amount: number, zone: Zone): Date {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return new Date(instant.getTime() + amount * fixed);
  const local = localTime(instant, zone);
  if (unit === 'day' || unit === 'week')
    return fromLocal(local.getTime() + amount * dayMs * (unit === 'week' ? 7 : 1), zone);
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth() + amount * monthsIn(unit);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const day = Math.min(local.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  return fromLocal(
    Date.UTC(year, month, day) + (local.getTime() - Math.floor(local.getTime() / dayMs) * dayMs),
    zone,
  );
}

function monthsIn(unit: string): number {
  const months = monthUnits[unit];
  if (months === undefined) throw new CommandError(9, `unknown time unit value: ${unit}`);
  return months;
}

/** The number of the bin that an instant lies in, counted from the year 2000. */
function binOf(instant: Date, unit: string, zone: Zone, weekStart: number): number {
  const local = localTime(instant, zone);
  const fixed = fixedUnits[unit];
  const since2000 = local.getTime() - Date.UTC(2000, 0, 1);
  if (fixed !== undefined) return Math.floor(since2000 / fixed);
  if (unit === 'day') return Math.floor(since2000 / dayMs);
  // 1 January 2000 was a Saturday.
  if (unit === 'week') return Math.floor((since2000 / dayMs - ((weekStart + 1) % 7)) / 7);
  return Math.floor(((local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth()) / monthsIn(unit));
}

/** How many boundaries of the unit lie between two instants. */
export const boundariesBetween = (
  from: Date,
  to: Date,
  unit: string,
  zone: Zone,
  weekStart: number,
): number => binOf(to, unit, zone, weekStart) - binOf(from, unit, zone, weekStart);

/** The start of the bin of `size` units that holds the instant. */
export function truncate(instant: Date, unit: string, size: number, zone: Zone, weekStart: number): Date {
  const bin = Math.floor(binOf(instant, unit, zone, weekStart) / size) * size;
  const start = Date.UTC(2000, 0, 1);
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return fromLocal(start + bin * fixed, zone);
  if (unit === 'day') return fromLocal(start + bin * dayMs, zone);
  if (unit === 'week') return fromLocal(start + (bin * 7 + ((weekStart + 1) % 7)) * dayMs, zone);
  return fromLocal(Date.UTC(2000, bin * monthsIn(unit), 1), zone);
}
