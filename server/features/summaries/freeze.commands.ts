// Duty: begin, go on with and cancel the counting of a period: once, streamed, with progress, and from the start again after a stop in between.
import { lastDay, monthAfter, monthOf, monthsOf, periodId } from '../../../shared/periods.ts';
import type { CorrectionCreate, ReleaseCreate } from '../../../shared/releases.ts';
import { clock, dayOf, startOfDay } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import type { Viewer } from '../../policy.ts';
import { viewerNow } from '../directory/users.queries.ts';
import { composeAll, countedStretches, ensureTellable } from './drafts.ts';
import { ledgerNow, newestOf } from './ledger.ts';
import { type ReleaseFile, ReleaseModel } from './releases.model.ts';
import { type FigureSource, figureSources, type Span } from './sources.queries.ts';
import { releaseChanged } from './summaries.live.ts';
import { ensureMakesFigures } from './summaries.policy.ts';
import { Tally } from './tally.ts';

const holdMilliseconds = 30_000;
const tellMilliseconds = 400;
const duplicateKey = 11000;

/** Thrown inside a count that nobody wants any more, or that another process has taken over. */
class NotWanted extends Error {}

/** A period under way is counted to the end of its last whole month, so that months stay what releases are made of. */
function countableMonths(period: ReleaseFile['period'], today: string): string[] {
  return monthsOf(period).filter((month) => lastDay(month) < today);
}

export async function freezeRelease(
  viewer: Viewer,
  { id, period }: ReleaseCreate,
  sources: readonly FigureSource[] = figureSources(),
): Promise<ReleaseFile> {
  ensureMakesFigures(viewer);
  const known = await ReleaseModel.findById(id).lean<ReleaseFile>();
  if (known) return known;
  const today = dayOf(clock.now());
  const months = countableMonths(period, today);
  if (months.length === 0) throw invalid([{ path: ['period', 'from'], code: 'nothing_complete' }]);
  const ledger = await ledgerNow();
  const same = ledger.published.find(
    (release) => release.periodId === periodId(period) && release.months.join() === months.join(),
  );
  if (same) throw conflict('release.alreadyOut', { id: same._id });
  ensureTellable(months, ledger);
  const number = 1 + ledger.published.filter((release) => release.periodId === periodId(period)).length;
  return begin(
    viewer,
    {
      _id: id,
      number,
      period,
      months,
      running: period.to >= today,
      corrects: null,
      story: {},
    },
    sources,
  );
}

/** A new version over the same months, counted anew. */
export async function correctRelease(
  viewer: Viewer,
  id: string,
  { id: newId, reason }: CorrectionCreate,
): Promise<ReleaseFile> {
  ensureMakesFigures(viewer);
  const known = await ReleaseModel.findById(newId).lean<ReleaseFile>();
  if (known) return known;
  const before = await ReleaseModel.findById(id).lean<ReleaseFile>();
  if (!before) throw notFound();
  if (before.status !== 'published') throw conflict('release.notOut', { status: before.status });
  const ledger = await ledgerNow();
  if (!newestOf(ledger.published).has(id)) throw conflict('release.superseded');
  return begin(
    viewer,
    {
      _id: newId,
      number: before.number + 1,
      period: before.period,
      months: before.months,
      running: before.running,
      corrects: { id, version: before.number, reason },
      story: before.story,
    },
    figureSources(),
  );
}

async function begin(
  viewer: Viewer,
  about: Pick<ReleaseFile, '_id' | 'number' | 'period' | 'months' | 'running' | 'corrects' | 'story'>,
  sources: readonly FigureSource[],
): Promise<ReleaseFile> {
  const now = clock.now();
  const underWay = await ReleaseModel.exists({ status: 'freezing' });
  if (underWay) throw conflict('release.underWay', { id: underWay._id });
  const file: ReleaseFile = {
    ...about,
    version: 1,
    periodId: periodId(about.period),
    countedTo: lastDay(about.months.at(-1)!),
    status: 'freezing',
    progress: { done: 0, total: 0 },
    holder: null,
    heldUntil: null,
    createdBy: viewer.id,
    createdAt: now,
    frozenAt: null,
    publishedAt: null,
    sequence: null,
    basedOn: 0,
    publishing: null,
    stretches: [],
    acts: {},
    commitments: [],
    campaigns: [],
    telling: [],
    whole: null,
    told: null,
    bytes: null,
    history: [{ at: now, by: viewer.id, what: 'frozen' }],
    example: viewer.example,
  };
  await ReleaseModel.create(file).catch((error: unknown) => {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
  });
  releaseChanged(file, viewer.id);
  counting.set(
    file._id,
    count(file._id, viewer, sources).finally(() => counting.delete(file._id)),
  );
  return file;
}

