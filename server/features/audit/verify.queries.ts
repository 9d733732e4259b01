// Duty: walk every chain and the anchors, and name each entry that was altered, removed or put elsewhere. Changes nothing.
import { setImmediate as breathe } from 'node:timers/promises';
import type { ChainFaultKind } from '../../../shared/auditLists.ts';
import {
  type AuditAnchor,
  AuditAnchorModel,
  type AuditBlock,
  AuditBlockModel,
  type AuditChain,
  AuditChainModel,
} from './audit.model.ts';
import { blocksBetween, type Entry, entryOf, findableBy, linesIn } from './entries.ts';
import { auditKeyId, beginning, markOf, marksIn, sealOfAnchor, sealOfBlock, sealOfHead } from './seals.ts';

export interface ChainFault {
  kind: ChainFaultKind;
  /** Null: the common chain of anchors. */
  chain: string | null;
  /** Number of the entry (or anchor) in its chain. */
  entry: number;
}

export interface Walk {
  chains: number;
  entries: number;
  /** Chains whose process ended without closing them: a second of reads may be missing at their end. */
  lost: number;
  /** Entries that retention has cut off. */
  cut: number;
  faults: ChainFault[];
  /** The end of the common chain, to be written down elsewhere: `number:seal`. */
  head: string;
}

const blocksAtOnce = 100;
const mostFaults = 200;

/** `known` is a head written down earlier: its anchor must still be there as it was. */
export async function walkAudit(known?: string): Promise<Walk> {
  for (;;) {
    const anchors = await AuditAnchorModel.find().sort({ _id: 1 }).lean<AuditAnchor[]>();
    const walk = await walkAll(anchors, known);
    const cutMeanwhile = await AuditAnchorModel.exists({
      kind: 'cut',
      _id: { $gt: anchors.at(-1)?._id ?? 0 },
    });
    if (walk.faults.length === 0 || !cutMeanwhile) return walk;
  }
}

async function walkAll(anchors: readonly AuditAnchor[], known: string | undefined): Promise<Walk> {
  const walk: Walk = { chains: 0, entries: 0, lost: 0, cut: 0, faults: [], head: '' };
  const fault = (kind: ChainFaultKind, chain: string | null, entry: number) => {
    if (walk.faults.length < mostFaults) walk.faults.push({ kind, chain, entry });
  };
  walk.head = walkAnchors(anchors, fault, known);
  // In this order, because what is written while we walk only makes chains longer.
  const ids = new Set([
    ...anchors.flatMap(({ chain }) => (chain ? [chain] : [])),
    ...((await AuditBlockModel.distinct('chain')) as string[]),
  ]);
  const chains = await AuditChainModel.find().sort({ startedAt: 1 }).lean<AuditChain[]>();
  for (const { _id } of chains) ids.add(_id);
  for (const id of ids) {
    const own = anchors.filter(({ chain }) => chain === id);
    const cut = own.filter(({ kind }) => kind === 'cut').at(-1);
    const chain = chains.find(({ _id }) => _id === id);
    const heads = headsOf(chain, own);
    const reached = await walkChain(id, cut, new Set(heads.map(({ blocks }) => blocks)), fault);
    walk.chains += 1;
    walk.entries += reached.entries - (cut?.entries ?? 0);
    walk.cut += cut?.entries ?? 0;
    if (own.some(({ kind }) => kind === 'lost')) walk.lost += 1;
    if (!chain) fault('missing', id, 0);
    else if (chain.key !== auditKeyId()) fault('other_key', id, chain.entries);
    else if (chain.seal !== sealOfHead(chain)) fault('seal_broken', id, chain.entries);
    checkHeads(id, heads, reached, fault);
  }
  return walk;
}

type Tell = (kind: ChainFaultKind, chain: string | null, entry: number) => void;

function walkAnchors(anchors: readonly AuditAnchor[], fault: Tell, known: string | undefined): string {
  let prev = beginning;
  let next = 1;
  for (const anchor of anchors) {
    if (anchor._id !== next) fault('missing', null, next);
    else if (anchor.prev !== prev) fault('out_of_order', null, anchor._id);
    if (anchor.key !== auditKeyId()) fault('other_key', null, anchor._id);
    else if (anchor.seal !== sealOfAnchor(anchor)) fault('anchor_broken', null, anchor._id);
    prev = anchor.seal;
    next = anchor._id + 1;
  }
  if (known) {
    const [number, seal] = known.split(':');
    if (anchors.find(({ _id }) => _id === Number(number))?.seal !== seal)
      fault('cut_short', null, Number(number));
  }
  return `${next - 1}:${prev}`;
}

