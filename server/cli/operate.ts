// Duty: how every program for operators ends: one clear line for what was to be expected, the whole story for what was not.
import { BackupRefused } from '../backup/backup.ts';
import { DatabaseNotEmpty, RestoreUnderWay } from '../backup/mongoPlace.ts';
import { SealedFileRefused } from '../backup/sealed.ts';
import { HalfRestored } from '../database/unfinishedRestore.ts';
import { EnvFaults } from '../env.ts';
import { VaultRefused } from '../features/identities/keyFile.ts';

/** As the drivers name what happens to an address where no database answers, or lets nobody in by that password. */
const isUnreachable = ({ name, code }: Error & { code?: unknown }) =>
  /^Mongo\w*(ServerSelection|Network)Error$/.test(name) || code === 18;

const expected = [
  BackupRefused,
  DatabaseNotEmpty,
  EnvFaults,
  HalfRestored,
  RestoreUnderWay,
  SealedFileRefused,
  VaultRefused,
];

/** `work` answers the exit code; Ctrl-C aborts it and lets it clear up. */
export function operate(work: (signal: AbortSignal) => Promise<number>): void {
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  process.once('SIGTERM', () => stopped.abort());
  work(stopped.signal).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const isExpected = expected.some((kind) => error instanceof kind) || isUnreachable(error as Error);
      const { code } = error as NodeJS.ErrnoException;
      if (stopped.signal.aborted) console.error('Stopped; nothing was left behind.');
      else console.error(isExpected || code === 'ENOSPC' ? (error as Error).message : error);
      process.exitCode = 1;
    },
  );
}
