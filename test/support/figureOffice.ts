// Duty: an office that freezes, publishes and corrects periods over random data, by the product's own pure steps and without a database.

import { makeRandom, type Random } from '../../seeds/generated.random.ts';
import { compose } from '../../server/features/summaries/compose.ts';
import { composeBeside, countedStretches, ensureTellable } from '../../server/features/summaries/drafts.ts';
import type { LedgerNow, PublishedFile } from '../../server/features/summaries/ledger.ts';
import { Tally } from '../../server/features/summaries/tally.ts';
import { type Stretch, stretchKey } from '../../server/features/summaries/telling.ts';
import { ageBands } from '../../shared/caseLists.ts';
import { municipalitySlugs } from '../../shared/directoryLists.ts';
import { lastDay, monthsOf, periodId } from '../../shared/periods.ts';
import type { FrozenRelease, Period } from '../../shared/summaries.ts';
import { type ReleaseAudience, tableCells } from '../../shared/summaryLists.ts';
import { themes } from '../../shared/themeLists.ts';

export { compose };

/** Cases of a month: how many, and how unevenly they fall on places and themes. */
export interface World {
  seed: number;
  /** Cases a month at most. */
  most: number;
  /** 1 is even; the more, the more falls on the first places and one theme. */
  uneven: number;
}

const pickUneven = <Item>(random: Random, items: readonly Item[], uneven: number): Item =>
  items[Math.min(items.length - 1, Math.floor(random.next() ** uneven * items.length))]!;

function fill(tally: Tally, month: string, world: World): void {
  const random = makeRandom(world.seed * 1_000 + Number(month.replace('-', '')));
  const count = random.below(world.most + 1);
  for (let made = 0; made < count; made += 1) {
    const cells = {
      municipality: pickUneven(random, municipalitySlugs, world.uneven),
      theme: pickUneven(random, themes, world.uneven),
    };
    const people = random.chance(0.2) ? 5 + random.below(60) : 1 + random.below(6);
    tally.add('cases.logged', month, cells);
    tally.add('people.reached', month, cells, people);
    tally.addPart(
      'people.reached',
      month,
      'ageBand',
      pickUneven(random, [...ageBands, 'unknown'], world.uneven),
      people,
    );
    if (random.chance(0.5)) continue;
    const isConfirmed = random.chance(0.7);
    tally.add('cases.resolved', month, { confirmation: isConfirmed ? 'confirmed' : 'not_confirmed' });
    tally.addDays('cases.resolved', month, random.below(90));
    if (isConfirmed) tally.add('cases.confirmed', month, cells);
    tally.add('referrals.due', month, { answer: pickUneven(random, tableCells.answer, world.uneven) });
  }
}

export interface OutRelease {
  file: PublishedFile;
  told: Record<ReleaseAudience, FrozenRelease>;
  whole: FrozenRelease;
  /** Which count of each month it rests on: a correction counts anew. */
  revisions: ReadonlyMap<string, number>;
}

/** How stretches are told; a test weakens it to see whether the attacker notices. */
export type Weaken = (stretch: Stretch) => Stretch;

export class FigureOffice {
  readonly out: OutRelease[] = [];
  readonly #revisions = new Map<string, number>();
  /** Cases found later, by month; and how many of them a month had when it was told last. */
  readonly #found = new Map<string, number>();
  readonly #toldWith = new Map<string, number>();
  #tally: Tally;
  readonly #world: World;
  readonly #months: readonly string[];
  readonly #weaken: Weaken;
  constructor(world: World, months: readonly string[], weaken: Weaken = (stretch) => stretch) {
    this.#world = world;
    this.#months = months;
    this.#weaken = weaken;
    this.#tally = this.#count();
  }

  #count(): Tally {
    const tally = new Tally();
    const random = makeRandom(this.#world.seed);
    for (const month of this.#months) {
      fill(tally, month, this.#world);
      const cells = {
        municipality: pickUneven(random, municipalitySlugs, 1),
        theme: pickUneven(random, themes, 1),
      };
      for (let more = 0; more < (this.#found.get(month) ?? 0); more += 1) {
        tally.add('cases.logged', month, cells);
        tally.add('people.reached', month, cells, 3);
        tally.addPart('people.reached', month, 'ageBand', 'unknown', 3);
      }
    }
    return tally;
  }

  get ledger(): LedgerNow {
    const stretches = new Map<string, Stretch & { sequence: number }>();
    for (const { file } of this.out)
      for (const stretch of file.stretches)
        stretches.set(stretchKey(stretch), { ...stretch, sequence: file.sequence! });
    return {
      sequence: this.out.length,
      published: this.out.map(({ file }) => file),
      stretches: [...stretches.values()],
    };
  }

  /** Publishes the period, or nothing where the product refuses it. */
  publish(period: Period): boolean {
    const months = monthsOf(period).filter((month) => this.#months.includes(month));
    if (months.length === 0 || this.out.some(({ file }) => file.months.join() === months.join()))
      return false;
    try {
      ensureTellable(months, this.ledger);
    } catch {
      return false;
    }
    this.#add(period, months, null);
    return true;
  }

  /** A new version over data that gained as many cases, in every month or in one alone; nothing where it would tell of few. */
  correct(index: number, added: number, only: number | null = null): boolean {
    const before = this.out[index % Math.max(1, this.out.length)];
    if (!before) return false;
    const gaining = only === null ? this.#months : [this.#months[only % this.#months.length]!];
    for (const month of gaining) this.#found.set(month, (this.#found.get(month) ?? 0) + added);
    this.#tally = this.#count();
    const corrects = { id: before.file._id, version: before.file.number, reason: 'x' };
    return this.#add(before.file.period, before.file.months, corrects);
  }

  #add(
    period: Period,
    months: string[],
    corrects: { id: string; version: number; reason: string } | null,
  ): boolean {
    const { ledger } = this;
    const counted = countedStretches({ months, corrects }, this.#tally, ledger);
    if (counted.telling.length > 0) return false;
    const stretches = counted.stretches.map(this.#weaken);
    const about = {
      _id: `release ${this.out.length}`,
      number: (corrects?.version ?? 0) + 1,
      period,
      months,
      countedTo: lastDay(months.at(-1)!),
      running: false,
      example: false,
    };
    const { whole, told } = composeBeside(
      {
        ...about,
        corrects,
        stretches,
        acts: {},
        commitments: [],
        campaigns: [],
        story: {},
        frozenAt: new Date(0),
      },
      ledger,
      { targets: {}, notes: {} },
    );
    const sequence = this.out.length + 1;
    for (const month of new Set(stretches.flatMap((stretch) => stretch.months))) {
      const found = this.#found.get(month) ?? 0;
      // Whoever corrects says what was found: months that gained nothing are known to have stayed.
      if (this.#toldWith.get(month) !== found) this.#revisions.set(month, sequence);
      this.#toldWith.set(month, found);
    }
    this.out.push({
      file: {
        ...about,
        periodId: periodId(period),
        sequence,
        publishedAt: new Date(0),
        stretches,
        told,
        whole,
      },
      told: told!,
      whole: whole!,
      revisions: new Map(months.map((month) => [month, this.#revisions.get(month)!])),
    });
    return true;
  }
}
