// Duty: what a trend promises before it is drawn: whole ticks from zero, gaps that stay gaps, words that meet nothing. How it looks: test/browser.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  acrossOf,
  asideOf,
  edge,
  placeNames,
  placeValues,
  plotHeight,
  rooms,
  runsOf,
  tellingOf,
  ticksUpTo,
  widthOf,
  wordsInRooms,
} from '../../client/features/summaries/chartGeometry.ts';
import { makeFormats } from '../../shared/format.ts';
import { periodShort } from '../../shared/summaryWords.ts';
import { sayIn } from '../support/windows.ts';

describe('ticks of a trend', () => {
  it('are few and whole, begin at zero and reach the largest value', () => {
    expect(ticksUpTo(0)).to.deep.equal([0, 1]);
    expect(ticksUpTo(0.4)).to.deep.equal([0, 1]);
    expect(ticksUpTo(7)).to.deep.equal([0, 2, 4, 6, 8]);
    expect(ticksUpTo(64)).to.deep.equal([0, 20, 40, 60, 80]);
    expect(ticksUpTo(100)).to.deep.equal([0, 25, 50, 75, 100]);
    expect(ticksUpTo(1_000_000)).to.deep.equal([0, 250_000, 500_000, 750_000, 1_000_000]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (most) => {
        const ticks = ticksUpTo(most);
        expect(ticks.length).to.be.within(2, 5);
        expect(ticks.every(Number.isInteger)).to.equal(true);
        expect(ticks.at(-1)).to.be.at.least(most);
        expect(ticks.at(-2)).to.be.below(Math.max(1, most));
      }),
    );
  });
});

describe('the line of a trend', () => {
  it('breaks at every gap, and a point alone is a run of its own', () => {
    expect(runsOf([null, 3, 4, null, 5, null, null, 0, 1])).to.deep.equal([[1, 2], [4], [7, 8]]);
    expect(runsOf([null, null])).to.deep.equal([]);
  });

  it('tells the newest, the oldest, the highest and the lowest, each once', () => {
    expect(tellingOf([null, 5, 9, 1, 6, null])).to.deep.equal([4, 1, 2, 3]);
    expect(tellingOf([7, null])).to.deep.equal([0]);
    expect(tellingOf([null])).to.deep.equal([]);
  });
});

