// Duty: one entry of the audit log as a line of text, and what a block of them can be found by. Ids and codes; nothing a person said.
import { type AuditVerb, isDenial } from '../../../shared/auditLists.ts';
import type { Role } from '../../../shared/directory.ts';
import type { AuditBlock } from './audit.model.ts';
import { auditKeyId, markOf, marksIn, sealOfBlock } from './seals.ts';

export interface Entry {
  /** Milliseconds since 1970. */
  at: number;
  verb: AuditVerb;
  /** `GET /api/cases/:id`: a pattern, never an address. */
  route: string;
  by: string | null;
  role: Role | null;
  ids: readonly string[];
  filters: readonly string[];
  rows: number | null;
  /** 0: begun; how it went on is another entry of the same request. */
  status: number;
  code: string | null;
  requestId: string | null;
  /** Codes that belong to it: fields of the vault, reason, purpose. */
  about: readonly string[];
}

/** Without names, in a fixed order: a log is mostly repetition. */
export const lineOf = (n: number, entry: Entry): string =>
  JSON.stringify([
    n,
    entry.at,
    entry.verb,
    entry.route,
    entry.by,
    entry.role,
    entry.ids,
    entry.filters,
    entry.rows,
    entry.status,
    entry.code,
    entry.requestId,
    entry.about,
  ]);

export interface NumberedEntry extends Entry {
  n: number;
}

/** Null when it is no line of ours. */
export function entryOf(line: string): NumberedEntry | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(read) || read.length !== 13) return null;
  const [n, at, verb, route, by, role, ids, filters, rows, status, code, requestId, about] = read;
  return {
    n,
    at,
    verb,
    route,
    by,
    role,
    ids,
    filters,
    rows,
    status,
    code,
    requestId,
    about,
  } as NumberedEntry;
}

/** The lines of a block; none has a line break in it, because JSON writes those otherwise. */
export const linesIn = ({ lines }: Pick<AuditBlock, 'lines'>): string[] =>
  lines === '' ? [] : lines.split('\n');

export const denied = 'denied';

/** What a block of these entries is found by. */
export function findableBy(entries: readonly Entry[]) {
  const people = new Set<string>();
  const records = new Set<string>();
  const kinds = new Set<string>();
  let refused = 0;
  for (const { by, ids, verb, status } of entries) {
    if (by) people.add(by);
    for (const id of ids) records.add(id);
    kinds.add(verb);
    if (isDenial(status)) refused += 1;
  }
  if (refused > 0) kinds.add(denied);
  return {
    people: [...people],
    records: [...records],
    kinds: [...kinds],
    denied: refused,
    count: entries.length,
  };
}

/** Where a chain stands: what the next block continues. */
export interface Head {
  chain: string;
  blocks: number;
  entries: number;
  hash: string;
  mark: string;
}

const blockId = (chain: string, seq: number): string => `${chain}.${String(seq).padStart(9, '0')}`;

/** The blocks of a chain as a range of ids, which are in the order of their numbers; both ends outside. */
export const blocksBetween = (chain: string, after: number, before = Number.POSITIVE_INFINITY) => ({
  $gt: blockId(chain, after),
  $lt: Number.isFinite(before) ? blockId(chain, before) : `${chain}/`,
});

export function blockAfter(head: Head, entries: readonly Entry[]): AuditBlock {
  let mark = head.mark;
  const lines: string[] = [];
  let marks = '';
  for (const [index, entry] of entries.entries()) {
    const line = lineOf(head.entries + 1 + index, entry);
    mark = markOf(mark, line);
    lines.push(line);
    marks += mark;
  }
  const block = {
    _id: blockId(head.chain, head.blocks + 1),
    chain: head.chain,
    seq: head.blocks + 1,
    first: head.entries + 1,
    from: new Date(entries[0]!.at),
    at: new Date(entries.at(-1)!.at),
    lines: lines.join('\n'),
    marks,
    ...findableBy(entries),
    key: auditKeyId(),
    prev: head.hash,
  };
  return { ...block, hash: sealOfBlock(block) };
}

export const headAfter = (block: AuditBlock): Head => ({
  chain: block.chain,
  blocks: block.seq,
  entries: block.first + block.count - 1,
  hash: block.hash,
  mark: marksIn(block.marks).at(-1)!,
});
