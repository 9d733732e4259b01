// Duty: move every sealed value to a new key, record by record. May be stopped anywhere and run again; nothing is unreadable meanwhile.
import mongoose from 'mongoose';
import { type KeptField, VaultCheckModel } from './identities.model.ts';
import { newSecret, replaceKeyFile, secretsFromFile, VaultRefused } from './keyFile.ts';
import { placeOf, type SealedPlace, sealedPlaces } from './sealedPlaces.ts';
import type { Matchable } from './sealing.ts';
import { matchValue, seal, sealCheck, Unreadable, unseal } from './sealing.ts';
import { keyRing, openVault, type VaultSource } from './vaultKeys.ts';

export interface Rotation {
  resealed: number;
  /** Values that no key opens: left as they are, and the old keys with them. */
  unreadable: number;
  /** True when the old keys are no longer needed. */
  done: boolean;
}

const batch = 100;

/**
 * With a key file: puts a new key first (unless an earlier rotation was cut short), re-seals, then drops the old keys.
 * With VAULT_KEY=new,old: re-seals; the operator drops the old key. `settleMs` is how long a request of another process may
 * still seal under the key it began with.
 */
export async function rotateVault(source: VaultSource, settleMs = 5_000): Promise<Rotation> {
  await openVault(source);
  if (source.variable) {
    if (keyRing().keys.length < 2)
      throw new VaultRefused(
        'Put the new key first and keep the old one: VAULT_KEY=new,old; restart; then rotate',
      );
  } else {
    const secrets = secretsFromFile(source.file)!;
    if (secrets.length < 2) replaceKeyFile(source.file, [newSecret(), ...secrets]);
    await openVault(source);
  }
  let { resealed, unreadable } = await resealAll();
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const late = await resealAll();
  resealed += late.resealed;
  unreadable = late.unreadable;
  if (unreadable > 0) return { resealed, unreadable, done: false };
  const { current } = keyRing();
  await VaultCheckModel.deleteMany({ _id: { $ne: current.id } });
  if (!source.variable) replaceKeyFile(source.file, [current.secret]);
  await openVault(source);
  return { resealed, unreadable: 0, done: true };
}

type AnyRecord = Record<string, unknown> & { _id: string };

async function resealAll(): Promise<{ resealed: number; unreadable: number }> {
  const sum = { resealed: 0, unreadable: 0 };
  for (const place of sealedPlaces) {
    const records = mongoose.connection.collection<AnyRecord>(place.collection);
    let last = '';
    for (;;) {
      const some = await records
        .find({ _id: { $gt: last } })
        .sort({ _id: 1 })
        .limit(batch)
        .toArray();
      for (const record of some) {
        for (const field of Object.keys(place.paths)) {
          const outcome = await reseal(place, record, field);
          if (outcome !== 'untouched') sum[outcome] += 1;
        }
      }
      if (some.length < batch) break;
      last = some.at(-1)!._id;
    }
  }
  return sum;
}

/** One value, written only if nobody changed it since it was read: an edit made meanwhile wins, and is found by the next pass. */
async function reseal(
  { collection, paths, purpose }: SealedPlace,
  record: AnyRecord,
  field: string,
): Promise<'untouched' | 'resealed' | 'unreadable'> {
  const path = paths[field]!;
  const kept = path
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], record) as
    | KeptField
    | null
    | undefined;
  const ring = keyRing();
  if (!kept || kept.key === ring.current.id) return 'untouched';
  const place = placeOf(collection, record._id, field);
  let value: string;
  try {
    value = unseal(ring, place, kept, purpose);
  } catch (error) {
    if (error instanceof Unreadable) return 'unreadable';
    throw error;
  }
  const next: KeptField = seal(ring, place, value, purpose);
  if (kept.match) next.match = matchValue(ring.current, field as Matchable, value);
  await mongoose.connection
    .collection<AnyRecord>(collection)
    .updateOne({ _id: record._id, [`${path}.box`]: kept.box }, { $set: { [path]: next } });
  return 'resealed';
}

/** For the operator: whether the database's keys are all here. Writes nothing when they are not. */
export async function checkVault(source: VaultSource): Promise<{ keys: number; current: string }> {
  await openVault(source);
  const ring = keyRing();
  return { keys: ring.keys.length, current: sealCheck(ring).key };
}
