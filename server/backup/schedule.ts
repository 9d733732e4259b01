// Duty: backups by themselves: one when the newest is old enough, in a process of its own, and no more than are wanted. How one is made is backup.ts.
import { fork } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { log, report } from '../log.ts';
import type { MadeBackup } from './backup.ts';
import type { BackupTask } from './child.ts';
import type { Places } from './database.ts';

export interface Schedule {
  places: Places;
  /** Where they go; made when needed. */
  folder: string;
  passphrase: string;
  everyHours: number;
  keep: number;
}

const hour = 3_600_000;
/** Clocks of machines that share a folder differ by less; what is named for later was made before a clock was set back. */
const slack = hour;
/** A file that grew within that time is being written by another process. */
const writingMilliseconds = 5 * 60_000;
const name = /^kosint-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.backup$/;

const nameAt = (now: Date) =>
  `kosint-${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.backup`;

/** Zero for what is no scheduled backup. */
function madeAt(file: string): number {
  const [, year, month, day, hours, minutes, seconds] = name.exec(file) ?? [];
  return year ? Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`) : 0;
}

/** When the newest was made, as this clock tells it; zero where there is none. */
export async function newestBackup(folder: string, now = new Date()): Promise<number> {
  const made = (await readdir(folder)).map(madeAt);
  return Math.max(0, ...made.filter((at) => at <= now.getTime() + slack));
}

/**
 * Answers how many were made: one or none. A failure is logged and tried again at the next look; older backups are deleted only
 * after a new one is whole. When the server stops, one that is being made is given up and leaves nothing.
 */
export async function backUpWhenDue(
  schedule: Schedule,
  now = new Date(),
  stopping?: AbortSignal,
): Promise<number> {
  const { folder, everyHours, keep } = schedule;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (now.getTime() - (await newestBackup(folder, now)) < everyHours * hour) return 0;
  if (await isBeingWritten(folder, now)) return 0;
  const file = nameAt(now);
  try {
    const begun = performance.now();
    const { places, passphrase } = schedule;
    const { documents, files, bytes } = await inOwnProcess(
      { places, file: join(folder, file), passphrase, withVaultKey: false },
      stopping,
    );
    const seconds = Math.round((performance.now() - begun) / 1000);
    log.info({ backup: file, documents, files, bytes, seconds }, 'backup made');
    await rotate(folder, keep, now);
    return 1;
  } catch (error) {
    if (stopping?.aborted) log.info({ backup: file }, 'backup given up: the server stops');
    else report(error, { where: 'backup' });
    return 0;
  }
}

async function isBeingWritten(folder: string, now: Date): Promise<boolean> {
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.unfinished'))) {
    const { mtimeMs } = await stat(join(folder, file));
    if (Math.abs(now.getTime() - mtimeMs) < writingMilliseconds) return true;
    await rm(join(folder, file), { force: true });
  }
  return false;
}

/** The newest stay. Those that a wrong clock named for later go first: else each new one would be the oldest, and go at once. */
async function rotate(folder: string, keep: number, now: Date): Promise<void> {
  const rank = (file: string) => (madeAt(file) > now.getTime() + slack ? 0 : madeAt(file));
  const kept = (await readdir(folder)).filter((file) => name.test(file)).sort();
  kept.sort((one, other) => rank(one) - rank(other));
  for (const file of kept.slice(0, -keep)) await rm(join(folder, file), { force: true });
}

/** Compressing and sealing must not hold up those who work. */
function inOwnProcess(task: BackupTask, stopping?: AbortSignal): Promise<MadeBackup> {
  const typescript = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(typescript ? './child.ts' : './child.js', import.meta.url));
  const tsx = () => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(file, [], { execArgv: typescript ? ['--import', tsx()] : [] });
  const giveUp = () => child.connected && child.disconnect();
  stopping?.addEventListener('abort', giveUp);
  child.once('exit', () => stopping?.removeEventListener('abort', giveUp));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`The backup ended early (${signal ?? code})`)));
    child.once('message', (answer: { made?: MadeBackup; error?: string }) => {
      if (answer.made) resolve(answer.made);
      else reject(new Error(answer.error));
    });
    child.send(task);
    if (stopping?.aborted) giveUp();
  });
}
