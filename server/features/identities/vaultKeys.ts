// Duty: the vault's key ring in this process: proved against the database at start, re-read when the key file changes. No records here.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../../log.ts';
import { IdentityModel, VaultCheckModel } from './identities.model.ts';
import { makeKeyFile, secretsFromFile, secretsFromVariable, VaultRefused } from './keyFile.ts';
import { type KeyRing, opensCheck, ringOf, sealCheck } from './sealing.ts';

export { VaultRefused } from './keyFile.ts';

export interface VaultSource {
  /** VAULT_KEY, when set: then there is no key file. */
  variable: string | undefined;
  file: string;
}

interface OpenVault {
  source: VaultSource;
  ring: KeyRing;
  /** Of the key file when it was read; another process may rotate it under us. */
  readAtMs: number;
}

let vault: OpenVault | null = null;

export const vaultSource = (env: { VAULT_KEY?: string | undefined; DATA_DIR: string }): VaultSource => ({
  variable: env.VAULT_KEY,
  file: join(env.DATA_DIR, 'vault-key'),
});

/**
 * Proves the keys against the check values before anything is written, and makes the first key on an empty database.
 * Throws `VaultRefused`, having changed nothing, when a key that the database needs is missing or wrong.
 */
export async function openVault(source: VaultSource): Promise<void> {
  const checks = await VaultCheckModel.find().lean();
  let secrets = secretsIn(source);
  if (checks.length === 0 && (await IdentityModel.exists({})))
    throw new VaultRefused(
      'The vault has records but no check value to prove a key against; restore a whole backup',
    );
  if (!secrets) {
    if (checks.length > 0)
      throw new VaultRefused(
        `The vault's key is missing: set VAULT_KEY or put the key file back at ${source.file}`,
      );
    makeKeyFile(source.file);
    secrets = secretsIn(source)!;
    log.info({ file: source.file }, 'made the vault key; keep a copy apart from the database');
  }
  const ring = ringOf(secrets);
  const unproved = checks.filter((check) => !opensCheck(ring, check));
  if (unproved.length > 0)
    throw new VaultRefused(
      'The vault was sealed under another key; nothing was changed. Start with the right key',
    );
  await keepCheck(ring);
  vault = { source, ring, readAtMs: changedAtMs(source) };
}

/** Repeatable; two processes that start together keep one. */
async function keepCheck(ring: KeyRing): Promise<void> {
  const { key, box } = sealCheck(ring);
  await VaultCheckModel.updateOne({ _id: key }, { $setOnInsert: { key, box } }, { upsert: true });
}

function secretsIn(source: VaultSource): Buffer[] | null {
  return source.variable ? secretsFromVariable(source.variable) : secretsFromFile(source.file);
}

function changedAtMs(source: VaultSource): number {
  if (source.variable) return 0;
  return statSync(source.file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The keys as they are now: a rotation in another process must not be answered with a key it retires. */
export function keyRing(): KeyRing {
  if (!vault) throw new Error('The vault is not open');
  const nowMs = changedAtMs(vault.source);
  if (nowMs !== 0 && nowMs !== vault.readAtMs) {
    const secrets = secretsIn(vault.source);
    if (secrets) vault = { ...vault, ring: ringOf(secrets), readAtMs: nowMs };
  }
  return vault.ring;
}
