// Duty: documented behaviours of projections.
import type { Projects } from './case.ts';

const one = [{ _id: 0, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, { g: 3 }, 7] }];

export const projecting: Projects[] = [
  { says: 'inclusion keeps _id', docs: one, projection: { a: 1 }, gives: [{ _id: 0, a: 1 }] },
  { says: '_id can be left out', docs: one, projection: { _id: 0, a: 1 }, gives: [{ a: 1 }] },
  { says: 'exclusion keeps the rest', docs: one, projection: { b: 0, e: 0 }, gives: [{ _id: 0, a: 1 }] },
  {
    says: '_id: 0 alone is an exclusion',
    docs: one,
    projection: { _id: 0 },
    gives: [{ a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, { g: 3 }, 7] }],
  },
  { says: '_id: 1 alone is an inclusion', docs: one, projection: { _id: 1 }, gives: [{ _id: 0 }] },
  { says: 'dotted inclusion', docs: one, projection: { 'b.c': 1 }, gives: [{ _id: 0, b: { c: 2 } }] },
  {
    says: 'nested specification means the same',
    docs: one,
    projection: { b: { c: 1 } },
    gives: [{ _id: 0, b: { c: 2 } }],
  },
  {
    says: 'dotted exclusion',
    docs: one,
    projection: { 'b.c': 0, e: 0 },
    gives: [{ _id: 0, a: 1, b: { d: 3 } }],
  },
  {
    says: 'inclusion goes through arrays and drops their scalars',
    docs: one,
    projection: { 'e.f': 1 },
    gives: [{ _id: 0, e: [{ f: 1 }, {}] }],
  },
  {
    says: 'exclusion goes through arrays and keeps their scalars',
    docs: one,
    projection: { a: 0, b: 0, 'e.g': 0 },
    gives: [{ _id: 0, e: [{ f: 1 }, {}, 7] }],
  },
  {
    says: 'fields come in the order of the document',
    docs: one,
    projection: { b: 1, a: 1 },
    gives: [{ _id: 0, a: 1, b: { c: 2, d: 3 } }],
  },
  {
    says: 'inclusion of a missing field gives nothing',
    docs: one,
    projection: { z: 1 },
    gives: [{ _id: 0 }],
  },
  {
    says: 'an expression is computed',
    docs: one,
    projection: { _id: 0, sum: { $add: ['$a', '$b.c'] } },
    gives: [{ sum: 3 }],
  },
  {
    says: 'a string that begins with $ is a path',
    docs: one,
    projection: { _id: 0, x: '$b.d' },
    gives: [{ x: 3 }],
  },
  {
    says: '$slice takes the first',
    docs: [{ _id: 0, a: [1, 2, 3], b: 1 }],
    projection: { a: { $slice: 2 } },
    gives: [{ _id: 0, a: [1, 2], b: 1 }],
  },
  {
    says: 'a negative $slice takes the last',
    docs: [{ _id: 0, a: [1, 2, 3] }],
    projection: { a: { $slice: -1 } },
    gives: [{ _id: 0, a: [3] }],
  },
  {
    says: '$slice skips and limits',
    docs: [{ _id: 0, a: [1, 2, 3] }],
    projection: { a: { $slice: [1, 1] } },
    gives: [{ _id: 0, a: [2] }],
  },
  {
    says: '$slice with an inclusion keeps only what is named',
    docs: [{ _id: 0, a: [1, 2], b: 1, c: 1 }],
    projection: { b: 1, a: { $slice: 1 } },
    gives: [{ _id: 0, a: [1], b: 1 }],
  },
  {
    says: '$elemMatch keeps the first element that matches',
    docs: [{ _id: 0, a: [{ n: 1 }, { n: 5 }, { n: 9 }], b: 1 }],
    projection: { a: { $elemMatch: { n: { $gt: 2 } } } },
    gives: [{ _id: 0, a: [{ n: 5 }] }],
  },
  {
    says: '$elemMatch without a match leaves the field out',
    docs: [{ _id: 0, a: [1], b: 1 }],
    projection: { a: { $elemMatch: { $gt: 2 } } },
    gives: [{ _id: 0 }],
  },
  {
    says: 'the positional $ keeps the element the filter matched',
    docs: [{ _id: 0, a: [1, 5, 9] }],
    filter: { a: { $gt: 3 } },
    projection: { 'a.$': 1 },
    gives: [{ _id: 0, a: [5] }],
  },
  {
    says: 'an empty projection keeps everything',
    docs: [{ _id: 0, a: 1 }],
    projection: {},
    gives: [{ _id: 0, a: 1 }],
  },
];
