// Duty: where the vault's secrets are: VAULT_KEY or a file only its owner may read, newest first. Never the database, never a log.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** The vault cannot be opened; the message is for whoever runs the server and holds no secret. */
export class VaultRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'VaultRefused';
  }
}

const base64Key = /^[A-Za-z0-9+/_-]{43}=?$/;

export const newSecret = () => randomBytes(32);

/** `VAULT_KEY`: one key, or several with commas: the first seals, the others still open what they sealed. */
export function secretsFromVariable(value: string): Buffer[] {
  return parseSecrets(value.split(','), 'VAULT_KEY');
}

/** Null when there is no such file. A file that others may read is refused, as a private key would be. */
export function secretsFromFile(path: string): Buffer[] | null {
  if (!existsSync(path)) return null;
  const readableByOthers = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  if (readableByOthers)
    throw new VaultRefused(
      `The vault key file ${path} may be read by others: chmod 600 it, then rotate the key`,
    );
  return parseSecrets(readFileSync(path, 'utf8').trim().split('\n'), path);
}

function parseSecrets(lines: string[], source: string): Buffer[] {
  const secrets = lines.map((line) => line.trim()).filter(Boolean);
  if (secrets.length === 0 || !secrets.every((line) => base64Key.test(line)))
    throw new VaultRefused(`${source} must hold keys of 32 bytes in base64`);
  return secrets.map((line) => Buffer.from(line, 'base64'));
}

/** Makes the first key file; when another process was quicker, its file stands. */
export function makeKeyFile(path: string): void {
  const draft = writeDraft(path, [newSecret()]);
  try {
    linkSync(draft, path);
    unlinkSync(draft);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') unlinkSync(draft);
    else renameSync(draft, path);
  }
}

/** Replaces the file in one step: a crash leaves the old one or the new one, whole. */
export function replaceKeyFile(path: string, secrets: readonly Buffer[]): void {
  renameSync(writeDraft(path, secrets), path);
}

function writeDraft(path: string, secrets: readonly Buffer[]): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${secrets.map((secret) => secret.toString('base64')).join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return draft;
}
