// Duty: the map's pure parts: address, months, snapping, fans, fills, which circles changed. Drawing is looked at in test/browser.
import { expect } from 'chai';
import fc from 'fast-check';
import { changedSpots, type Drawn } from '../../client/features/map/circles.ts';
import { classOf, fanOut, fillSteps } from '../../client/features/map/fanOut.ts';
import { placePills, readable, sidesOfNames } from '../../client/features/map/labels.ts';
import { readMapState, withChoice, writeMapState } from '../../client/features/map/mapState.ts';
import { monthsBetween, periodIn, periodOf } from '../../client/features/map/months.ts';
import { folded, nearestSettlement } from '../../client/features/map/nearest.ts';
import { arcsOf } from '../../client/features/map/ring.ts';
import { roomyBox } from '../../client/features/map/useMap.ts';
import type { Settlement } from '../../shared/directory.ts';
import { subThemes, type Theme } from '../../shared/themes.ts';

const defaults = { fill: 'none', layers: ['cases'] } as const;
const read = (search: string) => readMapState(new URLSearchParams(search), defaults);

describe('the address of the map', () => {
  it('says the same after being read and written', () => {
    const search =
      'theme=housing,covid19&status=new&lead=me&late=true&from=2026-01-01&to=2026-03-31&fill=per1000&as=list&place=fe-zaskok&case=abc';
    expect(decodeURIComponent(writeMapState(read(search), defaults).toString())).to.have.length(
      search.length,
    );
    expect(read(writeMapState(read(search), defaults).toString())).to.deep.equal(read(search));
  });

  it('when a word is unknown, is read without it', () => {
    expect(read('theme=weather,housing&status=lost&lead=everyone&from=soon&fill=rainbow')).to.deep.equal({
      filter: { theme: ['housing'] },
      fill: 'none',
      as: 'map',
      places: [],
      caseId: null,
      layers: ['cases'],
      stages: [],
      stuck: [],
    });
  });

  it('when a theme leaves, its sub-themes leave with it', () => {
    const of = (theme: string) => subThemes[theme as Theme];
    const filter = withChoice(
      { theme: ['housing', 'covid19'], subTheme: ['eviction', 'relief'] },
      'theme',
      'housing',
      of,
    );
    expect(filter).to.deep.equal({ theme: ['covid19'], subTheme: ['relief'] });
  });
});

