// Duty: the map's columns lose nothing, places group steadily, boxes are checked. The endpoints are in test/api.
import { expect } from 'chai';
import fc from 'fast-check';
import { caseStatuses, urgencies } from '../../shared/cases.ts';
import { mapClustersQuery } from '../../shared/map.ts';
import {
  clusterPlaces,
  decodePoints,
  encodePoints,
  filterKey,
  type MapPlace,
  referenceNumber,
  referenceText,
} from '../../shared/mapViews.ts';
import { allSubThemes } from '../../shared/themes.ts';

const place = (id: string, lng: number, lat: number): MapPlace => ({
  id,
  municipality: 'ferizaj',
  names: null,
  lng,
  lat,
  quality: 'settlement',
});
const places = [place('a', 21.15, 42.37), place('b', 21.13, 42.35), place('c', 20.73, 42.21)];

describe('the columns that points travel in', () => {
  const row = fc.record({
    subTheme: fc.nat(allSubThemes.length - 1),
    status: fc.nat(caseStatuses.length - 1),
    urgency: fc.nat(urgencies.length - 1),
    late: fc.boolean(),
    day: fc.integer({ min: 18_000, max: 25_000 }),
    reference: fc
      .tuple(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 999_999 }))
      .map(([year, number]) => year * 1_000_000 + number),
  });

  it('when decoded, give back every case as it was', () => {
    fc.assert(
      fc.property(fc.tuple(fc.array(row), fc.array(row), fc.array(row)), (rows) => {
        const points = decodePoints(encodePoints(rows), places, () => 'FER');
        const expected = rows.flatMap((ofPlace, index) =>
          ofPlace.map((one) => ({
            place: places[index],
            reference: referenceText('FER', one.reference),
            subTheme: allSubThemes[one.subTheme],
            status: caseStatuses[one.status],
            urgency: urgencies[one.urgency],
            late: one.late,
            day: one.day,
          })),
        );
        expect(points.map(({ theme: _theme, ...point }) => point)).to.deep.equal(expected);
      }),
    );
  });

  it('when a reference is written, reads back as the same number', () => {
    expect(referenceNumber('FER-2026-0042')).to.equal(2_026_000_042);
    expect(referenceText('FER', 2_026_000_042)).to.equal('FER-2026-0042');
    expect(referenceText('FER', 2_026_123_456)).to.equal('FER-2026-123456');
    expect(referenceNumber('FER-26-1')).to.equal(null);
  });
});

describe('circles of the map', () => {
  const counts = [4, 2, 1].map((count) => ({ count, late: 1, byTheme: [count, 0, 0, 0] }));

  it('when places lie close on screen, are one with the sum of both', () => {
    const [near, far] = clusterPlaces(places, counts, 9);
    expect(near).to.deep.include({ places: [0, 1], count: 6, late: 2, byTheme: [6, 0, 0, 0] });
    expect(far).to.deep.include({ places: [2], count: 1 });
    expect(clusterPlaces(places, counts, 14)).to.have.length(3);
  });

  it('when a place has no cases, stand where they stood before', () => {
    const before = clusterPlaces(places, counts, 9)[0]!;
    const after = clusterPlaces(places, [counts[0]!, { ...counts[1]!, count: 0 }, counts[2]!], 9)[0]!;
    expect([after.lng, after.lat]).to.deep.equal([before.lng, before.lat]);
    expect(after.places).to.deep.equal([0]);
  });
});

describe('what the map is asked', () => {
  const ask = (bbox: string) => mapClustersQuery.safeParse({ bbox, zoom: '9' }).success;

  it('when a box is not four numbers in order, is refused', () => {
    expect(ask('20,42,21,43')).to.equal(true);
    for (const bad of [
      '',
      '20,42,21',
      '20,42,21,43,1',
      '21,42,20,43',
      '20,x,21,43',
      '-999,42,21,43',
      '1,2,1,2',
    ])
      expect(ask(bad), bad).to.equal(false);
  });

  it('when filters are equal, has the same key in any order', () => {
    expect(filterKey({ theme: ['housing', 'employment'], late: true })).to.equal(
      filterKey({ late: true, theme: ['employment', 'housing'], status: undefined }),
    );
    expect(filterKey({})).to.equal('');
  });
});
