// Duty: documented behaviours of aggregation: stages, accumulators, expressions and the types they give.
import { Decimal128, Double, Long, ObjectId } from 'mongodb';
import type { Aggregates } from './case.ts';

const sales = [
  { _id: 0, item: 'a', n: 2, price: 10, tags: ['x', 'y'] },
  { _id: 1, item: 'b', n: 1, price: 20, tags: [] },
  { _id: 2, item: 'a', n: 5, price: 10.5 },
];
const byId = { $sort: { _id: 1 } };
/** One expression, evaluated on one document. */
const expression = (says: string, doc: object, spec: unknown, result: unknown): Aggregates => ({
  says,
  docs: [{ _id: 0, ...doc }],
  pipeline: [{ $project: { _id: 0, r: spec } }],
  gives: result === undefined ? [{}] : [{ r: result }],
});
/** A document with a field called `then` must not be written as a literal: it would look like a promise. */
const named = (...fields: [string, unknown][]) => Object.fromEntries(fields);
const day = new Date('2024-03-30T23:30:00Z');

export const aggregating: Aggregates[] = [
  // $group
  {
    says: '$group sums, averages, finds extremes',
    docs: sales,
    pipeline: [
      {
        $group: {
          _id: '$item',
          n: { $sum: '$n' },
          avg: { $avg: '$price' },
          min: { $min: '$n' },
          max: { $max: '$n' },
        },
      },
      byId,
    ],
    gives: [
      { _id: 'a', n: 7, avg: 10.25, min: 2, max: 5 },
      { _id: 'b', n: 1, avg: new Double(20), min: 1, max: 1 },
    ],
  },
  {
    says: '$group by null takes everything together',
    docs: sales,
    pipeline: [{ $group: { _id: null, count: { $sum: 1 } } }],
    gives: [{ _id: null, count: 3 }],
  },
  {
    says: 'missing and null are one group',
    docs: [{ _id: 0 }, { _id: 1, k: null }, { _id: 2, k: 1 }],
    pipeline: [{ $group: { _id: '$k', ids: { $push: '$_id' } } }, byId],
    gives: [
      { _id: null, ids: [0, 1] },
      { _id: 1, ids: [2] },
    ],
  },
  {
    says: 'numbers of different types are one group',
    values: [1, new Double(1), Long.ONE, Decimal128.fromString('1.0')],
    pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }],
    gives: [{ _id: 1, n: 4 }],
  },
  {
    says: 'a compound key leaves missing parts out',
    docs: [{ _id: 0, x: 1 }],
    pipeline: [{ $group: { _id: { x: '$x', y: '$y' } } }],
    gives: [{ _id: { x: 1 } }],
  },
  {
    says: '$push leaves missing out, and keeps null',
    docs: [{ _id: 0, v: 1 }, { _id: 1 }, { _id: 2, v: null }],
    pipeline: [{ $group: { _id: null, all: { $push: '$v' } } }],
    gives: [{ _id: null, all: [1, null] }],
  },
  {
    says: '$addToSet keeps one of each',
    values: [1, 2, new Double(1)],
    pipeline: [{ $group: { _id: null, all: { $addToSet: '$a' } } }, { $project: { n: { $size: '$all' } } }],
    gives: [{ _id: null, n: 2 }],
  },
  {
    says: '$first and $last follow the sort',
    values: [5, 1, 9],
    pipeline: [
      { $sort: { a: 1 } },
      { $group: { _id: null, first: { $first: '$a' }, last: { $last: '$a' } } },
    ],
    gives: [{ _id: null, first: 1, last: 9 }],
  },
  {
    says: '$sum of ints that overflows becomes a long',
    values: [2147483647, 1],
    pipeline: [{ $group: { _id: null, s: { $sum: '$a' } } }],
    gives: [{ _id: null, s: Long.fromNumber(2147483648) }],
  },
  {
    says: '$sum ignores what is no number',
    values: [1, 'x', null, 2],
    pipeline: [{ $group: { _id: null, s: { $sum: '$a' } } }],
    gives: [{ _id: null, s: 3 }],
  },
  {
    says: '$sum with a decimal is a decimal',
    values: [1, Decimal128.fromString('0.1')],
    pipeline: [{ $group: { _id: null, s: { $sum: '$a' } } }],
    gives: [{ _id: null, s: Decimal128.fromString('1.1') }],
  },
  {
    says: '$avg of nothing is null, and $sum is 0',
    docs: [{ _id: 0 }],
    pipeline: [{ $group: { _id: null, avg: { $avg: '$v' }, sum: { $sum: '$v' } } }],
    gives: [{ _id: null, avg: null, sum: 0 }],
  },
  {
    says: '$min ignores null',
    values: [null, 3],
    pipeline: [{ $group: { _id: null, m: { $min: '$a' } } }],
    gives: [{ _id: null, m: 3 }],
  },
  {
    says: '$topN gives the best, in order',
    docs: sales,
    pipeline: [{ $group: { _id: null, best: { $topN: { n: 2, sortBy: { n: -1 }, output: '$_id' } } } }],
    gives: [{ _id: null, best: [2, 0] }],
  },
  {
    says: '$firstN, $maxN',
    values: [3, 1, 2],
    pipeline: [
      { $group: { _id: null, f: { $firstN: { n: 2, input: '$a' } }, m: { $maxN: { n: 2, input: '$a' } } } },
    ],
    gives: [{ _id: null, f: [3, 1], m: [3, 2] }],
  },
  {
    says: '$stdDevPop',
    values: [2, 4, 4, 4, 5, 5, 7, 9],
    pipeline: [{ $group: { _id: null, d: { $stdDevPop: '$a' } } }],
    gives: [{ _id: null, d: new Double(2) }],
  },
  {
    says: '$mergeObjects merges in order',
    values: [{ x: 1, y: 1 }, { y: 2 }],
    pipeline: [{ $group: { _id: null, m: { $mergeObjects: '$a' } } }],
    gives: [{ _id: null, m: { x: 1, y: 2 } }],
  },
  {
    says: '$group of nothing gives nothing',
    docs: [],
    pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }],
    gives: [],
  },
  {
    says: '$count counts',
    docs: sales,
    pipeline: [{ $match: { item: 'a' } }, { $count: 'n' }],
    gives: [{ n: 2 }],
  },
  { says: '$count of nothing gives nothing', docs: [], pipeline: [{ $count: 'n' }], gives: [] },
  {
    says: '$sortByCount',
    docs: sales,
    pipeline: [{ $sortByCount: '$item' }],
    gives: [
      { _id: 'a', count: 2 },
      { _id: 'b', count: 1 },
    ],
  },
  {
    says: '$bucket includes its lower bound',
    values: [0, 4, 5, 20],
    pipeline: [{ $bucket: { groupBy: '$a', boundaries: [0, 5, 10], default: 'rest' } }],
    gives: [
      { _id: 0, count: 2 },
      { _id: 5, count: 1 },
      { _id: 'rest', count: 1 },
    ],
  },
  // $unwind
  {
    says: '$unwind drops missing and empty',
    docs: sales,
    pipeline: [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    gives: [
      { _id: 0, tags: 'x' },
      { _id: 0, tags: 'y' },
    ],
  },
  {
    says: '$unwind can preserve them, and number elements',
    docs: sales,
    pipeline: [
      { $unwind: { path: '$tags', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1, at: 1 } },
    ],
    gives: [
      { _id: 0, tags: 'x', at: Long.ZERO },
      { _id: 0, tags: 'y', at: Long.ONE },
      { _id: 1, at: null },
      { _id: 2, at: null },
    ],
  },
  {
    says: '$unwind of a scalar keeps it',
    values: [5],
    pipeline: [{ $unwind: '$a' }],
    gives: [{ _id: 0, a: 5 }],
  },
  // $lookup and $unionWith
  {
    says: '$lookup joins by equality',
    docs: [
      { _id: 0, k: 1 },
      { _id: 1, k: 9 },
    ],
    other: [
      { _id: 5, k: 1 },
      { _id: 6, k: 1 },
    ],
    pipeline: [{ $lookup: { from: 'other', localField: 'k', foreignField: 'k', as: 'j' } }],
    gives: [
      {
        _id: 0,
        k: 1,
        j: [
          { _id: 5, k: 1 },
          { _id: 6, k: 1 },
        ],
      },
      { _id: 1, k: 9, j: [] },
    ],
  },
  {
    says: '$lookup of an array looks for each element',
    docs: [{ _id: 0, k: [1, 3] }],
    other: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
    pipeline: [{ $lookup: { from: 'other', localField: 'k', foreignField: '_id', as: 'j' } }],
    gives: [{ _id: 0, k: [1, 3], j: [{ _id: 1 }, { _id: 3 }] }],
  },
  {
    says: '$lookup of a missing field finds null and missing',
    docs: [{ _id: 0 }],
    other: [{ _id: 1, k: null }, { _id: 2 }, { _id: 3, k: 1 }],
    pipeline: [
      { $lookup: { from: 'other', localField: 'k', foreignField: 'k', as: 'j' } },
      { $project: { j: '$j._id' } },
    ],
    gives: [{ _id: 0, j: [1, 2] }],
  },
  {
    says: '$lookup with let and a pipeline',
    docs: [{ _id: 0, min: 2 }],
    other: [
      { _id: 1, v: 1 },
      { _id: 2, v: 2 },
      { _id: 3, v: 3 },
    ],
    pipeline: [
      {
        $lookup: {
          from: 'other',
          let: { min: '$min' },
          pipeline: [{ $match: { $expr: { $gte: ['$v', '$$min'] } } }, { $project: { _id: 0 } }],
          as: 'j',
        },
      },
    ],
    gives: [{ _id: 0, min: 2, j: [{ v: 2 }, { v: 3 }] }],
  },
  {
    says: '$lookup with both fields and a pipeline',
    docs: [{ _id: 0, k: 1 }],
    other: [
      { _id: 1, k: 1, v: 5 },
      { _id: 2, k: 1, v: 9 },
    ],
    pipeline: [
      {
        $lookup: {
          from: 'other',
          localField: 'k',
          foreignField: 'k',
          pipeline: [{ $sort: { v: -1 } }, { $limit: 1 }],
          as: 'j',
        },
      },
    ],
    gives: [{ _id: 0, k: 1, j: [{ _id: 2, k: 1, v: 9 }] }],
  },
  {
    says: '$unionWith appends another collection',
    docs: [{ _id: 0 }],
    other: [{ _id: 5, x: 1 }],
    pipeline: [{ $unionWith: { coll: 'other', pipeline: [{ $project: { x: 1, _id: 0 } }] } }],
    gives: [{ _id: 0 }, { x: 1 }],
  },
  // Other stages
  {
    says: '$facet runs several pipelines over the same documents',
    docs: sales,
    pipeline: [
      {
        $facet: {
          count: [{ $count: 'n' }],
          best: [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { item: 1 } }],
          none: [{ $match: { n: 99 } }],
        },
      },
    ],
    gives: [{ count: [{ n: 3 }], best: [{ _id: 2, item: 'a' }], none: [] }],
  },
  {
    says: '$addFields overwrites in place and appends',
    docs: [{ _id: 0, a: 1, b: 2 }],
    pipeline: [{ $addFields: { a: 9, c: '$b' } }],
    gives: [{ _id: 0, a: 9, b: 2, c: 2 }],
  },
  {
    says: '$addFields with $$REMOVE takes a field out',
    docs: [{ _id: 0, a: 1, b: 2 }],
    pipeline: [{ $set: { a: '$$REMOVE' } }],
    gives: [{ _id: 0, b: 2 }],
  },
  {
    says: '$project computes after what it keeps',
    docs: [{ _id: 0, a: 1, b: 2 }],
    pipeline: [{ $project: { x: { $add: ['$a', '$b'] }, b: 1 } }],
    gives: [{ _id: 0, b: 2, x: 3 }],
  },
  {
    says: '$unset takes several',
    docs: [{ _id: 0, a: 1, b: { c: 1, d: 2 } }],
    pipeline: [{ $unset: ['a', 'b.c'] }],
    gives: [{ _id: 0, b: { d: 2 } }],
  },
  {
    says: '$replaceRoot',
    docs: [{ _id: 0, a: { x: 1 } }],
    pipeline: [{ $replaceRoot: { newRoot: { $mergeObjects: ['$a', { y: 2 }] } } }],
    gives: [{ x: 1, y: 2 }],
  },
  {
    says: '$skip and $limit follow the sort',
    values: [3, 1, 2],
    pipeline: [{ $sort: { a: 1 } }, { $skip: 1 }, { $limit: 1 }],
    gives: [{ _id: 2, a: 2 }],
  },
  {
    says: '$limit before $skip',
    values: [1, 2, 3],
    pipeline: [{ $sort: { a: 1 } }, { $limit: 2 }, { $skip: 1 }],
    gives: [{ _id: 1, a: 2 }],
  },
  {
    says: '$sample of more than there is gives all',
    values: [1, 2],
    pipeline: [{ $sample: { size: 10 } }, { $count: 'n' }],
    gives: [{ n: 2 }],
  },
  {
    says: '$setWindowFields ranks and sums up to here',
    docs: sales,
    pipeline: [
      {
        $setWindowFields: {
          partitionBy: '$item',
          sortBy: { n: 1 },
          output: {
            run: { $sum: '$n', window: { documents: ['unbounded', 'current'] } },
            rank: { $rank: {} },
          },
        },
      },
      { $project: { run: 1, rank: 1 } },
      byId,
    ],
    gives: [
      { _id: 0, run: 2, rank: 1 },
      { _id: 1, run: 1, rank: 1 },
      { _id: 2, run: 7, rank: 2 },
    ],
  },
  // Expressions
  expression('a path through an array gives an array', { a: [{ b: 1 }, { b: 2 }, {}] }, '$a.b', [1, 2]),
  expression('a missing path leaves the field out', {}, '$nothing', undefined),
  expression('in an array, missing becomes null', {}, ['$nothing', 1], [null, 1]),
  expression('$add keeps ints', { a: 1 }, { $add: ['$a', 2] }, 3),
  expression('$add with null is null', { a: null }, { $add: ['$a', 2] }, null),
  expression(
    '$add adds milliseconds to a date',
    { a: new Date(1000) },
    { $add: ['$a', 500] },
    new Date(1500),
  ),
  expression(
    '$subtract of dates is a long',
    { a: new Date(1500), b: new Date(1000) },
    { $subtract: ['$a', '$b'] },
    Long.fromNumber(500),
  ),
  expression('$divide is a double', {}, { $divide: [6, 3] }, new Double(2)),
  expression('$mod keeps ints', {}, { $mod: [7, 4] }, 3),
  expression(
    '$round goes to the even neighbour',
    {},
    [{ $round: [2.5] }, { $round: [3.5] }, { $round: [1.255, 2] }],
    [new Double(2), new Double(4), 1.25],
  ),
  expression('$trunc with negative places', {}, { $trunc: [1234.5, -2] }, new Double(1200)),
  expression(
    '$eq tells types apart as the order does',
    {},
    [{ $eq: [1, '1'] }, { $eq: [1, new Double(1)] }],
    [false, true],
  ),
  expression('$cmp of missing and null is -1', {}, { $cmp: ['$nothing', null] }, -1),
  expression(
    '$cond takes both forms',
    {},
    [{ $cond: [true, 1, 2] }, { $cond: named(['if', 0], ['then', 1], ['else', 2]) }],
    [1, 2],
  ),
  expression('$ifNull takes the first that is there', { b: 2 }, { $ifNull: ['$a', null, '$b', 3] }, 2),
  expression(
    '$switch takes the first branch that holds',
    { a: 5 },
    {
      $switch: {
        branches: [
          named(['case', { $gt: ['$a', 9] }], ['then', 'big']),
          named(['case', { $gt: ['$a', 3] }], ['then', 'mid']),
        ],
        default: 'small',
      },
    },
    'mid',
  ),
  expression(
    '$and and $or take strings and zero for what they are',
    {},
    [{ $and: ['', 1] }, { $or: [0, null] }],
    [true, false],
  ),
  expression(
    '$map, $filter and $reduce',
    { a: [1, 2, 3] },
    [
      { $map: { input: '$a', as: 'n', in: { $multiply: ['$$n', 2] } } },
      { $filter: { input: '$a', cond: { $gt: ['$$this', 1] } } },
      { $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
    ],
    [[2, 4, 6], [2, 3], 6],
  ),
  expression(
    '$arrayElemAt counts from the end with negatives',
    { a: [1, 2, 3] },
    { $arrayElemAt: ['$a', -1] },
    3,
  ),
  expression('$arrayElemAt outside gives nothing', { a: [1] }, { $arrayElemAt: ['$a', 5] }, undefined),
  expression(
    '$size, $in, $isArray, $concatArrays',
    { a: [1, 2] },
    [{ $size: '$a' }, { $in: [new Double(2), '$a'] }, { $isArray: '$a' }, { $concatArrays: ['$a', [3]] }],
    [2, true, true, [1, 2, 3]],
  ),
  expression('$setUnion keeps one of each', { a: [2, 1, 2] }, { $setUnion: ['$a', [3]] }, [1, 2, 3]),
  expression('$setDifference', { a: [2, 1, 2] }, { $setDifference: ['$a', [1]] }, [2]),
  expression(
    '$slice and $reverseArray',
    { a: [1, 2, 3] },
    [{ $slice: ['$a', -2] }, { $reverseArray: '$a' }],
    [
      [2, 3],
      [3, 2, 1],
    ],
  ),
  expression(
    '$concat with null is null',
    {},
    [{ $concat: ['a', 'b'] }, { $concat: ['a', null] }],
    ['ab', null],
  ),
  expression(
    '$toUpper, $substrCP, $strLenCP, $split, $trim',
    {},
    [
      { $toUpper: 'aé' },
      { $substrCP: ['šćab', 1, 2] },
      { $strLenCP: 'šć' },
      { $split: ['a-b', '-'] },
      { $trim: { input: ' x ' } },
    ],
    ['Aé', 'ća', 2, ['a', 'b'], 'x'],
  ),
  expression(
    '$replaceAll',
    {},
    { $replaceAll: { input: 'a.b.c', find: '.', replacement: { $literal: '$' } } },
    'a$b$c',
  ),
  expression('$regexMatch', {}, { $regexMatch: { input: 'Abc', regex: '^a', options: 'i' } }, true),
  expression(
    '$toString, $toInt, $toDouble, $toObjectId',
    {},
    [{ $toString: 5 }, { $toInt: '7' }, { $toDouble: '1.5' }, { $toObjectId: '65a000000000000000000001' }],
    ['5', 7, 1.5, new ObjectId('65a000000000000000000001')],
  ),
  expression('$convert falls back', {}, { $convert: { input: 'x', to: 'int', onError: -1 } }, -1),
  expression(
    '$type names types',
    { a: Long.ONE },
    [{ $type: '$a' }, { $type: '$nothing' }],
    ['long', 'missing'],
  ),
  expression(
    '$objectToArray and back',
    { a: { x: 1 } },
    [{ $objectToArray: '$a' }, { $arrayToObject: [[['y', 2]]] }],
    [[{ k: 'x', v: 1 }], { y: 2 }],
  ),
  expression('$literal is not evaluated', {}, { $literal: '$a' }, '$a'),
  expression(
    '$let binds names',
    { a: 2 },
    { $let: { vars: { x: { $add: ['$a', 1] } }, in: { $multiply: ['$$x', '$$x'] } } },
    9,
  ),
  expression(
    '$year, $month, $dayOfMonth, $dayOfWeek, $dayOfYear',
    { d: day },
    [{ $year: '$d' }, { $month: '$d' }, { $dayOfMonth: '$d' }, { $dayOfWeek: '$d' }, { $dayOfYear: '$d' }],
    [2024, 3, 30, 7, 90],
  ),
  expression(
    'a time zone moves the day',
    { d: day },
    { $dayOfMonth: { date: '$d', timezone: 'Europe/Belgrade' } },
    31,
  ),
  expression(
    '$isoWeek and $isoWeekYear at the turn of a year',
    { d: new Date('2021-01-03T12:00:00Z') },
    [{ $isoWeek: '$d' }, { $isoWeekYear: '$d' }],
    [53, Long.fromNumber(2020)],
  ),
  expression(
    '$dateToString',
    { d: day },
    { $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M %z', timezone: 'Europe/Belgrade' } },
    '2024-03-31 00:30 +0100',
  ),
  expression(
    '$dateTrunc to a week begins on Sunday',
    { d: new Date('2024-05-15T10:00:00Z') },
    { $dateTrunc: { date: '$d', unit: 'week' } },
    new Date('2024-05-12T00:00:00Z'),
  ),
  expression(
    '$dateTrunc to a month in a time zone',
    { d: new Date('2024-04-30T22:30:00Z') },
    { $dateTrunc: { date: '$d', unit: 'month', timezone: 'Europe/Belgrade' } },
    new Date('2024-04-30T22:00:00Z'),
  ),
  expression(
    '$dateAdd of a month ends with the month',
    { d: new Date('2024-01-31T00:00:00Z') },
    { $dateAdd: { startDate: '$d', unit: 'month', amount: 1 } },
    new Date('2024-02-29T00:00:00Z'),
  ),
  expression(
    '$dateDiff counts boundaries',
    {},
    {
      $dateDiff: {
        startDate: new Date('2023-12-31T23:59:00Z'),
        endDate: new Date('2024-01-01T00:01:00Z'),
        unit: 'year',
      },
    },
    Long.ONE,
  ),
  expression(
    '$dateFromParts',
    {},
    { $dateFromParts: { year: 2024, month: 2, day: 29 } },
    new Date('2024-02-29T00:00:00Z'),
  ),
  expression(
    '$dateFromString',
    {},
    { $dateFromString: { dateString: '2024-02-29' } },
    new Date('2024-02-29T00:00:00Z'),
  ),
  expression(
    '$max and $sum as expressions',
    { a: [1, 5] },
    [{ $max: '$a' }, { $sum: ['$a', 3] }, { $avg: '$a' }],
    [5, 3, new Double(3)],
  ),
  expression(
    '$getField reads names with dots',
    { o: { 'x.y': 1 } },
    { $getField: { field: 'x.y', input: '$o' } },
    1,
  ),
  expression('$sortArray', { a: [{ n: 2 }, { n: 1 }] }, { $sortArray: { input: '$a', sortBy: { n: 1 } } }, [
    { n: 1 },
    { n: 2 },
  ]),
];