describe('the time slider', () => {
  it('spans every month from the first case to now, and asks for nothing when all are chosen', () => {
    const months = monthsBetween(['2025-11', '2026-02'], '2026-03');
    expect(months).to.deep.equal(['2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
    expect(periodOf(months, [0, 4])).to.deep.equal({ from: undefined, to: undefined });
    expect(periodOf(months, [1, 3])).to.deep.equal({ from: '2025-12-01', to: '2026-02-28' });
    expect(periodIn(months, { from: '2025-12-01', to: '2026-02-28' })).to.deep.equal([1, 3]);
    expect(periodIn(months, { from: '2019-01-01' })).to.deep.equal([0, 4]);
  });
});

describe('choosing a place', () => {
  const settlement = (id: string, lng: number, lat: number): Settlement => ({
    id,
    municipality: 'ferizaj',
    names: { sq: id, sr: id },
    lng,
    lat,
    coordinateQuality: 'settlement',
  });
  it('snaps to the nearest settlement and says which others share its spot', () => {
    const all = [settlement('a', 21.15, 42.37), settlement('b', 21.15, 42.37), settlement('c', 21.13, 42.34)];
    const near = nearestSettlement({ lng: 21.1312, lat: 42.3411 }, all)!;
    expect(near.settlement.id).to.equal('c');
    expect(near.kilometres).to.be.lessThan(0.3);
    expect(nearestSettlement({ lng: 21.151, lat: 42.371 }, all)!.alike.map(({ id }) => id)).to.deep.equal([
      'b',
    ]);
    expect(nearestSettlement({ lng: 21, lat: 42 }, [])).to.equal(null);
  });
  it('finds names without their marks', () => {
    expect(folded('Fushë Kosovë')).to.equal('fushe kosove');
    expect(folded('Đakovica')).to.equal(folded('djakovica'));
  });
});

describe('what is drawn', () => {
  it('never lets two cases of a fan cover each other', () => {
    const spots = fanOut(300, 10);
    for (const [index, a] of spots.entries())
      for (const b of spots.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).to.be.greaterThan(6.4);
  });
  it('fills in steps that reach the largest value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 7 }),
        (values) => {
          const steps = fillSteps(values, true);
          const largest = Math.max(...values);
          if (largest === 0) {
            expect(steps).to.deep.equal([]);
            return;
          }
          expect(steps.at(-1)).to.be.at.least(largest);
          for (const value of values) expect(classOf(value, steps)).to.be.within(value === 0 ? 0 : 1, 4);
        },
      ),
    );
  });
  it('draws a ring whose arcs are as long as their shares', () => {
    const arcs = arcsOf([1, 0, 3, 0]);
    expect(arcs.map(({ theme }) => theme)).to.deep.equal(['employment', 'civil_registration']);
    expect(arcs[1]!.end - arcs[1]!.start).to.be.closeTo(Math.PI * 1.5, 0.1);
  });
  it('after a live change, knows which circles differ', () => {
    const spot = (key: string, mark: string) =>
      ({ circle: { key }, places: [], municipalities: [], mark }) as unknown as Drawn;
    expect(
      changedSpots(
        new Map([
          ['a', '1'],
          ['b', '1'],
        ]),
        [spot('a', '1'), spot('b', '2'), spot('c', '1')],
      ),
    ).to.deep.equal(['b', 'c']);
  });
  it('asks for the same box after a short pan', () => {
    const frame = (west: number) => ({
      zoom: 10,
      box: { west, south: 42.31, east: west + 0.5, north: 42.6 },
    });
    expect(roomyBox(frame(20.76))).to.deep.equal(roomyBox(frame(20.8)));
    const { west, east } = roomyBox(frame(20.76));
    expect(west <= 20.76 && east >= 21.26).to.equal(true);
  });

  it('puts every name where nothing lies, and leaves it out where there is no room', () => {
    const at = (lng: number, lat: number, name: string) => ({ lng, lat, name });
    const [north, south] = [at(21.1, 42.66, 'Fushë Kosovë'), at(21.12, 42.6, 'Graçanicë')];
    expect(sidesOfNames([north, south], 9)).to.deep.equal(['above', 'below']);
    expect(sidesOfNames([north, south], 12)).to.deep.equal(['below', 'below']);
    const marks = [{ lng: 21.12, lat: 42.6, count: 3, worded: false, broken: false, below: false }];
    const apart = at(21.12, 42.6, 'Graçanicë');
    expect(sidesOfNames([at(21.12, 42.68, 'Fushë Kosovë'), apart], 10, marks)[0]).not.to.equal('below');
    const placed = (of: number) => placePills(marks, [at(21.12, 42.68, 'Fushë Kosovë'), apart], of)[0]!.below;
    expect(placed(10), 'above would hide the circle in the north').to.equal(true);
    expect(placed(12), 'close up there is room').to.equal(false);
    const crowd = Array.from({ length: 49 }, (_, n) =>
      at(21 + (n % 7) * 0.05, 42 + Math.floor(n / 7) * 0.04, 'Name'),
    );
    expect(sidesOfNames(crowd, 9)[24]).to.equal(null);
  });

  it('leaves out names of settlements that a circle or its name would cover', () => {
    const circle = { lng: 21.15, lat: 42.37 };
    const places = [
      { lng: 21.15, lat: 42.365, name: 'Under it' },
      { lng: 21.3, lat: 42.37, name: 'Apart' },
    ];
    expect(readable(places, [circle], 11).map(({ name }) => name)).to.deep.equal(['Apart']);
  });
});
