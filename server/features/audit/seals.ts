// Duty: marks and seals of the audit log. The key stays outside the database, so that whoever can write there cannot make a new chain.
import { createHmac, hash, hkdfSync } from 'node:crypto';
import type { AuditAnchor, AuditBlock, AuditChain } from './audit.model.ts';

let key: { bytes: Buffer; id: string } | null = null;

/** Once at start, before anything is recorded. */
export function openAudit(secret: string): void {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'kosint audit seal', 32));
  key = { bytes, id: hash('sha256', bytes, 'base64url').slice(0, 8) };
}

function ring() {
  if (!key) throw new Error('openAudit first');
  return key;
}

export const auditKeyId = (): string => ring().id;

/** Where every chain, and the common one, begins. */
export const beginning = 'beginning';

const markLength = 22;
export const marksIn = (marks: string): string[] => marks.match(new RegExp(`.{1,${markLength}}`, 'g')) ?? [];
export const markOf = (before: string, line: string): string =>
  hash('sha256', before + line, 'base64url').slice(0, markLength);

const sealed = (...parts: (string | number)[]): string =>
  createHmac('sha256', ring().bytes).update(parts.join('\n')).digest('base64url');

/** The lines are in it through their marks, and nobody finds other lines for the same marks. */
export const sealOfBlock = (block: Omit<AuditBlock, 'hash'>): string =>
  sealed('block', block.chain, block.seq, block.first, block.prev, block.marks);

export const sealOfHead = (chain: Pick<AuditChain, '_id' | 'blocks' | 'entries' | 'hash'>): string =>
  sealed('head', chain._id, chain.blocks, chain.entries, chain.hash);

export const sealOfAnchor = (anchor: Omit<AuditAnchor, 'seal'>): string =>
  sealed(
    'anchor',
    anchor._id,
    anchor.at.getTime(),
    anchor.kind,
    anchor.chain ?? '',
    anchor.blocks,
    anchor.entries,
    anchor.hash,
    anchor.found,
    anchor.prev,
  );