interface Reached {
  blocks: number;
  entries: number;
  /** Seals of the blocks that an anchor or head speaks of. */
  hashes: Map<number, string>;
}

async function walkChain(
  id: string,
  cut: AuditAnchor | undefined,
  wanted: ReadonlySet<number>,
  fault: Tell,
): Promise<Reached> {
  const reached: Reached = { blocks: cut?.blocks ?? 0, entries: cut?.entries ?? 0, hashes: new Map() };
  if (cut) reached.hashes.set(cut.blocks, cut.hash);
  let prev = cut?.hash ?? beginning;
  // Of the entry before a cut only the block's seal is left; that of the first block after it says the rest.
  let mark: string | null = cut ? null : beginning;
  for (;;) {
    const blocks = await AuditBlockModel.find({ _id: blocksBetween(id, reached.blocks) })
      .sort({ _id: 1 })
      .limit(blocksAtOnce)
      .lean<AuditBlock[]>();
    for (const block of blocks) {
      if (block.seq !== reached.blocks + 1) {
        fault('missing', id, reached.entries + 1);
        mark = null;
      } else if (block.prev !== prev || block.first !== reached.entries + 1)
        fault('out_of_order', id, reached.entries + 1);
      walkBlock(block, mark, fault);
      reached.blocks = block.seq;
      reached.entries = block.first + block.count - 1;
      if (wanted.has(block.seq)) reached.hashes.set(block.seq, block.hash);
      prev = block.hash;
      mark = marksIn(block.marks).at(-1) ?? null;
    }
    if (blocks.length < blocksAtOnce) return reached;
    await breathe();
  }
}

function walkBlock(block: AuditBlock, before: string | null, fault: Tell): void {
  const entries: Entry[] = [];
  const lines = linesIn(block);
  const marks = marksIn(block.marks);
  let mark = before;
  for (const [index, line] of lines.entries()) {
    const number = block.first + index;
    const entry = entryOf(line);
    if (entry) entries.push(entry);
    const kept = marks[index] ?? '';
    if (mark !== null && markOf(mark, line) !== kept) {
      // Whole lines that stand elsewhere were moved; any other was altered.
      fault(entry && entry.n !== number ? 'out_of_order' : 'altered', block.chain, number);
    } else if (!entry || entry.n !== number) fault(entry ? 'out_of_order' : 'altered', block.chain, number);
    mark = kept;
  }
  if (lines.length !== marks.length)
    fault('missing', block.chain, block.first + Math.min(lines.length, marks.length));
  if (block.key !== auditKeyId()) fault('other_key', block.chain, block.first);
  else if (block.hash !== sealOfBlock(block)) fault('seal_broken', block.chain, block.first);
  const findable = findableBy(entries);
  const same = (a: readonly string[], b: readonly string[]) => a.toSorted().join() === b.toSorted().join();
  if (
    !same(findable.people, block.people) ||
    !same(findable.records, block.records) ||
    !same(findable.kinds, block.kinds) ||
    findable.denied !== block.denied ||
    findable.count !== block.count ||
    entries[0]?.at !== block.from.getTime() ||
    entries.at(-1)?.at !== block.at.getTime()
  )
    fault('index_altered', block.chain, block.first);
}

type KnownHead = Pick<AuditAnchor, 'blocks' | 'hash'>;

const headsOf = (chain: AuditChain | undefined, anchors: readonly AuditAnchor[]): KnownHead[] => [
  ...anchors,
  ...(chain ? [chain] : []),
];

/** Every head that was once written down must still be reached, with the same seal. */
function checkHeads(id: string, heads: readonly KnownHead[], reached: Reached, fault: Tell): void {
  for (const { blocks, hash } of heads) {
    if (blocks > reached.blocks) {
      fault('cut_short', id, reached.entries + 1);
      return;
    }
    const found = reached.hashes.get(blocks);
    if (found !== undefined && found !== hash) fault('out_of_order', id, reached.entries);
  }
}
