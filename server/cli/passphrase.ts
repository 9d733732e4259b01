// Duty: a passphrase from the environment, or typed unseen at a terminal. Judges its length alone.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { BackupRefused } from '../backup/backup.ts';

const shortest = 12;

/** Asked twice when it is a new one, so that a slip does not seal a backup for ever. */
export async function passphraseFor(
  given: string | undefined,
  { isNew }: { isNew: boolean },
): Promise<string> {
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new BackupRefused(
      'Set BACKUP_PASSPHRASE, or run this at a terminal to be asked for the passphrase.',
    );
  const typed = await ask(isNew ? `New passphrase, ${shortest} characters or more: ` : 'Passphrase: ');
  if (isNew && typed.length < shortest)
    throw new BackupRefused(`The passphrase needs ${shortest} characters or more.`);
  if (isNew && (await ask('Once more: ')) !== typed) throw new BackupRefused('The two were not the same.');
  return typed;
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_bytes, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
