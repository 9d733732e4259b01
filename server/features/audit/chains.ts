// Duty: the life of a chain: opened by a process, seen while it lives, closed by it, or found lost by others. Its entries are chainWriter's.
import { hostname } from 'node:os';
import { log } from '../../log.ts';
import { addAnchor } from './anchors.ts';
import { type AuditBlock, AuditBlockModel, type AuditChain, AuditChainModel } from './audit.model.ts';
import { blocksBetween, type Head } from './entries.ts';
import { auditKeyId, beginning, sealOfHead } from './seals.ts';

/** How often a chain's head is written down, and after how long without it a chain is lost. */
export const headMilliseconds = 5_000;
const lostMilliseconds = 60_000;

const headOf = ({ chain, blocks, entries, hash }: Head) => {
  const head = { _id: chain, blocks, entries, hash };
  return { blocks, entries, hash, key: auditKeyId(), seal: sealOfHead(head) };
};

/** A new chain, after those that ended without a word have been marked. */
export async function openChain(chain: string): Promise<Head> {
  await markLostChains();
  const head: Head = { chain, blocks: 0, entries: 0, hash: beginning, mark: beginning };
  const now = new Date();
  own.add(chain);
  await AuditChainModel.create({
    _id: chain,
    host: hostname(),
    pid: process.pid,
    startedAt: now,
    seenAt: now,
    ...headOf(head),
    end: null,
  });
  await addAnchor({ kind: 'opened', chain, hash: beginning });
  return head;
}

/** False when others have taken the chain for lost meanwhile: its process was asleep. */
export async function noteHead(head: Head): Promise<boolean> {
  const noted = await AuditChainModel.updateOne(
    { _id: head.chain, end: null },
    { $set: { ...headOf(head), seenAt: new Date() } },
  );
  return noted.matchedCount > 0;
}

export async function closeChain(head: Head): Promise<void> {
  const { chain, blocks, entries, hash } = head;
  await addAnchor({ kind: 'closed', chain, blocks, entries, hash });
  await AuditChainModel.updateOne(
    { _id: chain },
    { $set: { ...headOf(head), seenAt: new Date(), end: 'closed' } },
  );
}

/** Chains that this very process has opened: after a restart, another may have the same number of a process. */
const own = new Set<string>();

/** On this machine one can ask; of another, only its silence tells. */
function isGone({ _id, host, pid, seenAt }: AuditChain): boolean {
  if (own.has(_id)) return false;
  if (host === hostname() && (pid === process.pid || !isRunning(pid))) return true;
  return Date.now() - seenAt.getTime() > lostMilliseconds;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Chains whose process ended without closing them: from here on everybody can see that reads of their last second may be missing. */
export async function markLostChains(): Promise<number> {
  let marked = 0;
  for (const chain of await AuditChainModel.find({ end: null }).lean<AuditChain[]>()) {
    if (!isGone(chain)) continue;
    const last = await AuditBlockModel.findOne({ _id: blocksBetween(chain._id, 0) })
      .sort({ _id: -1 })
      .lean<AuditBlock>();
    // Where fewer blocks are found than the chain once had, they were not lost in a crash: the walk tells of them.
    const head =
      last && last.seq >= chain.blocks
        ? { blocks: last.seq, entries: last.first + last.count - 1, hash: last.hash }
        : { blocks: chain.blocks, entries: chain.entries, hash: chain.hash };
    const taken = await AuditChainModel.updateOne({ _id: chain._id, end: null }, { $set: { end: 'lost' } });
    if (taken.modifiedCount === 0) continue;
    await addAnchor({ kind: 'lost', chain: chain._id, ...head });
    log.warn({ chain: chain._id, entries: head.entries }, 'audit chain ended without closing');
    marked += 1;
  }
  return marked;
}
