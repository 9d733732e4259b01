// Duty: documented behaviours of query filters: types, paths, arrays, null, operators.
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import type { Finds } from './case.ts';

const id = new ObjectId('65a000000000000000000001');

export const matching: Finds[] = [
  // Types and numbers
  {
    says: 'int, long, double and decimal with the same value are equal',
    values: [new Int32(5), Long.fromNumber(5), new Double(5), Decimal128.fromString('5.0'), '5'],
    filter: { a: 5 },
    finds: [0, 1, 2, 3],
  },
  {
    says: 'a long beyond 2^53 is compared exactly with a double',
    values: [Long.fromString('9007199254740993'), new Double(9007199254740992)],
    filter: { a: { $gt: new Double(9007199254740992) } },
    finds: [0],
  },
  {
    says: 'the decimal 0.1 does not equal the double 0.1',
    values: [new Double(0.1), Decimal128.fromString('0.1')],
    filter: { a: Decimal128.fromString('0.1') },
    finds: [1],
  },
  {
    says: 'range operators stay within their type',
    values: [1, '1', null, true, [], { x: 1 }],
    filter: { a: { $gt: 0 } },
    finds: [0],
  },
  { says: '$lt on strings finds no numbers', values: ['a', 'b', 5], filter: { a: { $lt: 'b' } }, finds: [0] },
  {
    says: 'strings compare by the bytes of UTF-8',
    values: ['\uffee', '\u{1f600}'],
    filter: { a: { $gt: '\uffee' } },
    finds: [1],
  },
  { says: 'NaN equals NaN', values: [Number.NaN, 1], filter: { a: Number.NaN }, finds: [0] },
  {
    says: 'NaN is neither below nor above a number',
    values: [Number.NaN],
    filter: { $or: [{ a: { $lt: 5 } }, { a: { $gte: 5 } }] },
    finds: [],
  },
  { says: 'zero and minus zero are equal', values: [0, new Double(-0)], filter: { a: 0 }, finds: [0, 1] },
  {
    says: 'MaxKey is above everything',
    values: [1, 'x', { b: 1 }],
    filter: { a: { $lt: new MaxKey() } },
    finds: [0, 1, 2],
  },
  {
    says: 'MinKey is below everything',
    values: [1, 'x', null],
    filter: { a: { $gt: new MinKey() } },
    finds: [0, 1, 2],
  },
  {
    says: 'dates compare with dates only',
    values: [new Date(1000), new Date(5000), 3000],
    filter: { a: { $gte: new Date(2000) } },
    finds: [1],
  },
  {
    says: 'a date and a timestamp are different types',
    values: [new Date(1000), new Timestamp({ t: 1, i: 0 })],
    filter: { a: new Date(1000) },
    finds: [0],
  },
  {
    says: 'ObjectIds match by value',
    values: [id, String(id)],
    filter: { a: new ObjectId(id.id) },
    finds: [0],
  },
  {
    says: 'binary data matches by subtype and bytes',
    values: [new Binary(Buffer.from('x'), 0), new Binary(Buffer.from('x'), 5)],
    filter: { a: new Binary(Buffer.from('x'), 5) },
    finds: [1],
  },
  { says: 'false does not equal 0', values: [false, 0], filter: { a: false }, finds: [0] },
  {
    says: '$type takes names',
    values: [1, 'x', Long.fromNumber(1)],
    filter: { a: { $type: 'long' } },
    finds: [2],
  },
  { says: '$type takes numbers', values: [1, 'x'], filter: { a: { $type: 2 } }, finds: [1] },
  {
    says: "$type 'number' means all four",
    values: [1, 1.5, Long.ONE, Decimal128.fromString('1'), '1'],
    filter: { a: { $type: 'number' } },
    finds: [0, 1, 2, 3],
  },
  {
    says: '$type looks into arrays, and finds the array itself',
    values: [['x'], 'x', []],
    filter: { a: { $type: 'array' } },
    finds: [0, 2],
  },
  {
    says: '$type takes several at once',
    values: [1, 'x', true],
    filter: { a: { $type: ['string', 'bool'] } },
    finds: [1, 2],
  },
  // null and missing
  {
    says: 'null matches null and missing',
    docs: [{ _id: 0, a: null }, { _id: 1 }, { _id: 2, a: 0 }],
    filter: { a: null },
    finds: [0, 1],
  },
  {
    says: '$exists tells null from missing',
    docs: [{ _id: 0, a: null }, { _id: 1 }],
    filter: { a: { $exists: true } },
    finds: [0],
  },
  {
    says: '$exists false finds what lacks the field',
    docs: [{ _id: 0, a: null }, { _id: 1 }],
    filter: { a: { $exists: false } },
    finds: [1],
  },
  {
    says: '$ne null leaves missing out as well',
    docs: [{ _id: 0, a: null }, { _id: 1 }, { _id: 2, a: 1 }],
    filter: { a: { $ne: null } },
    finds: [2],
  },
  {
    says: '$gte null matches null and missing',
    docs: [{ _id: 0, a: null }, { _id: 1 }, { _id: 2, a: 1 }],
    filter: { a: { $gte: null } },
    finds: [0, 1],
  },
  {
    says: '$in with null matches missing',
    docs: [{ _id: 0 }, { _id: 1, a: 3 }, { _id: 2, a: 2 }],
    filter: { a: { $in: [null, 3] } },
    finds: [0, 1],
  },
  {
    says: 'null below an array matches when an element lacks the field',
    docs: [
      { _id: 0, a: [{ b: 1 }, {}] },
      { _id: 1, a: [{ b: 1 }] },
    ],
    filter: { 'a.b': null },
    finds: [0],
  },
  {
    says: 'null below an array of scalars does not match',
    docs: [
      { _id: 0, a: [1, 2] },
      { _id: 1, a: 5 },
    ],
    filter: { 'a.b': null },
    finds: [1],
  },
  {
    says: 'null below an empty array does not match',
    docs: [
      { _id: 0, a: [] },
      { _id: 1, a: {} },
    ],
    filter: { 'a.b': null },
    finds: [1],
  },
  // Arrays
  { says: 'equality matches an element', values: [[1, 2], 2, [3]], filter: { a: 2 }, finds: [0, 1] },
  {
    says: 'equality with an array matches the whole array',
    values: [[1, 2], [2, 1], [[1, 2]]],
    filter: { a: [1, 2] },
    finds: [0, 2],
  },
  {
    says: 'two bounds may be met by different elements',
    values: [[1, 9], [5]],
    filter: { a: { $gt: 4, $lt: 6 } },
    finds: [0, 1],
  },
  {
    says: 'each bound looks for its own element',
    values: [[1, 9]],
    filter: { a: { $gt: 8, $lt: 2 } },
    finds: [0],
  },
  {
    says: '$elemMatch wants one element for all conditions',
    values: [[1, 9], [5]],
    filter: { a: { $elemMatch: { $gt: 4, $lt: 6 } } },
    finds: [1],
  },
  {
    says: '$elemMatch on documents',
    docs: [
      {
        _id: 0,
        a: [
          { x: 1, y: 2 },
          { x: 2, y: 1 },
        ],
      },
      { _id: 1, a: [{ x: 1, y: 1 }] },
    ],
    filter: { a: { $elemMatch: { x: 1, y: 1 } } },
    finds: [1],
  },
  {
    says: 'without $elemMatch, conditions may meet in different elements',
    docs: [
      {
        _id: 0,
        a: [
          { x: 1, y: 2 },
          { x: 2, y: 1 },
        ],
      },
    ],
    filter: { 'a.x': 1, 'a.y': 1 },
    finds: [0],
  },
  {
    says: '$elemMatch does not match a field that is no array',
    values: [5],
    filter: { a: { $elemMatch: { $eq: 5 } } },
    finds: [],
  },
  {
    says: '$elemMatch in $elemMatch reaches nested arrays',
    values: [[[1, 2]], [[3]]],
    filter: { a: { $elemMatch: { $elemMatch: { $gt: 2 } } } },
    finds: [1],
  },
  {
    says: '$ne leaves out a document with any equal element',
    values: [[1, 2], [3]],
    filter: { a: { $ne: 2 } },
    finds: [1],
  },
  {
    says: '$nin leaves out a document with any listed element',
    values: [[1, 2], [3], 4],
    filter: { a: { $nin: [2, 4] } },
    finds: [1],
  },
  {
    says: '$all wants every value somewhere',
    values: [[1, 2, 3], [1], 1],
    filter: { a: { $all: [1, 2] } },
    finds: [0],
  },
  {
    says: '$all with one value matches a scalar',
    values: [1, [1]],
    filter: { a: { $all: [1] } },
    finds: [0, 1],
  },
  {
    says: '$all with an empty list matches nothing',
    values: [1, []],
    filter: { a: { $all: [] } },
    finds: [],
  },
  {
    says: '$all takes $elemMatch',
    values: [[1, 8], [1]],
    filter: { a: { $all: [{ $elemMatch: { $gt: 5 } }, { $elemMatch: { $lt: 2 } }] } },
    finds: [0],
  },
  { says: '$size counts the elements', values: [[1, 2], [1], 'ab'], filter: { a: { $size: 2 } }, finds: [0] },
  {
    says: '$size does not look into nested arrays',
    values: [[[1, 2]]],
    filter: { a: { $size: 2 } },
    finds: [],
  },
  { says: '$in matches elements', values: [[1, 2], 3, [9]], filter: { a: { $in: [2, 3] } }, finds: [0, 1] },
  { says: '$in takes whole arrays', values: [[1, 2], [1]], filter: { a: { $in: [[1, 2]] } }, finds: [0] },
  {
    says: '$in takes regular expressions',
    values: ['abc', 'xyz', 5],
    filter: { a: { $in: [/^ab/, 5] } },
    finds: [0, 2],
  },
  { says: '$gt compares arrays as values', values: [[1, 2], [1]], filter: { a: { $gt: [1] } }, finds: [0] },
  {
    says: 'a number in a path names an element',
    docs: [
      { _id: 0, a: [1, 2] },
      { _id: 1, a: [2, 1] },
    ],
    filter: { 'a.1': 2 },
    finds: [0],
  },
  {
    says: 'a number in a path also names a field',
    docs: [
      { _id: 0, a: { 1: 2 } },
      { _id: 1, a: [{ 1: 2 }] },
    ],
    filter: { 'a.1': 2 },
    finds: [0, 1],
  },
  {
    says: 'a path goes on behind a position',
    docs: [{ _id: 0, a: [{ b: 1 }, { b: 2 }] }],
    filter: { 'a.1.b': 2 },
    finds: [0],
  },
  {
    says: 'a position at the end of a path is that element as it is',
    docs: [{ _id: 0, a: [[1, 2]] }],
    filter: { 'a.0': [1, 2] },
    finds: [0],
  },
  {
    says: 'paths go through arrays on the way',
    docs: [{ _id: 0, a: [{ b: [{ c: 5 }] }] }],
    filter: { 'a.b.c': 5 },
    finds: [0],
  },
  // Documents
  {
    says: 'documents are equal with the same fields in the same order only',
    values: [
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ],
    filter: { a: { x: 1, y: 2 } },
    finds: [0],
  },
  {
    says: 'a document with one field more is another',
    values: [{ x: 1, y: 2 }],
    filter: { a: { x: 1 } },
    finds: [],
  },
  {
    says: 'nested numbers are equal across types',
    values: [{ x: new Double(1) }],
    filter: { a: { x: 1 } },
    finds: [0],
  },
  {
    says: 'an empty document matches an empty document',
    values: [{}, { x: 1 }],
    filter: { a: {} },
    finds: [0],
  },
  {
    says: 'a field may be called like a method of objects',
    docs: [{ _id: 0, constructor: 1 }, { _id: 1 }],
    filter: { constructor: { $exists: true } },
    finds: [0],
  },
  // Logic
  { says: '$or wants any', values: [1, 2, 3], filter: { $or: [{ a: 1 }, { a: 3 }] }, finds: [0, 2] },
  { says: '$nor wants none', values: [1, 2, 3], filter: { $nor: [{ a: 1 }, { a: 3 }] }, finds: [1] },
  {
    says: '$and with conditions on one field',
    values: [1, 5, 9],
    filter: { $and: [{ a: { $gt: 1 } }, { a: { $lt: 9 } }] },
    finds: [1],
  },
  {
    says: '$not matches missing fields too',
    docs: [{ _id: 0, a: 5 }, { _id: 1 }],
    filter: { a: { $not: { $gt: 3 } } },
    finds: [1],
  },
  {
    says: '$not takes a regular expression',
    values: ['abc', 'xyz'],
    filter: { a: { $not: /^a/ } },
    finds: [1],
  },
  { says: 'an empty filter matches everything', values: [1, 2], filter: {}, finds: [0, 1] },
  { says: '$comment matches everything', values: [1, 2], filter: { a: 1, $comment: 'why' }, finds: [0] },
  // Regular expressions, modulo, bits, expressions
  {
    says: '$regex with $options',
    values: ['Abc', 'xbc'],
    filter: { a: { $regex: '^a', $options: 'i' } },
    finds: [0],
  },
  {
    says: 'a regular expression matches an element',
    values: [['x', 'abc'], 'z'],
    filter: { a: /^ab/ },
    finds: [0],
  },
  {
    says: 'm makes ^ match after each line end',
    values: ['x\nabc'],
    filter: { a: { $regex: '^abc', $options: 'm' } },
    finds: [0],
  },
  {
    says: 'x ignores white space in the pattern',
    values: ['abc'],
    filter: { a: { $regex: 'a b c # letters', $options: 'x' } },
    finds: [0],
  },
  {
    says: '(?i) at the start is understood',
    values: ['ABC'],
    filter: { a: { $regex: '(?i)abc' } },
    finds: [0],
  },
  { says: '$mod finds remainders', values: [3, 6, 7, '9'], filter: { a: { $mod: [3, 0] } }, finds: [0, 1] },
  {
    says: '$mod of a negative number has its sign',
    values: [-7, 7],
    filter: { a: { $mod: [4, -3] } },
    finds: [0],
  },
  { says: '$mod cuts fractions off', values: [4.9, 5.1], filter: { a: { $mod: [4, 0] } }, finds: [0] },
  { says: '$bitsAllSet with a mask', values: [54, 20, 20.5], filter: { a: { $bitsAllSet: 50 } }, finds: [0] },
  {
    says: '$bitsAnyClear with positions',
    values: [54, 20],
    filter: { a: { $bitsAnyClear: [1, 5] } },
    finds: [1],
  },
  {
    says: '$bitsAllClear on binary data',
    values: [new Binary(Buffer.from([0b11111000]), 0)],
    filter: { a: { $bitsAllClear: [0, 1, 2] } },
    finds: [0],
  },
  {
    says: '$expr compares two fields',
    docs: [
      { _id: 0, a: 5, b: 3 },
      { _id: 1, a: 1, b: 3 },
    ],
    filter: { $expr: { $gt: ['$a', '$b'] } },
    finds: [0],
  },
  {
    says: '$expr compares across types in BSON order',
    values: ['x', 5],
    filter: { $expr: { $gt: ['$a', 100] } },
    finds: [0],
  },
  {
    says: '$expr $eq does not look into arrays',
    values: [[5], 5],
    filter: { $expr: { $eq: ['$a', 5] } },
    finds: [1],
  },
  {
    says: '$jsonSchema checks required fields and types',
    docs: [{ _id: 0, a: 'x' }, { _id: 1, a: 1 }, { _id: 2 }],
    filter: { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'string' } } } },
    finds: [0],
  },
  // Collation
  {
    says: 'strength 2 ignores case',
    values: ['PING', 'ping', 'pang'],
    filter: { a: 'Ping' },
    collation: { locale: 'en', strength: 2 },
    finds: [0, 1],
  },
  {
    says: 'strength 1 ignores accents as well',
    values: ['Gjilan', 'gjilán'],
    filter: { a: 'GJILAN' },
    collation: { locale: 'sq', strength: 1 },
    finds: [0, 1],
  },
  {
    says: 'numericOrdering compares digits as numbers',
    values: ['a2', 'a10'],
    filter: { a: { $gt: 'a9' } },
    collation: { locale: 'en', numericOrdering: true },
    finds: [1],
  },
];
