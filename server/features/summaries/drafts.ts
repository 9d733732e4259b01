// Duty: turn counted months into a draft for every reader, beside what is out already. Used when counting ends and again before publishing.
import { type MeasureKey, measures } from '../../../shared/indicators.ts';
import { conflict } from '../../errors.ts';
import { type Composition, compose, type Reader } from './compose.ts';
import { writtenToIndicators } from './indicators.queries.ts';
import { type LedgerNow, newestOf, type PublishedFile, stretchesWithin } from './ledger.ts';
import type { ReleaseFile } from './releases.model.ts';
import { countedMeasures } from './sources.queries.ts';
import type { Tally } from './tally.ts';
import { changesThatTell, type NewStretch, stretchKey, tellStretches } from './telling.ts';

type Counted = Pick<ReleaseFile, 'stretches' | 'acts' | 'telling'>;

/** Measures that are about persons and that some slice counts. */
const withheldMeasures = (): MeasureKey[] =>
  [...countedMeasures()].filter((measure) => measures[measure].aboutPersons);

/**
 * Refuses a period that lies inside a stretch that was told whole: the difference would tell the rest of it. A longer one is
 * fine: it adds up what is told.
 */
export function ensureTellable(months: readonly string[], { published, stretches }: LedgerNow): void {
  const wanted = new Set(months);
  const cut = stretches.find(
    (stretch) =>
      stretch.months.some((month) => wanted.has(month)) &&
      !stretch.months.every((month) => wanted.has(month)),
  );
  if (!cut) return;
  const key = stretchKey(cut);
  const teller = published.find((release) => release.stretches.some((one) => stretchKey(one) === key))!;
  throw conflict('release.insideTold', { id: teller._id, period: teller.period });
}

/** Months that no release has told of a measure yet; of a correction, those that its predecessor told. */
export function countedStretches(
  file: Pick<ReleaseFile, 'months' | 'corrects'>,
  tally: Tally,
  ledger: LedgerNow,
): Counted {
  const months = new Set(file.months);
  const corrected = ledger.published.find(({ _id }) => _id === file.corrects?.id);
  const own = new Set(corrected?.stretches.map(stretchKey));
  const wanted: NewStretch[] = withheldMeasures().flatMap((measure) => {
    const told = stretchesWithin(ledger.stretches, measure, months);
    const again = told.filter((stretch) => own.has(stretchKey(stretch)));
    const known = new Set(told.flatMap((stretch) => stretch.months));
    const fresh = corrected ? [] : file.months.filter((month) => !known.has(month));
    return [
      ...again.map((before) => ({
        measure,
        months: before.months,
        counts: tally.countsOf(measure, before.months),
        before,
      })),
      ...(fresh.length > 0 ? [{ measure, months: fresh, counts: tally.countsOf(measure, fresh) }] : []),
    ];
  });
  const acts = [...countedMeasures()].filter((measure) => !measures[measure].aboutPersons);
  return {
    stretches: tellStretches(wanted),
    acts: Object.fromEntries(acts.map((measure) => [measure, tally.countsOf(measure, file.months)])),
    telling: wanted.flatMap(({ before, counts }) => (before ? changesThatTell(before, counts) : [])),
  };
}

const isBefore = (release: PublishedFile, file: Pick<ReleaseFile, 'period'>) =>
  release.period.kind === file.period.kind && release.period.from < file.period.from;

type Draft = Pick<
  ReleaseFile,
  | '_id'
  | 'number'
  | 'period'
  | 'months'
  | 'countedTo'
  | 'running'
  | 'corrects'
  | 'example'
  | 'stretches'
  | 'acts'
  | 'story'
  | 'commitments'
  | 'campaigns'
> & { frozenAt: Date };
type Composed = Pick<ReleaseFile, 'whole' | 'told'>;

export async function composeAll(file: Draft, ledger: LedgerNow): Promise<Composed> {
  return composeBeside(file, ledger, await writtenToIndicators(file.period));
}

/** The documents of all readers, from the release's own stretches and those of others within its months. Pure. */
export function composeBeside(
  file: Draft,
  ledger: LedgerNow,
  { targets, notes }: Pick<Composition, 'targets' | 'notes'>,
): Composed {
  const months = new Set(file.months);
  const own = new Set(file.stretches.map(stretchKey));
  const others = [...countedMeasures()].flatMap((measure) =>
    stretchesWithin(ledger.stretches, measure, months).filter((stretch) => !own.has(stretchKey(stretch))),
  );
  const newest = newestOf(ledger.published);
  const earlier = ledger.published
    .filter((release) => newest.has(release._id) && isBefore(release, file))
    .sort((a, b) => (a.period.from < b.period.from ? -1 : 1));
  const composition: Composition = {
    id: file._id,
    number: file.number,
    period: file.period,
    countedTo: file.countedTo,
    running: file.running,
    frozenAt: file.frozenAt.toISOString(),
    corrects: file.corrects,
    example: file.example,
    stretches: [...file.stretches, ...others],
    acts: file.acts,
    counted: countedMeasures(),
    targets,
    notes,
    story: file.story,
    campaigns: file.campaigns,
    commitments: file.commitments,
    earlier: [],
  };
  const forReader = (reader: Reader) =>
    compose(
      {
        ...composition,
        earlier: earlier.flatMap(
          ({ told, whole }) => (reader === 'coordinator' ? whole : told?.[reader]) ?? [],
        ),
      },
      reader,
    );
  return {
    whole: forReader('coordinator'),
    told: { funder: forReader('funder'), public: forReader('public') },
  };
}
