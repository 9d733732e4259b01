// Duty: attack everything that is published: random data, random releases and corrections, an attacker with all tables, the rule and a solver.
import { expect } from 'chai';
import fc from 'fast-check';
import { startFigures } from '../../server/features/summaries/summaries.routes.ts';
import type { Stretch } from '../../server/features/summaries/telling.ts';
import {
  isHidden,
  type Measured,
  withhold,
  withholdWhole,
} from '../../server/features/summaries/withholding.ts';
import { periodFrom } from '../../shared/periods.ts';
import type { Period } from '../../shared/summaries.ts';
import { type ReleaseAudience, smallestShown } from '../../shared/summaryLists.ts';
import { Attacker, type Found, openSolver } from '../support/attacker.ts';
import { FigureOffice, type Weaken, type World } from '../support/figureOffice.ts';

const months = Array.from({ length: 6 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const periods: Period[] = [
  ...months.map((month) => periodFrom('month', month)),
  periodFrom('quarter', '2026-01'),
  periodFrom('quarter', '2026-04'),
  periodFrom('half_year', '2026-01'),
  { kind: 'project', from: '2026-01-01', to: '2026-12-31' },
  { kind: 'project', from: '2026-02-01', to: '2026-05-31' },
];

type Act = { publish: number } | { correct: number; added: number; only: number | null };
interface Scenario {
  world: World;
  acts: Act[];
}
const scenarios = fc.record({
  world: fc.record({
    seed: fc.integer({ min: 1, max: 100_000 }),
    most: fc.constantFrom(3, 9, 20, 45, 120),
    uneven: fc.constantFrom(1, 1.6, 3, 8),
  }),
  acts: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ publish: fc.nat(periods.length - 1) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          correct: fc.nat(4),
          added: fc.constantFrom(0, 1, 5, 10, 30),
          only: fc.option(fc.nat(months.length - 1)),
        }),
      },
    ),
    { minLength: 2, maxLength: 6 },
  ),
});

function played({ world, acts }: Scenario, weaken?: Weaken): FigureOffice {
  const office = new FigureOffice(world, months, weaken);
  for (const act of acts) {
    if ('publish' in act) office.publish(periods[act.publish]!);
    else office.correct(act.correct, act.added, act.only);
  }
  return office;
}

/** Withheld figures that are known closer than the threshold allows. */
function given(office: FigureOffice, audiences: readonly ReleaseAudience[]): Found[] {
  const attacker = new Attacker(office.out, audiences);
  try {
    const width = smallestShown[audiences[0]!] - 1;
    return attacker.bounds().filter(({ least, most }) => most - least < width);
  } finally {
    attacker.close();
  }
}

/** Withholds what is small and nothing beside it. */
const withoutComplement: Weaken = (stretch: Stretch) => {
  const large = (audience: ReleaseAudience) => ({
    total: stretch.counts.total >= smallestShown[audience],
    tables: Object.fromEntries(
      Object.entries(stretch.counts.tables).map(([table, cells]) => [
        table,
        Object.keys(cells).filter((cell) => cells[cell]! >= smallestShown[audience]),
      ]),
    ),
  });
  return { ...stretch, told: { funder: large('funder'), public: large('public') } };
};

const seed = 20_260_711;

