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

/** The last station of every unexpected fault, of a request or of the process. */
export function report(error: unknown, context: Record<string, unknown> = {}): void {
  const known = error instanceof Error;
  log.error(
    {
      ...context,
      fault: known ? error.name : typeof error,
      message: known ? error.message : undefined,
      stack: known ? error.stack : undefined,
    },
    'fault',
  );
}
