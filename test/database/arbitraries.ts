// Duty: random BSON values and small documents for property tests, with many collisions so that tests meet equal values.
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import type { Doc, Value } from '../../server/database/embedded/semantics/values.ts';

const smallText = fc.string({
  minLength: 0,
  maxLength: 3,
  unit: fc.constantFrom('a', 'b', 'A', 'ë', 'ž', '\0', '\u{1f600}'),
});

const number: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((value) => new Int32(value)),
  fc.integer({ min: -3, max: 3 }).map((value) => new Double(value / 2)),
  fc.double().map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -5, max: 5 }))
    .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`)),
);

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 4, arbitrary: smallText },
  { weight: 2, arbitrary: fc.constant(null) },
  fc.boolean(),
  fc.integer({ min: -2, max: 2 }).map((value) => new Date(value)),
  fc.integer({ min: 0, max: 2 }).map((value) => new ObjectId(String(value).padStart(24, '0'))),
  fc.uint8Array({ maxLength: 3 }).map((bytes) => new Binary(bytes)),
  fc.integer({ min: 0, max: 2 }).map((value) => new Timestamp({ t: value, i: 1 })),
  smallText.map((text) => new BSONRegExp(text.replaceAll('\0', ''), '')),
  fc.constantFrom(new MinKey(), new MaxKey()),
);

const name = fc.constantFrom('a', 'b', 'c');

const nested = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 5, arbitrary: scalar },
    fc.dictionary(name, tie('value'), { maxKeys: 2, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));

export const anyValue: fc.Arbitrary<Value> = nested.value;

/** What indexes usually hold: few numbers and texts, often the same, sometimes missing, in arrays or below a document. */
const commonScalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((value) => new Int32(value)),
  fc.constantFrom('a', 'ab', 'abc', 'b'),
  fc.constant(null),
  fc.integer({ min: 0, max: 4 }).map((value) => new Date(value)),
);
const commonValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: commonScalar },
  fc.array(commonScalar, { maxLength: 3 }),
  fc.dictionary(name, fc.oneof(commonScalar, fc.array(commonScalar, { maxLength: 2 })), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
  fc.array(fc.dictionary(name, commonScalar, { maxKeys: 2, noNullPrototype: true }), { maxLength: 3 }),
  anyValue,
);

export const anyDocument: fc.Arbitrary<Doc> = fc.dictionary(name, commonValue, {
  maxKeys: 3,
  noNullPrototype: true,
});

const path = fc.constantFrom('a', 'b', 'c', 'a.b', 'a.c', 'b.a', 'a.0');
const condition: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: commonScalar },
  fc.record({ $eq: commonScalar }),
  fc.record({ $in: fc.array(commonScalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $gt: commonScalar }),
  fc.record({ $gte: commonScalar, $lt: commonScalar }),
  fc.record({ $lte: commonScalar }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $ne: commonScalar }),
  fc.constantFrom('^a', '^ab', 'b', '^a.c', '^abc?').map((pattern) => new BSONRegExp(pattern, '')),
  fc.record({ $elemMatch: fc.record({ b: commonScalar, c: commonScalar }, { requiredKeys: [] }) }),
);
const clause: fc.Arbitrary<Doc> = fc.dictionary(path, condition, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});

export const anyFilter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 5, arbitrary: clause },
  fc.tuple(clause, clause).map(([left, right]) => ({ $and: [left, right] })),
  fc.tuple(clause, clause).map(([left, right]) => ({ $or: [left, right] })),
  fc.tuple(clause, clause, clause).map(([both, left, right]) => ({ ...both, $or: [left, right] })),
);

const direction = fc.constantFrom(1, -1);
export const anySort: fc.Arbitrary<Doc> = fc.dictionary(path, direction, {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});
export const anyIndexKey: fc.Arbitrary<Doc> = fc.dictionary(path, direction, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
