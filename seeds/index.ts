// Duty: what a first run puts into an empty database, each part once. The parts themselves are a file per slice.
import { model, Schema } from 'mongoose';
import { seedCampaigns } from './campaigns.ts';
import { seedCases } from './cases.ts';
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

async function runOnce(parts: readonly Part[]): Promise<void> {
  for (const { marker, run } of parts) {
    if (await SeedMarkerModel.exists({ _id: marker })) continue;
    await run();
    await SeedMarkerModel.create({ _id: marker, at: new Date() });
  }
}

/**
 * Safe to repeat, and to interrupt: what was not finished is done again. Example data comes with a first run or never, so
 * that it cannot slip into an office's database when that is started differently one day. Returns the first run's level.
 */
export async function seed(level: SeedLevel): Promise<SeedLevel> {
  if (level === 'none') return 'none';
  await SeedMarkerModel.updateOne(
    { _id: firstRun },
    { $setOnInsert: { at: new Date(), level } },
    { upsert: true },
  );
  const began = await SeedMarkerModel.findOne({ _id: firstRun }).lean<SeedMarker>();
  await runOnce(facts);
  if (level === 'example' && began?.level === 'example') await runOnce(example);
  return began?.level ?? level;
}