describe('words of a trend', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 2000 }), { freq: 8 }), {
    minLength: 2,
    maxLength: 40,
  });
  const width = fc.constantFrom(...rooms.map(([from]) => from));
  const textsOf = (all: readonly (number | null)[]) => all.map((value) => `${value ?? ''} days`);
  const mostOf = (all: readonly (number | null)[]) =>
    ticksUpTo(Math.max(...all.map((value) => value ?? 0))).at(-1)!;

  /** Where a browser puts at a width what was placed for a room, worked out apart from how it was placed. */
  const boxesOf = (all: readonly (number | null)[], [from, to]: readonly [number, number], wide = from) =>
    [...placeValues({ values: all, most: mostOf(all), texts: textsOf(all) }, from, to)].map(([at, side]) => {
      const text = textsOf(all)[at]!;
      const half = widthOf(text) / 2;
      const wanted = acrossOf(at, all.length) * wide + asideOf(text, side);
      const middle = Math.max(half - edge, Math.min(wanted, wide - half + edge));
      const y = plotHeight * (1 - all[at]! / mostOf(all));
      const centre = y + { above: -0.975, beside: 0, below: 0.975 }[side.level];
      return { at, left: middle - half, right: middle + half, top: centre - 0.575, bottom: centre + 0.575 };
    });

  it('meet neither each other nor the line, at any width from their room to the next', () => {
    fc.assert(
      fc.property(
        values,
        fc.nat(rooms.length - 1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, room, part) => {
          const [from, to] = rooms[room]!;
          const wide = from + part * (to - from);
          const boxes = boxesOf(all, [from, to], wide);
          const lineAt = (x: number): number | null => {
            const along = (x / wide) * (all.length - 1);
            const [from, to] = [all[Math.floor(along)], all[Math.ceil(along)]];
            if (from == null || to == null) return null;
            return plotHeight * (1 - (from + (to - from) * (along - Math.floor(along))) / mostOf(all));
          };
          for (const [index, one] of boxes.entries()) {
            for (const other of boxes.slice(index + 1))
              expect(
                one.left < other.right - 1e-9 &&
                  other.left < one.right - 1e-9 &&
                  one.top < other.bottom - 1e-9 &&
                  other.top < one.bottom - 1e-9,
              ).to.equal(false);
            for (let x = Math.max(0, one.left); x <= Math.min(wide, one.right); x += 0.05) {
              const y = lineAt(x);
              if (y !== null) expect(y > one.top + 1e-9 && y < one.bottom - 1e-9).to.equal(false);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are written for every point where they are few, and for the telling ones where they are many', () => {
    expect(boxesOf([10, 60, 20], [20, 28])).to.have.length(3);
    expect(boxesOf([12, 30, 7, 18, 22, 9, 14, 3], [56, 90])).to.have.length(8);
    const many = Array.from({ length: 40 }, (_, at) => 60 + Math.round(40 * Math.sin(at / 4)));
    expect(boxesOf(many, [28, 40]).map(({ at }) => at)).to.have.members(tellingOf(many));
  });

  it('name the newest period always, and others as far apart as they are wide', () => {
    const years = Array.from({ length: 40 }, () => '2026');
    expect(placeNames(years, 6)).to.deep.equal([39, 15]);
    expect(placeNames(years, 14)).to.deep.equal([39, 31, 23, 15, 7, 0]);
    expect(placeNames(years, 10)).to.deep.equal([39, 27, 15, 3]);
    expect(placeNames(years.slice(0, 3), 14)).to.deep.equal([2, 1, 0]);
    expect(placeNames(['Mar 2018 –', 'Mar 2019 –'], 6)).to.deep.equal([1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), width, (count, wide) => {
        const named = placeNames(years.slice(0, count), wide);
        expect(named[0]).to.equal(count - 1);
        for (const [index, at] of named.entries())
          if (index > 0)
            expect((acrossOf(named[index - 1]!, count) - acrossOf(at, count)) * wide).to.be.above(2);
      }),
    );
  });

  it('of a room are shown by the rule for its width and no other', () => {
    const css = readFileSync(
      new URL('../../client/features/summaries/trend.module.css', import.meta.url),
      'utf8',
    );
    const shown = [...css.matchAll(/@container plot \(([^)]*)\) \{\s*\.word:not\(\[data-rooms~="(\d)"\]\)/g)];
    expect(shown.map(([, range, room]) => [range, Number(room)])).to.deep.equal(
      rooms.map(([from, to], room) => [
        room === 0
          ? `width < ${to}rem`
          : room === rooms.length - 1
            ? `width >= ${from}rem`
            : `${from}rem <= width < ${to}rem`,
        room,
      ]),
    );
    const words = wordsInRooms((from) => (from < 20 ? [[0, { level: 'above', shift: 0 }]] : []));
    expect(words).to.deep.equal([{ at: 0, level: 'above', shift: 0, rooms: [0, 1, 2] }]);
  });

  it('say a period in two short lines', () => {
    const speech = (language: 'sq' | 'sr' | 'en') => ({
      say: sayIn[language],
      formats: makeFormats(language),
      municipality: (slug: string) => slug,
    });
    const quarter = { kind: 'quarter', from: '2026-07-01', to: '2026-09-30' } as const;
    expect(periodShort(quarter, speech('en'))).to.deep.equal(['Q3', '2026']);
    expect(periodShort(quarter, speech('sq'))).to.deep.equal(['TM3', '2026']);
    expect(periodShort(quarter, speech('sr'))).to.deep.equal(['3. kv.', '2026']);
    expect(
      periodShort({ kind: 'project', from: '2024-03-01', to: '2026-10-31' }, speech('en')),
    ).to.deep.equal(['Mar 2024 –', 'Oct 2026']);
    expect(
      periodShort({ kind: 'half_year', from: '2026-07-01', to: '2026-12-31' }, speech('en')),
    ).to.deep.equal(['H2', '2026']);
  });
});
