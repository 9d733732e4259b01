// Duty: add to the common chain of anchors, from any process: the next number is whoever's who writes it first.
import { type AnchorKind, type AuditAnchor, AuditAnchorModel } from './audit.model.ts';
import { auditKeyId, beginning, sealOfAnchor } from './seals.ts';

const mostTries = 50;
const duplicateKey = 11000;

export interface AnchorInput {
  kind: AnchorKind;
  chain?: string;
  blocks?: number;
  entries?: number;
  hash?: string;
  found?: string;
}

export async function addAnchor(input: AnchorInput): Promise<AuditAnchor> {
  for (let tries = 1; ; tries += 1) {
    const last = await AuditAnchorModel.findOne().sort({ _id: -1 }).lean<AuditAnchor>();
    const unsealed = {
      _id: (last?._id ?? 0) + 1,
      at: new Date(),
      kind: input.kind,
      chain: input.chain ?? null,
      blocks: input.blocks ?? 0,
      entries: input.entries ?? 0,
      hash: input.hash ?? '',
      found: input.found ?? '',
      key: auditKeyId(),
      prev: last?.seal ?? beginning,
    };
    const anchor: AuditAnchor = { ...unsealed, seal: sealOfAnchor(unsealed) };
    try {
      await AuditAnchorModel.collection.insertOne(anchor as never);
      return anchor;
    } catch (error) {
      if ((error as { code?: number }).code !== duplicateKey || tries >= mostTries) throw error;
    }
  }
}
