// Duty: how the audit log is kept: blocks of entries, the chain each process writes, and the anchors that hold all chains together.
import { model, Schema } from 'mongoose';
import { retireIndexes } from '../../database/connect.ts';

/** Entries that were written together. `lines` is what counts; the lists beside it only let them be found. */
export interface AuditBlock {
  /** Chain and number: a second process or a repeated write can never make another of the same. */
  _id: string;
  chain: string;
  seq: number;
  /** Number in its chain of the first entry here. */
  first: number;
  /** Time of the first and of the last entry. */
  from: Date;
  at: Date;
  /** One entry a line; a single text, because lists of texts are dear to write. */
  lines: string;
  /** One of fixed length per line, made of the line and the mark before it: tells which line was altered. */
  marks: string;
  /** Whom, what and which kinds of entries it holds. */
  people: string[];
  records: string[];
  kinds: string[];
  denied: number;
  count: number;
  /** Id of the key of `hash`. */
  key: string;
  prev: string;
  /** Sealed over everything above, the block before included. */
  hash: string;
}

const blockSchema = new Schema<AuditBlock>(
  {
    _id: { type: String, required: true },
    chain: String,
    seq: Number,
    first: Number,
    from: Date,
    at: Date,
    lines: String,
    marks: String,
    people: [String],
    records: [String],
    kinds: [String],
    denied: Number,
    count: Number,
    key: String,
    prev: String,
    hash: String,
  },
  { versionKey: false, collection: 'auditBlocks' },
);
blockSchema.index({ at: -1 });
blockSchema.index({ people: 1, at: -1 });
blockSchema.index({ records: 1, at: -1 });
blockSchema.index({ kinds: 1, at: -1 });
retireIndexes('auditBlocks', ['chain_1_seq_1']);

/** One per process that ever served. Its head is written every few seconds, so that an end cut off is seen. */
export interface AuditChain {
  _id: string;
  host: string;
  pid: number;
  startedAt: Date;
  seenAt: Date;
  blocks: number;
  entries: number;
  hash: string;
  key: string;
  seal: string;
  /** `lost`: the process ended without closing it, and reads of its last second may be missing. */
  end: 'closed' | 'lost' | null;
}

const chainSchema = new Schema<AuditChain>(
  {
    _id: { type: String, required: true },
    host: String,
    pid: Number,
    startedAt: Date,
    seenAt: Date,
    blocks: Number,
    entries: Number,
    hash: String,
    key: String,
    seal: String,
    end: { type: String, default: null },
  },
  { versionKey: false, collection: 'auditChains' },
);
export const AuditChainModel = model('AuditChain', chainSchema);

const anchorKinds = ['opened', 'closed', 'lost', 'cut', 'checked'] as const;
export type AnchorKind = (typeof anchorKinds)[number];

/** The common chain: where each process's chain begins and ends, what was cut off and what was found when all were walked. */
export interface AuditAnchor {
  _id: number;
  at: Date;
  kind: AnchorKind;
  chain: string | null;
  /** Blocks and entries of the chain by then: of a cut, those that are gone. */
  blocks: number;
  entries: number;
  /** The chain's head by then: of a cut, of the last block that is gone. */
  hash: string;
  /** What a walk found, as JSON; empty for every other kind. */
  found: string;
  key: string;
  prev: string;
  seal: string;
}

const anchorSchema = new Schema<AuditAnchor>(
  {
    _id: { type: Number, required: true },
    at: Date,
    kind: String,
    chain: { type: String, default: null },
    blocks: Number,
    entries: Number,
    hash: String,
    found: String,
    key: String,
    prev: String,
    seal: String,
  },
  { versionKey: false, collection: 'auditAnchors' },
);
anchorSchema.index({ kind: 1, _id: -1 });

/** A log that can be tidied is no log: whoever tries through a model is told so. Retention has a door of its own. */
function neverChanged(): never {
  throw new Error('The audit log is only ever added to');
}
const rewrites = [
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndDelete',
] as const;
blockSchema.pre([...rewrites], neverChanged);
anchorSchema.pre([...rewrites], neverChanged);

export const AuditBlockModel = model('AuditBlock', blockSchema);
export const AuditAnchorModel = model('AuditAnchor', anchorSchema);
