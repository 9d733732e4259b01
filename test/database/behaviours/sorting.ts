// Duty: documented behaviours of sorting: the order of types, arrays, paths, collation.
import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import type { Sorts } from './case.ts';

export const sorting: Sorts[] = [
  {
    says: 'types have an order of their own',
    values: [
      new MaxKey(),
      /x/,
      new Timestamp({ t: 1, i: 1 }),
      new Date(0),
      false,
      new ObjectId(),
      new Binary(Buffer.from('')),
      [{}],
      {},
      'x',
      5,
      null,
      new MinKey(),
    ],
    sort: { a: 1 },
    order: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
      .map((at) => at)
      .filter((at) => at !== 7 && at !== 8)
      .toSpliced(4, 0, 7, 8),
  },
  {
    says: 'missing sorts with null',
    docs: [{ _id: 0, a: 1 }, { _id: 1 }, { _id: 2, a: null }],
    sort: { a: 1, _id: 1 },
    order: [1, 2, 0],
  },
  {
    says: 'numbers sort by value whatever their type',
    values: [Decimal128.fromString('2.5'), Long.fromNumber(3), new Double(1.5), 2],
    sort: { a: 1 },
    order: [2, 3, 0, 1],
  },
  {
    says: 'NaN sorts below all numbers',
    values: [0, Number.NaN, Number.NEGATIVE_INFINITY],
    sort: { a: 1 },
    order: [1, 2, 0],
  },
  {
    says: 'ascending, an array sorts by its lowest element',
    values: [[5, 1], 3, [2]],
    sort: { a: 1 },
    order: [0, 2, 1],
  },
  {
    says: 'descending, an array sorts by its highest element',
    values: [[5, 1], 3, [2]],
    sort: { a: -1 },
    order: [0, 1, 2],
  },
  { says: 'an empty array sorts before null', values: [null, [], 1], sort: { a: 1 }, order: [1, 0, 2] },
  {
    says: 'dotted paths sort by the lowest element below',
    docs: [
      { _id: 0, a: [{ b: 5 }, { b: 2 }] },
      { _id: 1, a: { b: 3 } },
      { _id: 2, a: { b: 1 } },
    ],
    sort: { 'a.b': 1 },
    order: [2, 0, 1],
  },
  {
    says: 'later fields decide between equals',
    docs: [
      { _id: 0, a: 1, b: 1 },
      { _id: 1, a: 0, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ],
    sort: { a: 1, b: -1 },
    order: [1, 2, 0],
  },
  { says: 'false sorts before true', values: [true, false], sort: { a: 1 }, order: [1, 0] },
  {
    says: 'without a collation, capitals come before small letters',
    values: ['b', 'A', 'a', 'B'],
    sort: { a: 1 },
    order: [1, 3, 2, 0],
  },
  {
    says: 'a collation sorts as people do',
    values: ['b', 'A', 'a', 'B'],
    sort: { a: 1 },
    collation: { locale: 'en' },
    order: [2, 1, 0, 3],
  },
  {
    says: 'numericOrdering sorts numbers in strings',
    values: ['10', '9', '1'],
    sort: { a: 1 },
    collation: { locale: 'en', numericOrdering: true },
    order: [2, 1, 0],
  },
  {
    says: 'Albanian letters have their places',
    values: ['d', 'ç', 'c', 'dh', 'ë', 'e'],
    sort: { a: 1 },
    collation: { locale: 'sq' },
    order: [2, 1, 0, 3, 5, 4],
  },
  {
    says: 'documents sort field by field',
    values: [{ x: 2 }, { x: 1, y: 9 }, { x: 1 }],
    sort: { a: 1 },
    order: [2, 1, 0],
  },
  {
    says: 'binary data sorts by length first',
    values: [new Binary(Buffer.from('b')), new Binary(Buffer.from('aa'))],
    sort: { a: 1 },
    order: [0, 1],
  },
];
