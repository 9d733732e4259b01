// Duty: the structured log and the one `report` for faults. Ids, never content; personal fields are struck out whatever the caller does.
import { pino } from 'pino';

/** Field names that never reach a log line, at the top or one level down. */
export const personalFields = [
  'password',
  'current',
  'token',
  'email',
  'name',
  'phone',
  'address',
  'idNumber',
  'point',
  'guardian',
  'ownWords',
  'values',
  'title',
  'description',
  'need',
  'text',
  'note',
  'reason',
  'q',
  'cookie',
  'authorization',
] as const;

export const log = pino({
  level: 'info',
  base: null,
  redact: { paths: personalFields.flatMap((field) => [field, `*.${field}`]), censor: '[struck out]' },
});

/**
 * Libraries quote what they choked on: the value of an index key, an address that a mail server refused, a link. None of it is ours to
 * keep; the words around it and the lines of code are what tells where to look.
 */
function withoutContent(message: string): string {
  return message
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|“[^”]*”/g, '[left out]')
    .replace(/\S+@\S+|https?:\/\/\S+/g, '[left out]')
    .slice(0, 500);
}

const codeLines = (stack: string | undefined) =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** A number or a name of the system's or a library's; what is longer or has spaces is somebody's words. */
function codeOf(error: unknown): string | number | undefined {
  const { code } = error as { code?: unknown };
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

const minute = 60_000;
const repeats = new Map<string, number>();

/** True when this was said within the last minute: then it is counted, and at the minute's end `sayCount` is told how often it came again. */
export function saidLately(what: string, sayCount: (times: number) => void): boolean {
  const times = repeats.get(what);
  repeats.set(what, times === undefined ? 0 : times + 1);
  if (times !== undefined) return true;
  setTimeout(() => {
    const again = repeats.get(what) ?? 0;
    repeats.delete(what);
    if (again > 0) sayCount(again);
  }, minute).unref();
  return false;
}

/** A full disk is a fault of every write. */
const outOfDiskSpace = 14031;

/** The last station of every unexpected fault, of a request or of the process. */
export function report(error: unknown, context: Record<string, unknown> = {}): void {
  const known = error instanceof Error;
  const code = known ? codeOf(error) : undefined;
  const sayCount = (times: number) => log.error({ fault: 'OutOfDiskSpace', code, times }, 'fault');
  if (code === outOfDiskSpace && saidLately('full disk', sayCount)) return;
  log.error(
    {
      ...context,
      fault: known ? error.name : typeof error,
      code,
      message: known ? withoutContent(error.message) : undefined,
      stack: known ? codeLines(error.stack) : undefined,
    },
    'fault',
  );
}
