// Duty: what a first run puts into an empty database, each part once. The parts themselves are a file per slice.
import { model, Schema } from 'mongoose';
import { startCases } from '../server/features/cases/children.queries.ts';
import { seedCampaigns } from './campaigns.ts';
import { seedCases } from './cases.ts';
import { claimSeeding, type SeedClaim } from './claim.ts';
import { seedCommitments } from './commitments.ts';
import { seedExampleCommitments } from './exampleCommitments.ts';
import { seedInstitutions } from './institutions.ts';
import { seedIssues } from './issues.ts';
import { seedLetters } from './letters.ts';
import { seedMunicipalities } from './municipalities.ts';
import { seedOrganisations } from './organisations.ts';
import { seedWaitingReferrals } from './referrals.ts';
import { seedReleases } from './releases.ts';
import { seedUsers } from './users.ts';

export type SeedLevel = 'none' | 'facts' | 'example';

interface Part {
  /** Raise the number when the facts or the shape changed: every installation takes the part in again. */
  marker: string;
  run(): Promise<void>;
}

const facts: readonly Part[] = [
  { marker: 'municipalities 2', run: seedMunicipalities },
  { marker: 'institutions 2', run: seedInstitutions },
  { marker: 'organisations 2', run: seedOrganisations },
  { marker: 'commitments 1', run: seedCommitments },
];
const example: readonly Part[] = [
  { marker: 'example users 1', run: seedUsers },
  { marker: 'example cases 1', run: seedCases },
  { marker: 'example referrals 1', run: seedWaitingReferrals },
  { marker: 'example issues 1', run: seedIssues },
  { marker: 'example campaigns 1', run: () => seedCampaigns() },
  { marker: 'example releases 1', run: seedReleases },
  { marker: 'example letters 1', run: seedLetters },
  { marker: 'example commitments 1', run: seedExampleCommitments },
];

interface SeedMarker {
  _id: string;
  at: Date;
  level: SeedLevel | null;
}
const SeedMarkerModel = model<SeedMarker>(
  'SeedMarker',
  new Schema<SeedMarker>(
    { _id: String, at: Date, level: { type: String, default: null } },
    { versionKey: false, collection: 'seeds' },
  ),
);
const firstRun = 'first run';

/** The level of the first run, once everything that this level asks for is in. */
async function finishedWith(level: SeedLevel): Promise<SeedLevel | null> {
  const markers = await SeedMarkerModel.find({
    _id: { $in: [firstRun, ...[...facts, ...example].map(({ marker }) => marker)] },
  }).lean<SeedMarker[]>();
  const began = markers.find(({ _id }) => _id === firstRun);
  if (!began) return null;
  const first = began.level ?? level;
  const isIn = ({ marker }: Part) => markers.some(({ _id }) => _id === marker);
  return partsFor(level, first).every(isIn) ? first : null;
}

/** Example data comes with a first run or never, so that it cannot slip into an office's database when that is started differently one day. */
const partsFor = (level: SeedLevel, first: SeedLevel): Part[] =>
  level === 'example' && first === 'example' ? [...facts, ...example] : [...facts];

/** As far as the claim reaches. */
async function goOn(level: SeedLevel, claim: SeedClaim): Promise<void> {
  const began = await SeedMarkerModel.findOneAndUpdate(
    { _id: firstRun },
    { $setOnInsert: { at: new Date(), level } },
    { upsert: true, returnDocument: 'after' },
  ).lean<SeedMarker>();
  for (const { marker, run } of partsFor(level, began?.level ?? level)) {
    if (await SeedMarkerModel.exists({ _id: marker })) continue;
    await run();
    if (!claim.holds()) return;
    await SeedMarkerModel.updateOne({ _id: marker }, { $setOnInsert: { at: new Date() } }, { upsert: true });
  }
}

/**
 * Safe to repeat, to interrupt, and to start in several processes at once: one does it, the others wait until it is done; what
 * was not finished is done again. Returns the first run's level.
 */
export async function seed(level: SeedLevel): Promise<SeedLevel> {
  startCases();
  if (level === 'none') return 'none';
  for (;;) {
    const first = await finishedWith(level);
    if (first) return first;
    const claim = await claimSeeding();
    try {
      await goOn(level, claim);
    } finally {
      await claim.giveBack();
    }
  }
}
