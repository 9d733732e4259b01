// Duty: keep what the log writes while a test runs. Levels and redaction are the log's own.
import { symbols } from 'pino';
import { log } from '../../server/log.ts';

/** Lines as they are written from now on, at debug level; call `silence` when done. */
export function listenToLog(): { lines: string[]; silence(): void } {
  const lines: string[] = [];
  const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[symbols.streamSym]!;
  const before = stream.write;
  stream.write = (line) => {
    lines.push(line);
  };
  log.level = 'debug';
  return {
    lines,
    silence() {
      log.level = 'silent';
      stream.write = before;
    },
  };
}
