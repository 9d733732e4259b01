// Duty: two example quarters, frozen and published through the commands: invented figures, enough of them for a page to show what it can.

import { clock, dayOf } from '../server/clock.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { countingDone, freezeRelease } from '../server/features/summaries/freeze.commands.ts';
import { addTarget } from '../server/features/summaries/indicators.commands.ts';
import { indicatorsFor } from '../server/features/summaries/indicators.queries.ts';
import { moveRelease, tellStory } from '../server/features/summaries/releases.commands.ts';
import { type ReleaseFile, releaseFor } from '../server/features/summaries/releases.queries.ts';
import { type FigureSource, figureSources } from '../server/features/summaries/sources.queries.ts';
import { startFigures } from '../server/features/summaries/summaries.routes.ts';
import type { Tally } from '../server/features/summaries/tally.ts';
import type { Viewer } from '../server/policy.ts';
import type { MunicipalitySlug } from '../shared/directory.ts';
import { monthAfter, monthOf, periodFrom } from '../shared/periods.ts';
import type { Period } from '../shared/summaries.ts';
import type { IndicatorKey, ReleaseMoveName } from '../shared/summaryLists.ts';
import type { Theme } from '../shared/themes.ts';
import { fixedId } from './facts.ts';
import { makeRandom } from './generated.random.ts';

/** Invented cases a month; the last two are few, so that the example shows what is withheld and why. */
const aMonth: Record<MunicipalitySlug, number> = {
  ferizaj: 13,
  'fushe-kosove': 17,
  peja: 9,
  prizren: 12,
  gjakova: 15,
  mitrovica: 3,
  gracanica: 1,
};
const byTheme: Record<Theme, number> = { employment: 23, housing: 34, civil_registration: 31, covid19: 12 };

function inventMonth(month: string, growth: number, tally: Tally): void {
  const random = makeRandom(Number(month.replace('-', '')));
  for (const [municipality, usual] of Object.entries(aMonth)) {
    const count = Math.round(usual * growth * (0.8 + random.next() * 0.4));
    for (let made = 0; made < count; made += 1) {
      const cells = { municipality, theme: random.weighted(byTheme) };
      const people = random.chance(0.3) ? 8 + random.below(40) : 1 + random.below(6);
      const told = random.chance(0.7) ? people : 0;
      const [young, children] = [Math.floor(told * 0.15), Math.floor(told * 0.3)];
      tally.add('cases.logged', month, cells);
      tally.add('people.reached', month, cells, people);
      tally.addPart('people.reached', month, 'ageBand', '0-5', young);
      tally.addPart('people.reached', month, 'ageBand', '6-17', children);
      tally.addPart('people.reached', month, 'ageBand', '18-29', young);
      tally.addPart('people.reached', month, 'ageBand', '30-59', told - 2 * young - children);
      tally.addPart('people.reached', month, 'ageBand', 'unknown', people - told);
      if (random.chance(0.8)) {
        tally.add('cases.started', month, {});
        tally.addDays('cases.started', month, 1 + random.below(9));
      }
      if (!random.chance(0.55)) continue;
      const isConfirmed = random.chance(0.72);
      tally.add('cases.resolved', month, { confirmation: isConfirmed ? 'confirmed' : 'not_confirmed' });
      tally.addDays('cases.resolved', month, 14 + random.below(60));
      if (isConfirmed) tally.add('cases.confirmed', month, cells);
    }
  }
  for (let made = 0; made < 22 * growth; made += 1)
    tally.add('referrals.due', month, { answer: random.chance(0.74) ? 'in_time' : 'late_or_none' });
  for (let made = 0; made < 9 * growth; made += 1)
    tally.add('letters.due', month, { answer: random.chance(0.45) ? 'in_time' : 'late_or_none' });
  for (let made = 0; made < 15 * growth; made += 1)
    tally.add('referrals.ended', month, { received: random.chance(0.7) ? 'yes' : 'other' });
}

