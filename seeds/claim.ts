// Duty: let one process at a time put seeds into a database; when it dies or falls silent another takes its place. Knows no seeds.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { model, Schema } from 'mongoose';
import { beatMilliseconds, isGoneAfter, lookMilliseconds } from '../server/beats.ts';
import { report } from '../server/log.ts';
import { ownMark, type ProcessMark } from '../server/processMark.ts';

interface Claim {
  _id: string;
  owner: string;
  /** Rises while the owner lives. */
  beat: number;
  /** By which others on the owner's machine tell sooner; of an earlier version's claim not there. */
  process?: ProcessMark | null;
}
const ClaimModel = model<Claim>(
  'SeedClaim',
  new Schema<Claim>(
    { _id: String, owner: String, beat: Number, process: { type: Schema.Types.Mixed, default: null } },
    { versionKey: false, collection: 'seeds' },
  ),
);
const _id = 'under way';

const duplicateKey = 11000;

export interface SeedClaim {
  /** False once another process took over, because this one was silent for too long. */
  holds(): boolean;
  giveBack(): Promise<void>;
}

/** Waits until nobody else has it. */
export async function claimSeeding(): Promise<SeedClaim> {
  const owner = randomUUID();
  let seen = '';
  let looks = 0;
  for (;;) {
    const held = await ClaimModel.findById(_id).lean<Claim>();
    if (!held) {
      if (await insert(owner)) return keepUp(owner);
      continue;
    }
    const sign = `${held.owner} ${held.beat}`;
    looks = sign === seen ? looks + 1 : 0;
    seen = sign;
    if (isGoneAfter(looks, held.process) && (await replace(held, owner))) return keepUp(owner);
    await pause(lookMilliseconds);
  }
}

async function insert(owner: string): Promise<boolean> {
  try {
    await ClaimModel.create({ _id, owner, beat: 0, process: ownMark() });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === duplicateKey) return false;
    throw error;
  }
}

async function replace({ owner, beat }: Claim, next: string): Promise<boolean> {
  const { matchedCount } = await ClaimModel.updateOne(
    { _id, owner, beat },
    { $set: { owner: next, beat: 0, process: ownMark() } },
  );
  return matchedCount === 1;
}

function keepUp(owner: string): SeedClaim {
  let holds = true;
  const beat = async () => {
    const { matchedCount } = await ClaimModel.updateOne({ _id, owner }, { $inc: { beat: 1 } });
    holds &&= matchedCount === 1;
  };
  const timer = setInterval(
    () => void beat().catch((error: unknown) => report(error, { where: 'seedClaim' })),
    beatMilliseconds,
  );
  return {
    holds: () => holds,
    async giveBack() {
      clearInterval(timer);
      await ClaimModel.deleteOne({ _id, owner });
    },
  };
}
