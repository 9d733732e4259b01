// Duty: the process that makes one scheduled backup and ends; started by `schedule.ts`, which sends it its task.
import { type BackupRequest, makeBackup } from './backup.ts';

/** The passphrase comes by message, so that no list of processes shows it. */
export type BackupTask = Omit<BackupRequest, 'signal'>;

process.once('message', (task: BackupTask) => {
  const ended = new AbortController();
  process.once('disconnect', () => ended.abort());
  makeBackup({ ...task, signal: ended.signal }).then(
    (made) => process.send?.({ made }, () => process.exit(0)),
    (error: Error) => process.send?.({ error: error.message }, () => process.exit(1)),
  );
});