describe('Whoever has every release', () => {
  before(async () => {
    startFigures();
    await openSolver();
  });

  for (const [audiences, numRuns] of [
    [['funder', 'public'], 12],
    [['public'], 10],
  ] as [ReleaseAudience[], number][]) {
    it(`bounds no cell withheld from ${audiences[0]} readers closer than 0–${smallestShown[audiences[0]!] - 1} (seed ${seed}, ${numRuns} runs)`, () => {
      let withheld = 0;
      fc.assert(
        fc.property(scenarios, (scenario) => {
          const office = played(scenario);
          withheld += office.out.length;
          expect(given(office, audiences)).to.deep.equal([]);
        }),
        { seed, numRuns },
      );
      expect(withheld).to.be.greaterThan(numRuns);
    }).timeout(60_000);
  }

  it('finds cells when nothing is withheld beside the small ones', () => {
    const scenario: Scenario = {
      world: { seed: 7, most: 30, uneven: 1.6 },
      acts: [{ publish: 6 }, { publish: 8 }],
    };
    expect(given(played(scenario), ['funder', 'public'])).to.deep.equal([]);
    const found = given(played(scenario, withoutComplement), ['funder', 'public']);
    expect(found.length).to.be.greaterThan(0);
    expect(found[0]!.most - found[0]!.least).to.be.lessThan(4);
  });

  it('finds cells when confirmed cases are told without a look at the logged ones', () => {
    const scenario: Scenario = { world: { seed: 98_884, most: 120, uneven: 3 }, acts: [{ publish: 6 }] };
    const byThemselves: Weaken = (stretch) =>
      stretch.measure === 'cases.confirmed'
        ? { ...stretch, told: { ...stretch.told, funder: withhold(stretch.counts, { threshold: 5 }) } }
        : stretch;
    expect(given(played(scenario), ['funder', 'public'])).to.deep.equal([]);
    const found = given(played(scenario, byThemselves), ['funder', 'public']);
    expect(found.map(({ figure }) => figure)).to.deep.equal([
      'cases.confirmed/municipality/gjakova',
      'cases.confirmed/municipality/gracanica',
    ]);
  });

  it('finds cells when a longer period shows what its part withheld', () => {
    const scenario: Scenario = {
      world: { seed: 11, most: 30, uneven: 1.6 },
      acts: [{ publish: 6 }, { publish: 8 }],
    };
    const office = played(scenario);
    const [part, whole] = office.out as [(typeof office.out)[0], (typeof office.out)[0]];
    const cells = (release: typeof part, from: 'told' | 'whole') =>
      (from === 'told' ? release.told.funder : release.whole).indicators[0]!.tables[0]!.cells;
    const hidden = cells(part, 'told').findIndex(
      (cell, at) => cell.value === null && cells(part, 'whole')[at]!.value! < 5,
    );
    expect(hidden).to.be.greaterThan(-1);
    // The rest of the half-year is a release of its own here, so that showing the sum gives the part back.
    const rest = played({ ...scenario, acts: [{ publish: 7 }] }, withoutComplement).out[0]!;
    const leaky = [part, rest, whole].map((release) => structuredClone(release)) as typeof office.out;
    cells(leaky[2]!, 'told')[hidden]!.value = cells(whole, 'whole')[hidden]!.value;
    cells(leaky[1]!, 'told')[hidden]!.value = cells(rest, 'whole')[hidden]!.value;
    const revisions = new Map([...part.revisions, ...rest.revisions]);
    Object.assign(leaky[2]!, { revisions });
    Object.assign(leaky[0]!.file, { stretches: [] });
    Object.assign(leaky[1]!.file, { stretches: [] });
    Object.assign(leaky[2]!.file, { stretches: [] });
    const attacker = new Attacker(leaky, ['funder']);
    const id = cells(part, 'told')[hidden]!.id;
    const bound = attacker.bounds().find(({ figure, release }) => figure === id && release === 0)!;
    attacker.close();
    expect(bound.least).to.equal(bound.most);
  });
});