const invented = (growth: number): FigureSource => ({
  name: 'example',
  measures: [],
  size: async () => 1,
  async read(_viewer, { months }, tally) {
    for (const month of months) inventMonth(month, growth, tally);
  },
});

/** Public acts are counted as they are; about persons nothing is but what is invented here. */
const sourcesOf = (growth: number) => [
  invented(growth),
  ...figureSources().filter(({ name }) => !['cases', 'referrals', 'letters'].includes(name)),
];

const targets: readonly [IndicatorKey, number | null, number][] = [
  ['cases.logged', 90, 200],
  ['cases.confirmed', 30, 90],
  ['cases.confirmedShare', 50, 75],
  ['cases.daysToFirstAction', 14, 5],
  ['people.reached', 800, 2000],
  ['referrals.inTimeShare', 55, 80],
  ['referrals.confirmedShare', 40, 75],
];

const story = {
  en: 'Example, invented. In this quarter {{cases.logged}} cases were logged, {{cases.logged/theme/housing}} of them about housing. Of {{cases.resolved}} outcomes {{cases.confirmed}} were confirmed by the person, an activist or a partner, at the median after {{cases.daysToOutcome}}. Partners answered {{referrals.inTimeShare}} of referrals in time.',
  sq: 'Shembull i trilluar. Në këtë tremujor u regjistruan {{cases.logged}} raste, prej tyre {{cases.logged/theme/housing}} për strehim. Nga {{cases.resolved}} rezultate, {{cases.confirmed}} i konfirmoi personi, një aktivist ose një partner, pas {{cases.daysToOutcome}} (mediana). Partnerët iu përgjigjën me kohë {{referrals.inTimeShare}} të referimeve.',
  sr: 'Izmišljen primer. U ovom kvartalu zabeleženo je {{cases.logged}} slučajeva, od toga {{cases.logged/theme/housing}} o stanovanju. Od {{cases.resolved}} ishoda, {{cases.confirmed}} je potvrdila osoba, aktivista ili partner, posle {{cases.daysToOutcome}} (medijana). Partneri su na vreme odgovorili na {{referrals.inTimeShare}} upućivanja.',
};

async function seedTargets(coordinator: Viewer, period: Period): Promise<void> {
  for (const [key, baseline, target] of targets) {
    const { version } = (await indicatorsFor(coordinator)).find((entry) => entry.key === key)!;
    const id = fixedId(`target ${key} ${period.from}`);
    await addTarget(coordinator, key, { id, period, baseline, target, version });
  }
}

async function seedRelease(coordinator: Viewer, period: Period, growth: number): Promise<void> {
  const id = fixedId(`release ${period.from}`);
  await freezeRelease(coordinator, { id, period }, sourcesOf(growth));
  await countingDone();
  const now = async (): Promise<ReleaseFile> => (await releaseFor(coordinator, id)).file;
  const move = async (name: ReleaseMoveName) =>
    moveRelease(coordinator, id, { move: name, version: (await now()).version });
  if ((await now()).status === 'draft') {
    await tellStory(coordinator, id, { story, version: (await now()).version });
    await move('review');
  }
  if ((await now()).status === 'reviewed') await move('publish');
}

/** The last two quarters that are over. Safe to repeat: each goes on where it stands. */
export async function seedReleases(): Promise<void> {
  startFigures();
  const coordinator = (await exampleViewers()).find(({ role }) => role === 'coordinator')!;
  const month = monthOf(dayOf(clock.now()));
  const thisQuarter = monthAfter(month, -((Number(month.slice(5)) - 1) % 3));
  const quarters = [-6, -3].map((months) => periodFrom('quarter', monthAfter(thisQuarter, months)));
  for (const period of [...quarters, periodFrom('quarter', thisQuarter)])
    await seedTargets(coordinator, period);
  for (const [at, period] of quarters.entries()) await seedRelease(coordinator, period, 1 + at * 0.15);
}
