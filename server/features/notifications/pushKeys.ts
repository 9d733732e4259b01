// Duty: this installation's one key pair for pushes, sealed in the database; whichever process comes first makes it. Sends nothing.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import webPush, { type VapidKeys } from 'web-push';
import { log } from '../../log.ts';
import { PushKeysModel, PushSubscriptionModel } from './push.model.ts';

export interface PushKeySettings {
  /** What only this installation knows, and nobody changes. */
  secret: string;
  /** Where earlier versions kept the pair: browsers that subscribed then trust that one alone. */
  folder: string;
}

const _id = 'pair';
const duplicateKey = 11000;

/** The same in every process, also of several machines that begin together. */
export async function keptPushKeys({ secret, folder }: PushKeySettings): Promise<VapidKeys> {
  const box = boxOf(secret);
  const earlier = join(folder, 'push-keys.json');
  for (;;) {
    const kept = await PushKeysModel.findOne({ _id }).lean();
    const pair = kept && box.open(kept.sealed);
    if (pair) {
      rmSync(earlier, { force: true });
      return pair;
    }
    const made = existsSync(earlier)
      ? (JSON.parse(readFileSync(earlier, 'utf8')) as VapidKeys)
      : webPush.generateVAPIDKeys();
    const sealed = box.seal(made);
    if (kept) await replace(kept.sealed, sealed);
    else
      await PushKeysModel.create({ _id, sealed }).catch((error: unknown) => {
        if ((error as { code?: number }).code !== duplicateKey) throw error;
      });
  }
}

/** Nobody can open the one that is there: no browser that subscribed with it can be reached any more. */
async function replace(unopened: string, sealed: string): Promise<void> {
  const { matchedCount } = await PushKeysModel.updateOne({ _id, sealed: unopened }, { $set: { sealed } });
  if (matchedCount === 0) return;
  log.warn('the key pair for pushes was sealed under another secret: browsers have to subscribe anew');
  await PushSubscriptionModel.deleteMany({});
}

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

function boxOf(secret: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'kosint/push/seal', 32));
  return {
    seal(pair: VapidKeys): string {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(pair)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    /** Null when it was sealed under another secret. */
    open(sealed: string): VapidKeys | null {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8');
        return JSON.parse(text + decipher.final('utf8')) as VapidKeys;
      } catch {
        return null;
      }
    },
  };
}
