// Duty: make, revoke and open links to releases. What a release says is releases.queries'; a link never shows more than funders see.
import type { z } from 'zod';
import type {
  ReleaseShare,
  ShareCreate,
  SharedRelease,
  shareDownloadQuery,
} from '../../../shared/releaseShares.ts';
import type { FrozenRelease } from '../../../shared/summaries.ts';
import { clock } from '../../clock.ts';
import { conflict, gone, notFound } from '../../errors.ts';
import { ensureUsable, hashOfToken, makeLink } from '../../oneTimeLinks.ts';
import type { Viewer } from '../../policy.ts';
import { publishedRelease } from './releases.queries.ts';
import { type ShareFile, ShareModel } from './shares.model.ts';
import { ensureMakesFigures } from './summaries.policy.ts';

/** An opened one-time link goes on for so long, in the browser that opened it. */
const passDays = 1 / 24;

export const presentShare = (share: ShareFile): ReleaseShare => ({
  id: share._id,
  releaseId: share.releaseId,
  recipient: share.recipient,
  once: share.once,
  createdAt: share.createdAt.toISOString(),
  expiresAt: share.expiresAt.toISOString(),
  revokedAt: share.revokedAt?.toISOString() ?? null,
  opened: share.opened,
});

/** The link's token is answered once; a repeat of the request cannot tell it again. */
export async function makeShare(
  viewer: Viewer,
  input: ShareCreate,
): Promise<{ share: ShareFile; token: string }> {
  ensureMakesFigures(viewer);
  await publishedRelease(input.releaseId);
  if (await ShareModel.exists({ _id: input.id })) throw conflict('id.taken');
  const now = clock.now();
  const { token, kept } = makeLink(input.days, now.getTime());
  const share: ShareFile = {
    _id: input.id,
    releaseId: input.releaseId,
    hash: kept.hash,
    recipient: input.recipient,
    once: input.once,
    createdBy: viewer.id,
    createdAt: now,
    expiresAt: kept.expiresAt,
    revokedAt: null,
    opened: 0,
    passHash: null,
    passUntil: null,
  };
  await ShareModel.create(share);
  return { share, token };
}

export async function sharesOf(viewer: Viewer, releaseId: string): Promise<ShareFile[]> {
  ensureMakesFigures(viewer);
  return ShareModel.find({ releaseId }).sort({ createdAt: -1 }).limit(100).lean<ShareFile[]>();
}

export async function revokeShare(viewer: Viewer, id: string): Promise<ShareFile> {
  ensureMakesFigures(viewer);
  await ShareModel.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: clock.now() } });
  const share = await ShareModel.findById(id).lean<ShareFile>();
  if (!share) throw notFound();
  return share;
}

async function liveShare(token: string): Promise<ShareFile> {
  const share = await ShareModel.findOne({ hash: hashOfToken(token) }).lean<ShareFile>();
  if (share?.revokedAt) throw gone('link.revoked');
  ensureUsable(share, clock.now().getTime());
  return share!;
}

/** Throws 404 for a link that never was, 410 for one that expired, was revoked, or opened before and opens once. */
export async function openShare(token: string): Promise<SharedRelease> {
  const share = await liveShare(token);
  const release = await publishedRelease(share.releaseId);
  const now = clock.now().getTime();
  const pass = share.once ? makeLink(passDays, now) : null;
  const passed = pass ? { $set: { passHash: pass.kept.hash, passUntil: pass.kept.expiresAt } } : {};
  const opened = await ShareModel.updateOne(
    { _id: share._id, revokedAt: null, ...(share.once ? { opened: 0 } : {}) },
    { $inc: { opened: 1 }, ...passed },
  );
  if (opened.modifiedCount === 0) throw gone('link.used');
  return {
    data: release,
    recipient: share.recipient,
    expiresAt: share.expiresAt.toISOString(),
    pass: pass?.token ?? null,
  };
}

/** The release behind a link, to be taken along by whoever opened it. */
export async function sharedToTake(
  token: string,
  pass: z.output<typeof shareDownloadQuery>['pass'],
): Promise<{ release: FrozenRelease; recipient: string }> {
  const share = await liveShare(token);
  if (share.once) {
    const known = share.passHash !== null && pass !== undefined && share.passHash === hashOfToken(pass);
    if (!known || share.passUntil!.getTime() <= clock.now().getTime()) throw gone('link.used');
  }
  return { release: await publishedRelease(share.releaseId), recipient: share.recipient };
}
