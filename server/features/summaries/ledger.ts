// Duty: what is out already, in the order of publication: which months are told, by which numbers. Decides nothing new.
import type { MeasureKey } from '../../../shared/indicators.ts';
import { LedgerModel, type ReleaseFile, ReleaseModel } from './releases.model.ts';
import { type Stretch, stretchKey } from './telling.ts';

const name = 'releases';
const duplicateKey = 11000;

export type PublishedFile = Pick<
  ReleaseFile,
  | '_id'
  | 'number'
  | 'periodId'
  | 'period'
  | 'months'
  | 'countedTo'
  | 'running'
  | 'sequence'
  | 'publishedAt'
  | 'stretches'
  | 'told'
  | 'whole'
  | 'example'
>;
const fields = {
  number: 1,
  periodId: 1,
  period: 1,
  months: 1,
  countedTo: 1,
  running: 1,
  sequence: 1,
  publishedAt: 1,
  stretches: 1,
  told: 1,
  whole: 1,
  example: 1,
} as const;

export interface LedgerNow {
  sequence: number;
  /** Oldest publication first. */
  published: PublishedFile[];
  /** The newest numbers of every stretch that was ever told. */
  stretches: (Stretch & { sequence: number })[];
}

export async function ledgerNow(): Promise<LedgerNow> {
  await settle();
  const { sequence } = await ledgerDocument();
  const published = await ReleaseModel.find({ status: 'published', sequence: { $lte: sequence } }, fields)
    .sort({ sequence: 1 })
    .lean<PublishedFile[]>();
  const newest = new Map<string, Stretch & { sequence: number }>();
  for (const release of published)
    for (const stretch of release.stretches)
      newest.set(stretchKey(stretch), { ...stretch, sequence: release.sequence! });
  return { sequence, published, stretches: [...newest.values()] };
}

async function ledgerDocument() {
  const found = await LedgerModel.findById(name).lean();
  if (found) return found;
  await LedgerModel.create({ _id: name, sequence: 0, last: null }).catch((error: unknown) => {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
  });
  return (await LedgerModel.findById(name).lean())!;
}

/** Takes the next place, unless somebody published meanwhile. From then on the release is out, whatever stops. */
export async function takePlace(id: string, basedOn: number): Promise<boolean> {
  const taken = await LedgerModel.updateOne(
    { _id: name, sequence: basedOn },
    { $set: { last: id }, $inc: { sequence: 1 } },
  );
  return taken.modifiedCount === 1;
}

/** Completes a publication that was cut short after its place was taken; safe to repeat. */
export async function settle(): Promise<boolean> {
  const { last, sequence } = await ledgerDocument();
  if (!last) return false;
  const done = await ReleaseModel.updateOne(
    { _id: last, status: 'reviewed', publishing: sequence },
    { $set: { status: 'published', sequence, publishing: null }, $inc: { version: 1 } },
  );
  return done.modifiedCount === 1;
}

/** Those of a measure that make up some of these months. */
export const stretchesWithin = <S extends Stretch>(
  stretches: readonly S[],
  measure: MeasureKey,
  months: ReadonlySet<string>,
): S[] =>
  stretches.filter((one) => one.measure === measure && one.months.every((month) => months.has(month)));

/** The newest version of each period. */
export function newestOf(published: readonly PublishedFile[]): Set<string> {
  const byPeriod = new Map(published.map((release) => [release.periodId, release._id]));
  return new Set(byPeriod.values());
}