describe('Withholding in one table', () => {
  /** Every set of cells whose sum is at most so much, and what of each is told. */
  function everyTable(count: number, most: number, tell: (measured: Measured) => string[][]) {
    const groups = new Map<string, { least: number[]; most: number[] }>();
    const values = new Array<number>(count).fill(0);
    const visit = (at: number, left: number): void => {
      if (at < count) {
        for (let value = 0; value <= left; value += 1) {
          values[at] = value;
          visit(at + 1, left - value);
        }
        return;
      }
      const total = most - left;
      const cells = Object.fromEntries(values.map((value, index) => [`c${index}`, value]));
      const told = tell({ total, tables: { x: cells } });
      const shown = new Set(told[0]);
      const key = `${told[1]!.length > 0 ? total : '?'} ${values.map((value, index) => (shown.has(`c${index}`) ? value : '?'))} ${told.slice(2).join('|')}`;
      const known = groups.get(key) ?? {
        least: new Array<number>(count).fill(Number.POSITIVE_INFINITY),
        most: new Array<number>(count).fill(-1),
      };
      groups.set(key, known);
      values.forEach((value, index) => {
        if (shown.has(`c${index}`)) return;
        known.least[index] = Math.min(known.least[index]!, value);
        known.most[index] = Math.max(known.most[index]!, value);
      });
    };
    visit(0, most);
    return [...groups].flatMap(([key, { least, most: highest }]) =>
      least.flatMap((low, index) => (highest[index]! < 0 ? [] : [{ key, width: highest[index]! - low }])),
    );
  }
  const seen = (total: boolean) => (total ? ['total'] : []);

  for (const [threshold, count, most] of [
    [5, 2, 40],
    [5, 3, 40],
    [3, 4, 24],
    [3, 5, 18],
  ] as const)
    it(`leaves every withheld cell ${threshold} values or more to who knows the rule by heart: ${count} cells, threshold ${threshold}`, () => {
      const found = everyTable(count, most, (measured) => {
        const told = withhold(measured, { threshold });
        return [[...(told.tables.x ?? [])], seen(told.total)];
      });
      expect(found.length).to.be.greaterThan(20);
      expect(found.filter(({ width }) => width < threshold - 1)).to.deep.equal([]);
    });

  it('stays so for who has the public’s table beside the funders’, and for who has the public’s alone', () => {
    const [funder, wide] = [3, 6];
    const both = everyTable(4, 30, (measured) => {
      const told = withhold(measured, { threshold: funder });
      const open = withholdWhole(measured, told, { threshold: wide });
      return [[...(told.tables.x ?? [])], seen(told.total), [String(open.total)], [...(open.tables.x ?? [])]];
    });
    expect(both.filter(({ width }) => width < funder - 1)).to.deep.equal([]);
    const alone = everyTable(4, 34, (measured) => {
      const open = withholdWhole(measured, withhold(measured, { threshold: funder }), { threshold: wide });
      return [[...(open.tables.x ?? [])], seen(open.total)];
    });
    expect(alone.filter(({ width }) => width < wide - 1)).to.deep.equal([]);
  });

  it('never tells a sum that one record makes up, nor what is withheld together when one makes that up', () => {
    const people = (cells: [number, number, number][]): Measured => {
      const table = (at: number) => ({
        x: Object.fromEntries(cells.map((cell, name) => [`c${name}`, cell[at]!])),
      });
      const total = cells.reduce((sum, [value]) => sum + value, 0);
      const largest = { total: Math.max(...cells.map((cell) => cell[2])), tables: table(2) };
      return { total, tables: table(0), behind: table(1), largest };
    };
    const told = (cells: [number, number, number][], over?: string[]) =>
      withhold(people(cells), { threshold: 5, over: over && { x: over } });
    const even: [number, number, number] = [50, 10, 8];
    expect(told([even, even, even]).tables.x).to.have.length(3);
    // 90 of 100 are one record: another goes with it, so that it is no more than four fifths of what is withheld together.
    const uneven: [number, number, number][] = [[95, 6, 90], [10, 9, 2], even, even, even];
    const all = uneven.map((_, at) => `c${at}`);
    for (const over of [undefined, all]) {
      expect(told(uneven, over).total).to.equal(true);
      expect(told(uneven, over).tables.x).to.deep.equal(['c1', 'c2', 'c3']);
    }
    expect(
      told([
        [400, 6, 390],
        [10, 9, 2],
        [40, 9, 8],
      ]).total,
    ).to.equal(false);
    // Withheld among the cases already; of the people there one record makes up nearly all.
    expect(told([[95, 6, 90], [2, 2, 1], even, even], ['c2', 'c3']).tables.x).to.deep.equal(['c2']);
    // Who knows the rule knows of c0 more than 20 people: beside 5 cases of one person each nothing would be left open.
    expect(told([[21, 5, 17], even, even, [5, 5, 1]], ['c0', 'c1', 'c2', 'c3']).tables.x).to.deep.equal([
      'c1',
    ]);
  });

  it('never leaves a hidden sum that is small itself, nor one hidden cell alone', () => {
    expect(isHidden({ small: 1, large: 0, sum: 3 }, 5)).to.equal(false);
    expect(isHidden({ small: 2, large: 0, sum: 4 }, 5)).to.equal(false);
    expect(isHidden({ small: 2, large: 0, sum: 7 }, 5)).to.equal(false);
    expect(isHidden({ small: 3, large: 0, sum: 7 }, 5)).to.equal(true);
    expect(isHidden({ small: 0, large: 1, sum: 90 }, 5)).to.equal(false);
    expect(isHidden({ small: 1, large: 1, sum: 9 }, 5)).to.equal(true);
    expect(isHidden({ small: 1, large: 1, sum: 8 }, 5)).to.equal(false);
  });
});
