// Duty: properties of the semantics that hold for any data: equality, order, reading from bytes, updates and projections.
import { BSON, Int32 } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { compareValues, hashKey } from '../../server/database/embedded/semantics/compare.ts';
import { compileExpression } from '../../server/database/embedded/semantics/expressions/compile.ts';
import { compileMatcher } from '../../server/database/embedded/semantics/matcher.ts';
import { compileProjection } from '../../server/database/embedded/semantics/projection.ts';
import { asDoc, decodeTrusted } from '../../server/database/embedded/semantics/rawBson.ts';
import { compileSort } from '../../server/database/embedded/semantics/sort.ts';
import { compileUpdate } from '../../server/database/embedded/semantics/update.ts';
import {
  type Doc,
  decode,
  encode,
  isDoc,
  type Value,
} from '../../server/database/embedded/semantics/values.ts';
import { anyDocument, anyFilter, anySort, anyValue } from './arbitraries.ts';
import { aggregateInMemory } from './memoryPipeline.ts';
import { seeded, seeds } from './seeds.ts';

const exact = (value: Value): string => BSON.EJSON.stringify({ value }, { relaxed: false });

describe('Properties of the semantics', () => {
  for (const seed of seeds) {
    it(seeded('values are equal exactly when their hash keys are', seed), () => {
      const holds = (a: Value, b: Value) => {
        const same = hashKey(a) === hashKey(b) || (Number.isNaN(hashKey(a)) && Number.isNaN(hashKey(b)));
        expect(same).to.equal(compareValues(a, b) === 0);
      };
      fc.assert(fc.property(anyValue, anyValue, holds), { seed, numRuns: 1_500 });
    });

    it(seeded('the comparison is transitive', seed), () => {
      const holds = (a: Value, b: Value, c: Value) => {
        const [low, middle, high] = [a, b, c].sort(compareValues);
        expect(compareValues(low, middle)).to.be.at.most(0);
        expect(compareValues(middle, high)).to.be.at.most(0);
        expect(compareValues(low, high)).to.be.at.most(0);
      };
      const three = fc.property(anyValue, anyValue, anyValue, holds);
      fc.assert(three, { seed, numRuns: 800 });
    });

    it(seeded('bytes decode to what the library decodes', seed), () => {
      const holds = (value: Value) => {
        const bytes = encode({ value });
        expect(exact(decodeTrusted(bytes))).to.equal(exact(decode(bytes)));
        expect(Buffer.compare(encode(decodeTrusted(bytes)), bytes)).to.equal(0);
      };
      fc.assert(fc.property(anyValue, holds), { seed, numRuns: 500 });
    });

    it(seeded('a filter finds the same in bytes as in the document', seed), () => {
      const holds = (filter: Doc, doc: Doc) => {
        const matcher = compileMatcher(filter);
        expect(matcher.matchesBytes(encode(doc))).to.equal(matcher.matches(doc));
      };
      fc.assert(fc.property(anyFilter, anyDocument, holds), { seed, numRuns: 1_500 });
    });

    it(seeded('a sort has the same keys in bytes as in the document, and a limit cuts it', seed), () => {
      const holds = (spec: Doc, docs: Doc[], limit: number) => {
        const sort = compileSort(spec);
        const all = sort.sorter();
        const few = sort.sorter({ limit });
        for (const doc of docs) {
          expect(exact(sort.keys(encode(doc)))).to.equal(exact(sort.keys(doc)));
          all.add(doc);
          few.add(encode(doc));
        }
        const keys = (row: Doc | Uint8Array) => exact(sort.keys(asDoc(row)));
        expect(few.rows().map(keys)).to.deep.equal(all.rows().slice(0, limit).map(keys));
      };
      const property = fc.property(
        anySort,
        fc.array(anyDocument, { maxLength: 150 }),
        fc.integer({ min: 1, max: 20 }),
        holds,
      );
      fc.assert(property, { seed, numRuns: 60 });
    });

    it(seeded('$set, $unset and $inc do what a plain reference does', seed), () => {
      const holds = (doc: Doc, path: string, value: Value) => {
        const before = exact(doc);
        expect(exact(updated(doc, { $set: { [path]: value } }))).to.equal(
          exact(withValue(doc, path.split('.'), value)),
        );
        expect(exact(updated(doc, { $unset: { [path]: '' } }))).to.equal(
          exact(withValue(doc, path.split('.'), undefined)),
        );
        expect(exact(doc), 'the given document').to.equal(before);
      };
      fc.assert(fc.property(plainDocs, plainPaths, anyValue, holds), { seed, numRuns: 500 });
    });

    it(seeded('what an inclusion keeps and an exclusion of the same drops is the whole', seed), () => {
      const holds = (doc: Doc, path: string) => {
        const kept = leaves(compileProjection({ _id: 0, [path]: 1 })(doc));
        const rest = leaves(compileProjection({ [path]: 0 })(doc));
        const inside = ([leaf]: [string, Value]) => leaf === path || leaf.startsWith(`${path}.`);
        expect(exact(kept)).to.equal(exact(leaves(doc).filter(inside)));
        expect(exact(rest)).to.equal(exact(leaves(doc).filter((leaf) => !inside(leaf))));
      };
      fc.assert(fc.property(plainDocs, plainPaths, holds), { seed, numRuns: 500 });
    });

    it(seeded('a projection of bytes keeps what a projection of the document keeps', seed), () => {
      const fields = fc.uniqueArray(fc.constantFrom('a', 'b.a', 'b.c', 'c', 'd', '_id'), { minLength: 1 });
      const holds = (doc: Doc, paths: string[], kept: boolean, keepsId: boolean) => {
        const named = paths.filter((path) => path !== '_id');
        const spec = Object.fromEntries(named.map((path) => [path, kept ? 1 : 0]));
        const project = compileProjection({ ...spec, ...(keepsId ? {} : { _id: 0 }) });
        const stored = encode({ _id: new Int32(1), ...doc });
        const made = project.raw?.(stored);
        if (made) expect(exact(decode(made))).to.equal(exact(project(decodeTrusted(stored))));
      };
      const any = fc.property(anyDocument, fields, fc.boolean(), fc.boolean(), holds);
      fc.assert(any, { seed, numRuns: 1_500 });
    });

    it(seeded('$lookup joins what a filter for each value would find', seed), async () => {
      const holds = async (left: Doc[], right: Doc[], local: string, foreign: string) => {
        const lookup = { from: 'right', localField: local, foreignField: foreign, as: 'joined' };
        const made = await aggregateInMemory({ left, right }, 'left', [{ $lookup: lookup }]);
        for (const [at, doc] of left.entries()) {
          const value = compileExpression(`$${local}`).evaluate(doc);
          const wanted: Value[] = Array.isArray(value) ? value : [value ?? null];
          const matchers = wanted.map((each) => compileMatcher({ [foreign]: { $eq: each } }));
          const joined = right.filter((other) => matchers.some((matcher) => matcher.matches(other)));
          expect(exact(made[at]!.joined)).to.equal(exact(joined));
        }
      };
      const some = fc.array(anyDocument, { maxLength: 8 });
      const path = fc.constantFrom('a', 'b', 'a.b', 'b.c');
      await fc.assert(fc.asyncProperty(some, some, path, path, holds), { seed, numRuns: 200 });
    });

    it(seeded('$group puts equal keys together and sums what belongs to them', seed), async () => {
      const holds = async (docs: Doc[], path: string) => {
        const numbered = docs.map((doc, n) => ({ ...doc, n: new Int32(n) }));
        const stage = {
          _id: `$${path}`,
          count: { $sum: new Int32(1) },
          sum: { $sum: '$n' },
          all: { $push: '$n' },
        };
        const groups = await aggregateInMemory({ docs: numbered }, 'docs', [{ $group: stage }]);
        const key = (doc: Doc) => compileExpression(`$${path}`).evaluate(doc) ?? null;
        let seen = 0;
        for (const group of groups) {
          const members = numbered.filter((doc) => compareValues(key(doc), group._id) === 0);
          expect(exact(group.all)).to.equal(exact(members.map(({ n }) => n)));
          expect(Number(group.count)).to.equal(members.length);
          expect(Number(group.sum)).to.equal(members.reduce((sum, { n }) => sum + Number(n), 0));
          seen += members.length;
        }
        expect(seen).to.equal(docs.length);
      };
      const property = fc.asyncProperty(
        fc.array(anyDocument, { maxLength: 12 }),
        fc.constantFrom('a', 'b', 'a.b'),
        holds,
      );
      await fc.assert(property, { seed, numRuns: 200 });
    });
  }
});

