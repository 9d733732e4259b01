// Duty: documented behaviours of updates: operators, array filters, pipelines, replacements, upserts, types and field order.
import { Decimal128, Double, Int32, Long } from 'mongodb';
import type { Updates } from './case.ts';

const upsert = { upsert: true };

export const updating: Updates[] = [
  {
    says: '$set makes the documents on the way',
    docs: [{ _id: 0 }],
    update: { $set: { 'a.b.c': 1 } },
    after: [{ _id: 0, a: { b: { c: 1 } } }],
  },
  {
    says: '$set keeps the place of a field',
    docs: [{ _id: 0, a: 1, b: 2 }],
    update: { $set: { a: 9 } },
    after: [{ _id: 0, a: 9, b: 2 }],
  },
  {
    says: '$set adds new fields in the order of their names',
    docs: [{ _id: 0 }],
    update: { $set: { z: 1, a: 1, 10: 1, 9: 1 } },
    after: [{ _id: 0, 9: 1, 10: 1, a: 1, z: 1 }],
  },
  {
    says: '$set to an equal value of another type is a change',
    docs: [{ _id: 0, a: 5 }],
    update: { $set: { a: new Double(5) } },
    after: [{ _id: 0, a: new Double(5) }],
    modified: 1,
  },
  {
    says: '$set to the same value modifies nothing',
    docs: [{ _id: 0, a: { b: [1] } }],
    update: { $set: { a: { b: [1] } } },
    after: [{ _id: 0, a: { b: [1] } }],
    modified: 0,
  },
  {
    says: '$set behind the end of an array fills up with null',
    docs: [{ _id: 0, a: [1] }],
    update: { $set: { 'a.3': 4 } },
    after: [{ _id: 0, a: [1, null, null, 4] }],
  },
  {
    says: '$set with a number makes a field where there is no array',
    docs: [{ _id: 0 }],
    update: { $set: { 'a.0': 1 } },
    after: [{ _id: 0, a: { 0: 1 } }],
  },
  {
    says: '$unset takes a field out',
    docs: [{ _id: 0, a: { b: 1, c: 2 } }],
    update: { $unset: { 'a.b': '' } },
    after: [{ _id: 0, a: { c: 2 } }],
  },
  {
    says: '$unset of an element leaves null',
    docs: [{ _id: 0, a: [1, 2] }],
    update: { $unset: { 'a.0': '' } },
    after: [{ _id: 0, a: [null, 2] }],
  },
  {
    says: '$unset of what is not there modifies nothing',
    docs: [{ _id: 0, a: 5 }],
    update: { $unset: { 'a.b': '' } },
    after: [{ _id: 0, a: 5 }],
    modified: 0,
  },
  {
    says: '$inc keeps an int',
    docs: [{ _id: 0, a: 5 }],
    update: { $inc: { a: 2 } },
    after: [{ _id: 0, a: 7 }],
  },
  {
    says: '$inc beyond an int makes a long',
    docs: [{ _id: 0, a: 2147483647 }],
    update: { $inc: { a: 1 } },
    after: [{ _id: 0, a: Long.fromNumber(2147483648) }],
  },
  {
    says: '$inc with a double makes a double',
    docs: [{ _id: 0, a: 5 }],
    update: { $inc: { a: 0.5 } },
    after: [{ _id: 0, a: 5.5 }],
  },
  {
    says: '$inc keeps a long',
    docs: [{ _id: 0, a: Long.fromNumber(5) }],
    update: { $inc: { a: 1 } },
    after: [{ _id: 0, a: Long.fromNumber(6) }],
  },
  {
    says: '$inc with a decimal makes a decimal',
    docs: [{ _id: 0, a: 1 }],
    update: { $inc: { a: Decimal128.fromString('0.1') } },
    after: [{ _id: 0, a: Decimal128.fromString('1.1') }],
  },
  {
    says: '$inc of a missing field sets it',
    docs: [{ _id: 0 }],
    update: { $inc: { 'a.b': -3 } },
    after: [{ _id: 0, a: { b: -3 } }],
  },
  {
    says: '$mul multiplies',
    docs: [{ _id: 0, a: 5 }],
    update: { $mul: { a: 3 } },
    after: [{ _id: 0, a: 15 }],
  },
  {
    says: '$mul of a missing field sets zero of that type',
    docs: [{ _id: 0 }],
    update: { $mul: { a: Long.fromNumber(3) } },
    after: [{ _id: 0, a: Long.ZERO }],
  },
  {
    says: '$min sets a lower value',
    docs: [{ _id: 0, a: 5, b: 5 }],
    update: { $min: { a: 3, b: 9 } },
    after: [{ _id: 0, a: 3, b: 5 }],
  },
  {
    says: '$max sets a higher value, by the order of types',
    docs: [{ _id: 0, a: 5 }],
    update: { $max: { a: 'x' } },
    after: [{ _id: 0, a: 'x' }],
  },
  {
    says: '$min of a missing field sets it',
    docs: [{ _id: 0 }],
    update: { $min: { a: 3 } },
    after: [{ _id: 0, a: 3 }],
  },
  {
    says: '$rename moves a value',
    docs: [{ _id: 0, a: 1, b: 2 }],
    update: { $rename: { a: 'c.d' } },
    after: [{ _id: 0, b: 2, c: { d: 1 } }],
  },
  {
    says: '$rename over a field replaces it',
    docs: [{ _id: 0, a: 1, b: 2 }],
    update: { $rename: { a: 'b' } },
    after: [{ _id: 0, b: 1 }],
  },
  {
    says: '$rename of a missing field does nothing',
    docs: [{ _id: 0, b: 2 }],
    update: { $rename: { a: 'b' } },
    after: [{ _id: 0, b: 2 }],
    modified: 0,
  },
  {
    says: '$setOnInsert does nothing on an update',
    docs: [{ _id: 0 }],
    update: { $setOnInsert: { a: 1 } },
    after: [{ _id: 0 }],
    modified: 0,
  },
  {
    says: 'an empty operator does nothing',
    docs: [{ _id: 0 }],
    update: { $set: {} },
    after: [{ _id: 0 }],
    modified: 0,
  },
  // Arrays
  {
    says: '$push makes an array',
    docs: [{ _id: 0 }],
    update: { $push: { a: 1 } },
    after: [{ _id: 0, a: [1] }],
  },
  {
    says: '$push of an array pushes it whole',
    docs: [{ _id: 0, a: [1] }],
    update: { $push: { a: [2, 3] } },
    after: [{ _id: 0, a: [1, [2, 3]] }],
  },
  {
    says: '$push with $each, $sort and $slice keeps the best',
    docs: [{ _id: 0, a: [5, 1] }],
    update: { $push: { a: { $each: [9, 3], $sort: -1, $slice: 3 } } },
    after: [{ _id: 0, a: [9, 5, 3] }],
  },
  {
    says: '$push with $sort by a field',
    docs: [{ _id: 0, a: [{ n: 2 }] }],
    update: { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    after: [{ _id: 0, a: [{ n: 1 }, { n: 2 }] }],
  },
  {
    says: '$push with $position',
    docs: [{ _id: 0, a: [1, 2] }],
    update: { $push: { a: { $each: [9], $position: 0 } } },
    after: [{ _id: 0, a: [9, 1, 2] }],
  },
  {
    says: '$push with a negative $position counts from the end',
    docs: [{ _id: 0, a: [1, 2] }],
    update: { $push: { a: { $each: [9], $position: -1 } } },
    after: [{ _id: 0, a: [1, 9, 2] }],
  },
  {
    says: '$push with a negative $slice keeps the last',
    docs: [{ _id: 0, a: [1, 2] }],
    update: { $push: { a: { $each: [3], $slice: -2 } } },
    after: [{ _id: 0, a: [2, 3] }],
  },
  {
    says: '$addToSet adds what is not there',
    docs: [{ _id: 0, a: [1] }],
    update: { $addToSet: { a: { $each: [1, 2, 2] } } },
    after: [{ _id: 0, a: [1, 2] }],
  },
  {
    says: '$addToSet of an equal number of another type adds nothing',
    docs: [{ _id: 0, a: [1] }],
    update: { $addToSet: { a: new Double(1) } },
    after: [{ _id: 0, a: [1] }],
    modified: 0,
  },
  {
    says: '$addToSet tells documents apart by the order of their fields',
    docs: [{ _id: 0, a: [{ x: 1, y: 2 }] }],
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: [
      {
        _id: 0,
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
  },
  {
    says: '$pop takes the last',
    docs: [{ _id: 0, a: [1, 2, 3] }],
    update: { $pop: { a: 1 } },
    after: [{ _id: 0, a: [1, 2] }],
  },
  {
    says: '$pop with -1 takes the first',
    docs: [{ _id: 0, a: [1, 2, 3] }],
    update: { $pop: { a: -1 } },
    after: [{ _id: 0, a: [2, 3] }],
  },
  {
    says: '$pull takes out equal values',
    docs: [{ _id: 0, a: [1, 2, 1] }],
    update: { $pull: { a: 1 } },
    after: [{ _id: 0, a: [2] }],
  },
  {
    says: '$pull takes conditions',
    docs: [{ _id: 0, a: [1, 5, 9] }],
    update: { $pull: { a: { $gte: 5 } } },
    after: [{ _id: 0, a: [1] }],
  },
  {
    says: '$pull with a document is a query on the elements',
    docs: [{ _id: 0, a: [{ x: 1, y: 1 }, { x: 2 }] }],
    update: { $pull: { a: { x: 1 } } },
    after: [{ _id: 0, a: [{ x: 2 }] }],
  },
  {
    says: '$pull with $in',
    docs: [{ _id: 0, a: ['x', 'y', 'z'] }],
    update: { $pull: { a: { $in: ['x', 'z'] } } },
    after: [{ _id: 0, a: ['y'] }],
  },
  {
    says: '$pullAll takes out each listed value',
    docs: [{ _id: 0, a: [1, 2, 3, 1] }],
    update: { $pullAll: { a: [1, 3] } },
    after: [{ _id: 0, a: [2] }],
  },
  {
    says: '$bit does and, or, xor',
    docs: [{ _id: 0, a: 13, b: 1 }],
    update: { $bit: { a: { and: 10 }, b: { or: 6 } } },
    after: [{ _id: 0, a: 8, b: 7 }],
  },
  // Positions
  {
    says: '$ is the element the filter matched',
    docs: [{ _id: 0, a: [5, 8, 9] }],
    filter: { a: 8 },
    update: { $set: { 'a.$': 0 } },
    after: [{ _id: 0, a: [5, 0, 9] }],
  },
  {
    says: '$ goes on into the element',
    docs: [
      {
        _id: 0,
        a: [
          { k: 1, n: 1 },
          { k: 2, n: 1 },
        ],
      },
    ],
    filter: { 'a.k': 2 },
    update: { $inc: { 'a.$.n': 4 } },
    after: [
      {
        _id: 0,
        a: [
          { k: 1, n: 1 },
          { k: 2, n: 5 },
        ],
      },
    ],
  },
  {
    says: '$ follows $elemMatch',
    docs: [
      {
        _id: 0,
        a: [
          { k: 1, n: 7 },
          { k: 2, n: 7 },
        ],
      },
    ],
    filter: { a: { $elemMatch: { k: 2, n: 7 } } },
    update: { $set: { 'a.$.n': 0 } },
    after: [
      {
        _id: 0,
        a: [
          { k: 1, n: 7 },
          { k: 2, n: 0 },
        ],
      },
    ],
  },
  {
    says: '$[] is every element',
    docs: [{ _id: 0, a: [1, 2] }],
    update: { $inc: { 'a.$[]': 10 } },
    after: [{ _id: 0, a: [11, 12] }],
  },
  {
    says: '$[name] is every element its array filter matches',
    docs: [{ _id: 0, a: [1, 5, 9] }],
    update: { $set: { 'a.$[big]': 0 } },
    options: { arrayFilters: [{ big: { $gte: 5 } }] },
    after: [{ _id: 0, a: [1, 0, 0] }],
  },
  {
    says: 'array filters look into documents',
    docs: [
      {
        _id: 0,
        a: [
          { k: 1, n: [1, 2] },
          { k: 2, n: [1, 2] },
        ],
      },
    ],
    update: { $set: { 'a.$[e].n.$[n]': 0 } },
    options: { arrayFilters: [{ 'e.k': 2 }, { n: 2 }] },
    after: [
      {
        _id: 0,
        a: [
          { k: 1, n: [1, 2] },
          { k: 2, n: [1, 0] },
        ],
      },
    ],
  },
  // Pipelines
  {
    says: 'a pipeline computes from the document',
    docs: [{ _id: 0, a: 2, b: 3 }],
    update: [{ $set: { c: { $multiply: ['$a', '$b'] } } }, { $unset: 'a' }],
    after: [{ _id: 0, b: 3, c: 6 }],
  },
  {
    says: 'a pipeline replaces the document and keeps its _id',
    docs: [{ _id: 0, a: { x: 1 } }],
    update: [{ $replaceWith: '$a' }],
    after: [{ _id: 0, x: 1 }],
  },
  {
    says: 'a pipeline sets in every element',
    docs: [{ _id: 0, a: [{ x: 1 }, { x: 2 }] }],
    update: [{ $set: { 'a.y': 0 } }],
    after: [
      {
        _id: 0,
        a: [
          { x: 1, y: 0 },
          { x: 2, y: 0 },
        ],
      },
    ],
  },
  {
    says: 'a pipeline that changes nothing modifies nothing',
    docs: [{ _id: 0, a: 1 }],
    update: [{ $set: { a: 1 } }],
    after: [{ _id: 0, a: 1 }],
    modified: 0,
  },
  // Replacement
  {
    says: 'a replacement keeps _id and nothing else',
    docs: [{ _id: 0, a: 1, b: 1 }],
    replace: true,
    update: { c: 1 },
    after: [{ _id: 0, c: 1 }],
  },
  {
    says: 'nested fields with dollars and dots may be stored',
    docs: [{ _id: 0 }],
    replace: true,
    update: { a: { $b: 1, 'c.d': 2 } },
    after: [{ _id: 0, a: { $b: 1, 'c.d': 2 } }],
  },
  // Many
  {
    says: 'updateMany changes all matches',
    values: [1, 1, 2],
    many: true,
    filter: { a: 1 },
    update: { $inc: { a: 5 } },
    after: [
      { _id: 0, a: 6 },
      { _id: 1, a: 6 },
      { _id: 2, a: 2 },
    ],
    modified: 2,
  },
  // Upserts
  {
    says: 'an upsert begins with the equalities of the filter',
    docs: [],
    filter: { _id: 7, a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 } },
    update: { $set: { e: 1 } },
    options: upsert,
    after: [{ _id: 7, a: 1, b: { c: 2 }, e: 1 }],
  },
  {
    says: 'an upsert reads equalities inside $and',
    docs: [],
    filter: { _id: 7, $and: [{ a: 1 }, { b: 2 }] },
    update: { $set: { c: 3 } },
    options: upsert,
    after: [{ _id: 7, a: 1, b: 2, c: 3 }],
  },
  {
    says: 'an upsert takes $in with one value as an equality',
    docs: [],
    filter: { _id: 7, a: { $in: [4] } },
    update: { $set: { c: 3 } },
    options: upsert,
    after: [{ _id: 7, a: 4, c: 3 }],
  },
  {
    says: 'an upsert applies $setOnInsert',
    docs: [],
    filter: { _id: 7 },
    update: { $setOnInsert: { a: 1 }, $inc: { n: 1 } },
    options: upsert,
    after: [{ _id: 7, a: 1, n: 1 }],
  },
  {
    says: 'a replacing upsert takes only _id from the filter',
    docs: [],
    filter: { _id: 7, x: 1 },
    replace: true,
    update: { a: 1 },
    options: upsert,
    after: [{ _id: 7, a: 1 }],
  },
  {
    says: 'an upsert with a pipeline starts from the equalities',
    docs: [],
    filter: { _id: 7, a: 2 },
    update: [{ $set: { b: { $add: ['$a', 1] } } }],
    options: upsert,
    after: [{ _id: 7, a: 2, b: 3 }],
  },
  {
    says: 'an upsert that matches inserts nothing',
    docs: [{ _id: 7, a: new Int32(1) }],
    filter: { _id: 7 },
    update: { $set: { a: 2 } },
    options: upsert,
    after: [{ _id: 7, a: 2 }],
  },
];
