// Duty: read what the server put into its mail outbox. No sending here.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface OutboxMail {
  to: string;
  subject: string;
  text: string;
  /** The one-time token of the link in it, if any. */
  token: string | null;
}

export function emptyOutbox(dataDir: string): void {
  rmSync(join(dataDir, 'outbox'), { recursive: true, force: true });
}

export function readOutbox(dataDir: string): OutboxMail[] {
  const folder = join(dataDir, 'outbox');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => {
      const eml = readFileSync(join(folder, name), 'utf8');
      const encoded = /^Subject: =\?utf-8\?B\?(.*)\?=$/m.exec(eml)![1]!;
      return {
        to: /^To: (.*)$/m.exec(eml)![1]!,
        subject: Buffer.from(encoded, 'base64').toString('utf8'),
        text: eml.slice(eml.indexOf('\n\n') + 2),
        token: /\/(?:invitation|reset)\/([\w-]{43})/.exec(eml)?.[1] ?? null,
      };
    });
}

/** Waits for the first mail to that address; undefined when none came in time. */
export async function mailTo(
  dataDir: string,
  to: string,
  milliseconds = 3_000,
): Promise<OutboxMail | undefined> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = readOutbox(dataDir).find((mail) => mail.to === to);
    if (found || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
