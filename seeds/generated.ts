// Duty: fill a database of example data with many invented cases, fast: whole documents in batches, not one command per case.

import { dayOf } from '../server/clock.ts';
import { CaseModel, CounterModel } from '../server/features/cases/cases.model.ts';
import { searchTermsFor } from '../server/features/cases/change.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { exampleUserOf } from '../server/features/directory/exampleAccounts.ts';
import { municipalities } from '../server/features/directory/municipalities.queries.ts';
import { recordExampleUsers } from '../server/features/directory/users.commands.ts';
import { type MunicipalitySlug, municipalityCodes, municipalitySlugs } from '../shared/directory.ts';
import { type Ground, inventCase, type Team } from './generated.case.ts';
import { makeRandom } from './generated.random.ts';

export interface GenerateOptions {
  cases: number;
  seed: number;
  /** The moment the generated years end. Same seed and same moment, same cases. */
  until: Date;
  progress?(done: number): void;
}

const batchSize = 1000;
const years = 3;
const activistsPerTeam = 4;

/** An example team in each municipality, besides the persons that everybody signs in as. */
async function makeTeams(): Promise<Map<MunicipalitySlug, Team>> {
  const users = municipalitySlugs.flatMap((slug) => [
    ...Array.from({ length: activistsPerTeam }, (_, index) =>
      exampleUserOf(
        `activist${index + 2}.${slug}`,
        `Example Activist ${index + 2} (${slug})`,
        'activist',
        'sq',
        slug,
      ),
    ),
    exampleUserOf(`lead2.${slug}`, `Example Team Lead 2 (${slug})`, 'team_lead', 'sq', slug),
  ]);
  await recordExampleUsers(users.map((user) => ({ ...user, organisation: null })));
  const viewers = await exampleViewers();
  // By name, because ids differ from one installation to the next and the same seed must choose the same persons.
  const byName = viewers.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(
    municipalitySlugs.map((slug) => {
      const team = byName.filter((viewer) => viewer.municipality === slug);
      const idsOf = (role: string) => team.filter((viewer) => viewer.role === role).map(({ id }) => id);
      return [slug, { activists: idsOf('activist'), triagers: idsOf('team_lead') }];
    }),
  );
}

/** References go on behind those that were given, and those given later go on behind these. */
async function makeNumbering() {
  const last = new Map<string, number>();
  for (const { _id, last: number } of await CounterModel.find().lean()) last.set(_id, number);
  const changed = new Set<string>();
  return {
    next(municipality: MunicipalitySlug, year: string): string {
      const key = `${municipalityCodes[municipality]}-${year}`;
      const number = (last.get(key) ?? 0) + 1;
      last.set(key, number);
      changed.add(key);
      return `${key}-${String(number).padStart(4, '0')}`;
    },
    /** Before the cases are written: a gap does no harm, a number given twice would. */
    async keep(): Promise<void> {
      const keys = [...changed];
      changed.clear();
      await Promise.all(
        keys.map((key) =>
          CounterModel.updateOne({ _id: key }, { $max: { last: last.get(key)! } }, { upsert: true }),
        ),
      );
    },
  };
}

export async function generateCases({ cases, seed, until, progress }: GenerateOptions): Promise<void> {
  const random = makeRandom(seed);
  const ground: Ground = {
    municipalities: await municipalities(),
    teams: await makeTeams(),
    now: until.getTime(),
  };
  const numbering = await makeNumbering();
  const span = years * 365 * 24 * 60 * 60_000;
  const writing = new Set<Promise<unknown>>();
  for (let from = 0; from < cases; from += batchSize) {
    const batch = [];
    for (let index = from; index < Math.min(cases, from + batchSize); index += 1) {
      // In the order of time, denser towards the end.
      const share = ((index + random.next()) / cases) ** 0.8;
      const loggedAt = Math.floor(ground.now - span * (1 - share) * 0.999);
      const invented = inventCase(random, loggedAt, ground);
      const reference = numbering.next(invented.municipality, dayOf(invented.loggedAt).slice(0, 4));
      const searchTerms = await searchTermsFor({ ...invented, reference });
      batch.push({ ...invented, reference, searchTerms });
    }
    await numbering.keep();
    if (writing.size >= 2) await Promise.race(writing);
    const write = CaseModel.collection
      .insertMany(batch as never[], { ordered: false })
      .finally(() => writing.delete(write));
    writing.add(write);
    progress?.(Math.min(cases, from + batchSize));
  }
  await Promise.all(writing);
}