/** Those that this process counts: awaited where the end matters (seeds, tests, a stop). */
const counting = new Map<string, Promise<void>>();

export async function countingDone(): Promise<void> {
  await Promise.all(counting.values());
}

async function count(id: string, viewer: Viewer, sources = figureSources()): Promise<void> {
  const holder = crypto.randomUUID();
  const isMine = { _id: id, status: 'freezing' as const, holder };
  const held = () => new Date(Date.now() + holdMilliseconds);
  const taken = await ReleaseModel.findOneAndUpdate(
    { _id: id, status: 'freezing', $or: [{ holder: null }, { heldUntil: { $lte: new Date() } }] },
    { $set: { holder, heldUntil: held(), progress: { done: 0, total: 0 } }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<ReleaseFile>();
  if (!taken) return;
  try {
    const tally = await countMonths(viewer, taken, sources, async (done, total) => {
      const told = await ReleaseModel.findOneAndUpdate(
        isMine,
        { $set: { progress: { done, total }, heldUntil: held() }, $inc: { version: 1 } },
        { returnDocument: 'after', projection: { version: 1 } },
      ).lean<ReleaseFile>();
      if (!told) throw new NotWanted();
      releaseChanged(told, null);
    });
    const ledger = await ledgerNow();
    if (!taken.corrects) ensureTellable(taken.months, ledger);
    const frozenAt = clock.now();
    const counted = countedStretches(taken, tally, ledger);
    const span = spanOf(taken.months);
    const promised = await Promise.all(sources.map((source) => source.commitments?.(viewer, span) ?? []));
    const commitments = promised.flat();
    const run = await Promise.all(sources.map((source) => source.campaigns?.(viewer, span) ?? []));
    const campaigns = run.flat();
    const composed = await composeAll({ ...taken, ...counted, commitments, campaigns, frozenAt }, ledger);
    await finish(isMine, {
      ...counted,
      ...composed,
      commitments,
      campaigns,
      frozenAt,
      basedOn: ledger.sequence,
      status: 'draft',
    });
  } catch (error) {
    if (error instanceof NotWanted) return;
    report(error, { release: id });
    await finish(isMine, { status: 'failed' });
  }
}

async function finish(
  isMine: { _id: string; holder?: string },
  set: Partial<ReleaseFile> & { status: 'draft' | 'failed' },
): Promise<void> {
  const what = set.status === 'failed' ? 'failed' : 'counted';
  const done = await ReleaseModel.findOneAndUpdate(
    { ...isMine, status: 'freezing' },
    {
      $set: { ...set, holder: null, heldUntil: null },
      $inc: { version: 1 },
      $push: { history: { at: clock.now(), by: null, what } },
    },
    { returnDocument: 'after', projection: { version: 1 } },
  ).lean<ReleaseFile>();
  if (done) releaseChanged(done, null);
}

function spanOf(months: readonly string[]): Span {
  return {
    months: new Set(months),
    from: startOfDay(`${months[0]}-01`),
    to: startOfDay(`${monthAfter(monthOf(months.at(-1)!), 1)}-01`),
  };
}

/** Everything that the sources know of those months. */
export async function countMonths(
  viewer: Viewer,
  { months }: Pick<ReleaseFile, 'months'>,
  sources: readonly FigureSource[],
  tell: (done: number, total: number) => Promise<void>,
): Promise<Tally> {
  const span = spanOf(months);
  const sizes = await Promise.all(sources.map((source) => source.size(viewer, span)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const tally = new Tally();
  let done = 0;
  let toldAt = 0;
  for (const source of sources)
    await source.read(viewer, span, tally, async (read) => {
      done += read;
      const now = performance.now();
      if (now - toldAt < tellMilliseconds) return;
      toldAt = now;
      await tell(Math.min(done, total), total);
    });
  return tally;
}

/** Counts that a stop cut short begin anew, once whoever had them is believed gone. */
export async function resumeFreezes(now: Date): Promise<number> {
  const left = await ReleaseModel.find({
    status: 'freezing',
    $or: [
      { heldUntil: { $lte: now } },
      { heldUntil: null, createdAt: { $lte: new Date(now.getTime() - holdMilliseconds) } },
    ],
  }).lean<ReleaseFile[]>();
  for (const { _id, createdBy } of left) {
    const viewer = await viewerNow(createdBy);
    if (viewer?.role === 'coordinator') await count(_id, viewer);
    else await finish({ _id }, { status: 'failed' });
  }
  return left.length;
}
