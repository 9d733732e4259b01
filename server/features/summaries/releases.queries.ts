// Duty: releases for coordinators (beside each other, unsuppressed too) and for those who read what is out, from the frozen bytes.

import type { FrozenRelease, ReleaseRow } from '../../../shared/summaries.ts';
import { notFound } from '../../errors.ts';
import { FrozenJson } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import { type LedgerNow, ledgerNow, newestOf } from './ledger.ts';
import { LedgerModel, type ReleaseFile, ReleaseModel } from './releases.model.ts';
import { ensureMakesFigures, readsProgress } from './summaries.policy.ts';
import { stretchKey } from './telling.ts';

export type { ReleaseFile } from './releases.model.ts';

export interface Standing {
  isNewest: boolean;
  /** Figures it adds up were corrected after it came out. */
  isOutdated: boolean;
}

function standingIn(
  ledger: LedgerNow,
  file: Pick<ReleaseFile, '_id' | 'status' | 'sequence' | 'months' | 'stretches'>,
): Standing {
  if (file.status !== 'published') return { isNewest: false, isOutdated: false };
  const months = new Set(file.months);
  const own = new Set(file.stretches.map(stretchKey));
  const known = new Set(
    ledger.published
      .filter((release) => release.sequence! < file.sequence!)
      .flatMap((release) => release.stretches.map(stretchKey)),
  );
  const isOutdated = ledger.stretches.some(
    (stretch) =>
      stretch.sequence > file.sequence! &&
      stretch.months.every((month) => months.has(month)) &&
      (own.has(stretchKey(stretch)) || known.has(stretchKey(stretch))),
  );
  return { isNewest: newestOf(ledger.published).has(file._id), isOutdated };
}

const withoutBytes = { bytes: 0, whole: 0, told: 0, acts: 0 } as const;

export async function releasesFor(viewer: Viewer): Promise<{ file: ReleaseFile; standing: Standing }[]> {
  ensureMakesFigures(viewer);
  const [ledger, files] = [
    await ledgerNow(),
    await ReleaseModel.find({}, withoutBytes)
      .sort({ createdAt: -1, _id: -1 })
      .limit(500)
      .lean<ReleaseFile[]>(),
  ];
  return files.map((file) => ({ file, standing: standingIn(ledger, file) }));
}

export async function releaseFor(
  viewer: Viewer,
  id: string,
): Promise<{ file: ReleaseFile; standing: Standing }> {
  ensureMakesFigures(viewer);
  const ledger = await ledgerNow();
  const file = await ReleaseModel.findById(id, { bytes: 0 }).lean<ReleaseFile>();
  if (!file) throw notFound();
  return { file, standing: standingIn(ledger, file) };
}

/** What is out never changes, so each answer is kept as it was made; the list changes with the ledger alone. */
const kept = new Map<string, FrozenJson>();
const longestKept = 50;
let list: { sequence: number; lookedAt: number; answer: FrozenJson } | null = null;
/** For so long another process's publication may be missed; this one's own is known at once. */
const lookMilliseconds = 1_000;

export function forgetProgress(): void {
  list = null;
  kept.clear();
}

export async function progressOfRelease(viewer: Viewer, id: string): Promise<FrozenJson> {
  if (!readsProgress(viewer)) throw notFound();
  return frozenAnswer(id);
}

/** What funders are told, for copies and links: whoever calls has proved that the asker may have it. 404 when it is not out. */
export async function publishedRelease(id: string): Promise<FrozenRelease> {
  return (JSON.parse((await frozenAnswer(id)).text) as { data: FrozenRelease }).data;
}

async function frozenAnswer(id: string): Promise<FrozenJson> {
  const known = kept.get(id);
  if (known) return known;
  const { sequence } = await ledgerNow();
  const file = await ReleaseModel.findOne(
    { _id: id, status: 'published', sequence: { $lte: sequence } },
    { 'bytes.funder': 1 },
  ).lean<ReleaseFile>();
  if (!file?.bytes) throw notFound();
  const answer = new FrozenJson(file.bytes.funder);
  if (kept.size >= longestKept) kept.clear();
  kept.set(id, answer);
  return answer;
}

export async function progressFor(viewer: Viewer): Promise<FrozenJson> {
  if (!readsProgress(viewer)) throw notFound();
  const now = performance.now();
  if (list && now - list.lookedAt < lookMilliseconds) return list.answer;
  const ledger = await LedgerModel.findById('releases', { sequence: 1 }).lean();
  if (list && ledger?.sequence === list.sequence) {
    list.lookedAt = now;
    return list.answer;
  }
  const { sequence, published } = await ledgerNow();
  const newest = newestOf(published);
  const releases: ReleaseRow[] = published.toReversed().map((release) => ({
    id: release._id,
    periodId: release.periodId,
    version: release.number,
    period: release.period,
    countedTo: release.countedTo,
    running: release.running,
    publishedAt: release.publishedAt!.toISOString(),
    superseded: !newest.has(release._id),
    example: release.example,
  }));
  const first = published.findLast((release) => newest.has(release._id));
  const text = `{"data":{"newest":${first ? JSON.stringify(first.told!.funder) : 'null'},"releases":${JSON.stringify(releases)}}}`;
  list = { sequence, lookedAt: now, answer: new FrozenJson(text) };
  return list.answer;
}
