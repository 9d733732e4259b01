// Duty: what time does to the audit log: lost chains marked, what was missed carried in, all walked, the oldest cut off behind an anchor.
import { clock } from '../../clock.ts';
import { log } from '../../log.ts';
import { vaultReadingsSince } from '../identities/identities.queries.ts';
import { overridesSince } from '../identities/overrides.queries.ts';
import { addAnchor } from './anchors.ts';
import {
  type AuditAnchor,
  AuditAnchorModel,
  type AuditBlock,
  AuditBlockModel,
  type AuditChain,
  AuditChainModel,
} from './audit.model.ts';
import { markLostChains } from './chains.ts';
import { blocksBetween, type Entry } from './entries.ts';
import { keepEntry } from './recording.commands.ts';
import { entryOfOverride, entryOfReading } from './vaultEntries.ts';
import { walkAudit } from './verify.queries.ts';

export interface AuditLimits {
  /** Older entries are cut off. */
  months: number;
  /** More entries than that are cut off too, the oldest first. */
  entries: number;
}

/** Overlaps what the run before saw, for what was written while it ran. */
const overlapMilliseconds = 3600_000;
const mostCarried = 5_000;

/** Readings and overrides that reached their own records and not the chain: from before it began, or through a crash. */
async function carryMissed(lastRun: Date | null): Promise<number> {
  const since = lastRun ? new Date(lastRun.getTime() - overlapMilliseconds) : new Date(0);
  const found: { id: string; entry: Entry }[] = [
    ...(await vaultReadingsSince(since, mostCarried)).map((reading) => ({
      id: reading._id,
      entry: entryOfReading(reading),
    })),
    ...(await overridesSince(since, mostCarried)).map(({ _id, ...override }) => ({
      id: _id,
      entry: entryOfOverride({ id: _id, ...override }),
    })),
  ];
  let carried = 0;
  for (const { id, entry } of found) {
    if (await AuditBlockModel.exists({ records: id })) continue;
    await keepEntry({ ...entry, code: 'audit.carried' });
    carried += 1;
  }
  return carried;
}

/** Safe to run twice. Answers how many chains were marked and entries carried. */
export async function mindAudit(_now: Date, lastRun: Date | null): Promise<number> {
  return (await markLostChains()) + (await carryMissed(lastRun));
}

/** Walks everything and anchors what was found, so that a sound log is on record too. Answers the number of faults. */
export async function checkAudit(): Promise<number> {
  const { faults, head, ...walk } = await walkAudit();
  const found = { ...walk, faults: faults.slice(0, 20), total: faults.length };
  await addAnchor({ kind: 'checked', found: JSON.stringify(found) });
  // The head goes where the database's own writers cannot reach: into the log.
  if (faults.length > 0)
    log.error({ faults: found.faults, total: faults.length, head }, 'audit chain is broken');
  else log.info({ ...walk, head }, 'audit chain is sound');
  return faults.length;
}

/** Cuts from the oldest end of each chain what is too old or too much; answers how many entries went. */
export async function cutAudit(limits: AuditLimits, now = clock.now()): Promise<number> {
  const tooOld = new Date(now);
  tooOld.setMonth(tooOld.getMonth() - limits.months);
  const tooMany = await timeOfSurplus(limits.entries);
  const before = tooMany && tooMany > tooOld ? tooMany : tooOld;
  let cut = 0;
  for (const chain of await AuditChainModel.find().lean<AuditChain[]>()) cut += await cutChain(chain, before);
  return cut;
}

/** Before that time lies what is more than the limit; null when nothing is. */
async function timeOfSurplus(most: number): Promise<Date | null> {
  const [sum] = await AuditBlockModel.aggregate<{ entries: number }>([
    { $group: { _id: null, entries: { $sum: '$count' } } },
  ]);
  let surplus = (sum?.entries ?? 0) - most;
  if (surplus <= 0) return null;
  const oldestFirst = AuditBlockModel.find({}, { at: 1, count: 1 })
    .sort({ at: 1 })
    .lean<AuditBlock>()
    .cursor();
  for await (const { at, count } of oldestFirst) {
    surplus -= count;
    if (surplus <= 0) return new Date(at.getTime() + 1);
  }
  return null;
}

async function cutChain({ _id: chain, end }: AuditChain, before: Date): Promise<number> {
  const kept = await AuditBlockModel.findOne(
    { _id: blocksBetween(chain, 0), at: { $gte: before } },
    { seq: 1 },
  )
    .sort({ _id: 1 })
    .lean<AuditBlock>();
  // The last block of a chain that is still written stays: the next one refers to it.
  const [last] = await AuditBlockModel.find({ _id: blocksBetween(chain, 0, kept?.seq) })
    .sort({ _id: -1 })
    .skip(kept || end ? 0 : 1)
    .limit(1)
    .lean<AuditBlock[]>();
  if (!last) return 0;
  const entries = last.first + last.count - 1;
  const earlier = await AuditAnchorModel.findOne({ kind: 'cut', chain })
    .sort({ _id: -1 })
    .lean<AuditAnchor>();
  // The anchor comes first: what is gone without one is a fault. A cut that was interrupted is completed.
  if (earlier?.blocks !== last.seq)
    await addAnchor({ kind: 'cut', chain, blocks: last.seq, entries, hash: last.hash });
  await AuditBlockModel.collection.deleteMany({ _id: blocksBetween(chain, 0, last.seq + 1) } as never);
  return entries - (earlier?.entries ?? 0);
}