/** Documents without arrays, for which a reference fits into a few lines. */
const plainDocs: fc.Arbitrary<Doc> = fc.letrec<{ doc: Doc }>((tie) => ({
  doc: fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof({ maxDepth: 3 }, fc.integer({ min: 0, max: 9 }), tie('doc')),
    {
      maxKeys: 3,
      minKeys: 1,
      noNullPrototype: true,
    },
  ),
})).doc;
const plainPaths = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  .map((names) => names.join('.'));

function updated(doc: Doc, update: Doc): Value {
  try {
    return compileUpdate(update).apply(doc, { isInsert: false });
  } catch {
    return 'refused';
  }
}

function withValue(doc: Doc, [name, ...rest]: string[], value: Value): Value {
  const inner = doc[name!];
  if (rest.length > 0 && inner !== undefined && !isDoc(inner)) return value === undefined ? doc : 'refused';
  const made =
    rest.length === 0
      ? value
      : inner === undefined && value === undefined
        ? undefined
        : withValue((inner ?? {}) as Doc, rest, value);
  if (made === 'refused') return made;
  const copy = { ...doc, [name!]: made };
  if (made === undefined) delete copy[name!];
  return copy;
}

function leaves(doc: Doc, prefix = ''): [string, Value][] {
  return Object.entries(doc).flatMap(([name, value]) =>
    isDoc(value) ? leaves(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value] as [string, Value]],
  );
}
