// Duty: what coordinators do with a counted release: cancel, tell its story, review, publish, discard. Counting: freeze.commands.ts.
import type { ReleaseMoveInput, StoryInput } from '../../../shared/releases.ts';
import { figuresOf } from '../../../shared/summaries.ts';
import { releaseMoves, type StoryLanguage } from '../../../shared/summaryLists.ts';
import { clock } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { composeAll, ensureTellable } from './drafts.ts';
import { type LedgerNow, ledgerNow, settle, takePlace } from './ledger.ts';
import { type ReleaseFile, ReleaseModel } from './releases.model.ts';
import { forgetProgress } from './releases.queries.ts';
import { faultsOf } from './stories.ts';
import { releaseChanged, releasePublished } from './summaries.live.ts';
import { ensureMakesFigures } from './summaries.policy.ts';
import { stretchKey } from './telling.ts';

type Counted = ReleaseFile & { frozenAt: Date };

async function releaseAt(id: string): Promise<ReleaseFile> {
  const file = await ReleaseModel.findById(id).lean<ReleaseFile>();
  if (!file) throw notFound();
  return file;
}

async function stale(id: string) {
  const present = await ReleaseModel.findById(id, { version: 1, status: 1 }).lean<ReleaseFile>();
  return conflict('release.stale', { version: present?.version, status: present?.status });
}

/** Nothing changes what is out, or what is about to be. */
async function change(
  viewer: Viewer,
  file: ReleaseFile,
  set: Partial<ReleaseFile>,
  what: string,
): Promise<ReleaseFile> {
  const after = await ReleaseModel.findOneAndUpdate(
    { _id: file._id, version: file.version, status: { $ne: 'published' }, publishing: null },
    { $set: set, $inc: { version: 1 }, $push: { history: { at: clock.now(), by: viewer.id, what } } },
    { returnDocument: 'after' },
  ).lean<ReleaseFile>();
  if (!after) throw await stale(file._id);
  releaseChanged(after, viewer.id);
  return after;
}

export async function tellStory(viewer: Viewer, id: string, input: StoryInput): Promise<ReleaseFile> {
  ensureMakesFigures(viewer);
  const file = await releaseAt(id);
  if (file.version !== input.version) throw await stale(id);
  if (file.status !== 'draft' || !file.told) throw conflict('release.notDraft', { status: file.status });
  const known = new Set(figuresOf(file.told.funder).map(({ figure }) => figure.id));
  const faults: FieldFault[] = Object.entries(input.story).flatMap(([language, words]) =>
    faultsOf(words ?? '', known).map((code) => ({ path: ['story', language], code })),
  );
  if (faults.length > 0) throw invalid(faults);
  const story = { ...file.story, ...input.story } as Partial<Record<StoryLanguage, string>>;
  const composed = await composeAll({ ...(file as Counted), story }, await ledgerNow());
  return change(viewer, file, { story, ...composed }, 'narrated');
}

export async function moveRelease(viewer: Viewer, id: string, input: ReleaseMoveInput): Promise<ReleaseFile> {
  ensureMakesFigures(viewer);
  const file = await releaseAt(id);
  const { from, to } = releaseMoves[input.move];
  if (!from.includes(file.status)) {
    if (file.status === to && input.move !== 'publish') return file;
    throw conflict('release.notPossible', { status: file.status });
  }
  // Its version rises while it is counted: whoever cancels means the count, not a version of it.
  if (input.move === 'cancel') return cancel(viewer, id);
  if (file.version !== input.version) throw await stale(id);
  if (input.move === 'publish') return publishRelease(viewer, file as Counted);
  return change(viewer, file, { status: to }, input.move);
}

async function cancel(viewer: Viewer, id: string): Promise<ReleaseFile> {
  const after = await ReleaseModel.findOneAndUpdate(
    { _id: id, status: 'freezing' },
    {
      $set: { status: 'cancelled', holder: null, heldUntil: null },
      $inc: { version: 1 },
      $push: { history: { at: clock.now(), by: viewer.id, what: 'cancel' } },
    },
    { returnDocument: 'after' },
  ).lean<ReleaseFile>();
  if (!after) throw await stale(id);
  releaseChanged(after, viewer.id);
  return after;
}

/**
 * Two documents: the ledger, whose sequence lets one publication pass at a time, and the release. Between the two a stop leaves
 * a release that has its place and is not marked yet: whoever looks at the ledger next completes it.
 */
async function publishRelease(viewer: Viewer, file: Counted): Promise<ReleaseFile> {
  if (file.telling.length > 0)
    throw conflict('release.tells', {
      figures: file.telling.map(({ audience, measure, at }) => ({
        audience,
        figure: at ? `${measure}/${at}` : measure,
      })),
    });
  const ledger = await ledgerNow();
  if (ledger.sequence !== file.basedOn) throw await decideAgain(viewer, file, ledger);
  const publishedAt = clock.now();
  const out = (told: NonNullable<ReleaseFile['told']>['funder']) => ({
    ...told,
    publishedAt: publishedAt.toISOString(),
  });
  const told = { funder: out(file.told!.funder), public: out(file.told!.public) };
  const marked = await change(
    viewer,
    file,
    {
      told,
      bytes: { funder: JSON.stringify({ data: told.funder }), public: JSON.stringify({ data: told.public }) },
      publishedAt,
      publishing: ledger.sequence + 1,
    },
    'publish',
  );
  if (!(await takePlace(file._id, ledger.sequence))) {
    await giveUpPlace(file._id, ledger.sequence + 1);
    throw conflict('release.reviewAgain');
  }
  await settle();
  forgetProgress();
  const after = await releaseAt(marked._id);
  releasePublished(after, viewer.id);
  return after;
}

const giveUpPlace = (id: string, place: number) =>
  ReleaseModel.updateOne(
    { _id: id, status: 'reviewed', publishing: place },
    { $set: { publishing: null, publishedAt: null, bytes: null }, $inc: { version: 1 } },
  );

/** Something else came out since it was decided what this one tells: it is decided anew, and looked at anew. */
async function decideAgain(viewer: Viewer, file: Counted, ledger: LedgerNow) {
  const own = new Set(
    file.stretches.flatMap(({ measure, months }) => months.map((month) => `${measure} ${month}`)),
  );
  const isTold = ledger.stretches.some(
    (stretch) =>
      stretch.sequence > file.basedOn &&
      stretch.months.some((month) => own.has(`${stretch.measure} ${month}`)),
  );
  if (isTold) return conflict('release.freezeAgain');
  const others = ledger.stretches.filter(
    (stretch) => !file.stretches.some((one) => stretchKey(one) === stretchKey(stretch)),
  );
  ensureTellable(file.months, { ...ledger, stretches: others });
  const composed = await composeAll(file, ledger);
  await change(viewer, file, { ...composed, basedOn: ledger.sequence, status: 'draft' }, 'decided_again');
  return conflict('release.reviewAgain');
}

/** Publications that a stop cut short: completed where the place was taken, taken back where it was not. */
export async function settlePublications(now: Date): Promise<number> {
  const settled = (await settle()) ? 1 : 0;
  const minuteAgo = new Date(now.getTime() - 60_000);
  const left = await ReleaseModel.find(
    { status: 'reviewed', publishing: { $ne: null }, publishedAt: { $lte: minuteAgo } },
    { publishing: 1 },
  ).lean<ReleaseFile[]>();
  for (const { _id, publishing } of left) await giveUpPlace(_id, publishing!);
  return settled + left.length;
}
