// Duty: letters as files that a person or a mail program can open: put there, listed, taken away. Sends nothing.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keptSecret } from '../env.ts';
import type { Mail } from './mailer.ts';

export interface WaitingLetter {
  file: string;
  to: string;
  raw: Buffer;
}

export async function putIntoOutbox(outbox: string, mail: Mail, from: string): Promise<void> {
  mkdirSync(outbox, { recursive: true, mode: 0o700 });
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
  const half = join(outbox, `${name}.part`);
  await writeFile(half, asEml(mail, from), { mode: 0o600 });
  await rename(half, join(outbox, name));
}

/** The same for every process that has this folder, another on every other machine; never in a backup. */
export const outboxId = (outbox: string): string => keptSecret(`${outbox}-id`).slice(0, 8);

/** Names of the letters that lie there, oldest first; none where there is no folder yet. */
export async function lettersIn(outbox: string): Promise<string[]> {
  const names = await readdir(outbox).catch(() => []);
  return names.filter((name) => name.endsWith('.eml')).sort();
}

/** Null when somebody took it away meanwhile, or it is older than that: old news, for a person to look at. */
export async function waitingLetter(
  outbox: string,
  name: string,
  oldestMilliseconds: number,
): Promise<WaitingLetter | null> {
  const file = join(outbox, name);
  try {
    if (Date.now() - (await stat(file)).mtimeMs > oldestMilliseconds) return null;
    const raw = await readFile(file);
    const [, to] = /^To: (.*)$/m.exec(raw.toString('utf8')) ?? [];
    return to ? { file, to, raw } : null;
  } catch {
    return null;
  }
}

export const letterIsDone = ({ file }: WaitingLetter): Promise<void> => rm(file, { force: true });
/** Stays to be read, and is not tried again. */
export const letterIsRefused = ({ file }: WaitingLetter): Promise<void> => rename(file, `${file}.refused`);

/** A message as mail programs open it, body unencoded so that a person can read the file and follow its link. */
function asEml(mail: Mail, from: string): string {
  const oneLine = (value: string) => value.replace(/[\r\n]+/g, ' ');
  const subject = `=?utf-8?B?${Buffer.from(oneLine(mail.subject)).toString('base64')}?=`;
  return [
    `From: ${oneLine(from)}`,
    `To: ${oneLine(mail.to)}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@kosint-tracker>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.text,
    '',
  ].join('\n');
}
