// Duty: proves that keys sort as MongoDB compares values, and that ranges of keys stay within their type.

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
import { expect } from 'chai';
import fc from 'fast-check';
import { afterPrefix, encodeTuple, encodeValue } from '../../server/database/embedded/keys.ts';
import { compareValues } from '../../server/database/embedded/semantics/compare.ts';
import type { Value } from '../../server/database/embedded/semantics/values.ts';
import { anyValue } from './arbitraries.ts';
import { seeded, seeds } from './seeds.ts';

const sign = (order: number) => Math.sign(order);

describe('The keys of the store', () => {
  for (const seed of seeds)
    it(seeded('sort as the values do, ascending and descending', seed), () => {
      fc.assert(
        fc.property(anyValue, anyValue, (a, b) => {
          const order = sign(compareValues(a, b));
          expect(sign(Buffer.compare(encodeValue(a), encodeValue(b)))).to.equal(order);
          const descending = (value: Value) => encodeTuple([value], [true]).bytes;
          expect(sign(Buffer.compare(descending(b), descending(a)))).to.equal(order);
        }),
        { numRuns: 2_000, seed },
      );
    });

  for (const seed of seeds)
    it(seeded('sort tuples field by field', seed), () => {
      const tuple = fc.tuple(anyValue, anyValue);
      fc.assert(
        fc.property(tuple, tuple, (a, b) => {
          const order = compareValues(a[0], b[0]) || -compareValues(a[1], b[1]);
          const key = (values: Value[]) => encodeTuple(values, [false, true]).bytes;
          expect(sign(Buffer.compare(key(a), key(b)))).to.equal(sign(order));
        }),
        { numRuns: 1_000, seed },
      );
    });

  it('keep the order that is known of awkward neighbours', () => {
    const ascending: Value[] = [
      new MinKey(),
      null,
      new Double(Number.NaN),
      new Double(Number.NEGATIVE_INFINITY),
      Decimal128.fromString('-1E400'),
      new Long('-9223372036854775808'),
      new Int32(-1),
      new Double(0),
      Decimal128.fromString('0.1'),
      new Double(0.1),
      Decimal128.fromString('0.10000000000000001'),
      new Int32(1),
      new Double(9007199254740992),
      new Long('9007199254740993'),
      new Long('9223372036854775807'),
      new Double(2 ** 63),
      Decimal128.fromString('1E400'),
      new Double(Number.POSITIVE_INFINITY),
      '',
      'a',
      'a\0',
      'a\0b',
      'ab',
      'ž',
      '\u{1f600}',
      {},
      { a: new Int32(1) },
      { a: new Int32(1), b: null },
      { b: new Int32(0), a: null },
      [],
      [new Int32(1)],
      [new Int32(1), new Int32(1)],
      new Binary(Buffer.from('zz')),
      new Binary(Buffer.from('aaa')),
      new ObjectId('000000000000000000000000'),
      false,
      true,
      new Date(-1),
      new Date(0),
      new Timestamp({ t: 1, i: 1 }),
      new BSONRegExp('a', ''),
      new MaxKey(),
    ];
    for (let at = 1; at < ascending.length; at++) {
      const [left, right] = [ascending[at - 1], ascending[at]];
      expect(
        Buffer.compare(encodeValue(left), encodeValue(right)),
        `pair ${at}: ${String(left)} ${String(right)}`,
      ).to.equal(-1);
      expect(sign(compareValues(left, right)), `compare ${at}`).to.equal(-1);
    }
  });

  it('give equal numbers one key, whatever their type', () => {
    const keys = [new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0'), 5].map(
      encodeValue,
    );
    for (const key of keys) expect(key.equals(keys[0]!)).to.equal(true);
    expect(encodeValue(new Double(-0)).equals(encodeValue(new Int32(0)))).to.equal(true);
  });

  it('are cut when they are long, and still differ', () => {
    const long = 'x'.repeat(5_000);
    const one = encodeTuple([`${long}1`], [false]);
    const two = encodeTuple([`${long}2`], [false]);
    expect(one.cut && two.cut).to.equal(true);
    expect(one.bytes.length).to.equal(1_400);
    expect(one.bytes.equals(two.bytes)).to.equal(false);
    expect(one.bytes.equals(encodeTuple([`${long}1`], [false]).bytes)).to.equal(true);
  });

  it('end a prefix range behind everything that begins with the prefix', () => {
    expect(afterPrefix(Buffer.from([1, 0xff])).equals(Buffer.from([2]))).to.equal(true);
    expect(afterPrefix(Buffer.from([1, 2])).equals(Buffer.from([1, 3]))).to.equal(true);
  });
});
