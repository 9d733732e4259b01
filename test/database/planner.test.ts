// Duty: proves that indexes change how documents are found and never which; and that the planner uses them where it should.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Int32, Long, MaxKey, ObjectId } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection } from '../../server/database/embedded/catalogue.ts';
import { Engine } from '../../server/database/embedded/engine.ts';
import { CommandError } from '../../server/database/embedded/errors.ts';
import { buildIndex, checkedSpec } from '../../server/database/embedded/indexBuild.ts';
import { insertAll } from '../../server/database/embedded/insert.ts';
import { Operation } from '../../server/database/embedded/operation.ts';
import { choosePlan, type Plan } from '../../server/database/embedded/planner.ts';
import { type Selection, select } from '../../server/database/embedded/query.ts';
import { countEntries } from '../../server/database/embedded/scan.ts';
import { compileMatcher } from '../../server/database/embedded/semantics/matcher.ts';
import { compileSort } from '../../server/database/embedded/semantics/sort.ts';
import { type Doc, decode, encode } from '../../server/database/embedded/semantics/values.ts';
import { verifyCollection } from '../../server/database/embedded/verify.ts';
import { anyDocument, anyFilter, anyIndexKey, anySort } from './arbitraries.ts';
import { seeded, seeds } from './seeds.ts';

const operation = new Operation();
let dir: string;
let engine: Engine;
let made = 0;

async function collectionOf(documents: Doc[], indexes: Doc[]): Promise<Collection> {
  const namespace = `test.c${made++}`;
  await engine.write(() => engine.catalogue.create(namespace, {}));
  const collection = engine.catalogue.find(namespace)!;
  // Half of the indexes grow with the documents, half are built over them.
  const half = indexes.length >> 1;
  for (const spec of indexes.slice(0, half)) await build(collection, spec);
  const prepared = documents.map((doc, at) => encode({ _id: new Int32(at), ...doc }));
  await insertAll(engine, namespace, prepared, false);
  for (const spec of indexes.slice(half)) await build(collection, spec);
  return collection;
}

async function build(collection: Collection, spec: Doc): Promise<void> {
  try {
    await buildIndex(engine, collection, checkedSpec(spec, collection.namespace), operation);
  } catch (error) {
    // Two arrays side by side cannot be indexed together; then there is one index less.
    if (!(error instanceof CommandError) || error.code !== 171) throw error;
  }
}

async function idsFound(collection: Collection, selection: Selection): Promise<number[]> {
  const ids: number[] = [];
  for await (const chunk of select(engine, collection, selection, operation)) {
    for (const { bytes } of chunk) ids.push(Number(decode(bytes)._id));
  }
  return ids;
}

const named = (key: Doc, options: Doc = {}): Doc => ({
  key,
  name: Object.entries(key).flat().join('_'),
  ...options,
});

describe('The planner', () => {
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'planner-'));
    engine = new Engine(dir);
  });
  after(async () => {
    await engine.close();
    rmSync(dir, { recursive: true });
  });

  for (const seed of seeds)
    it(
      seeded('finds with indexes what the matcher finds without, in the order of the sort', seed),
      async () => {
        const scenario = fc.tuple(
          fc.array(anyDocument, { minLength: 1, maxLength: 25 }),
          fc.uniqueArray(anyIndexKey, { minLength: 1, maxLength: 3, selector: (key) => JSON.stringify(key) }),
          fc.constantFrom<Doc>(
            {},
            { sparse: true },
            { partialFilterExpression: { a: { $gte: new Int32(1) } } },
          ),
          fc.array(fc.tuple(anyFilter, fc.option(anySort, { nil: undefined })), {
            minLength: 4,
            maxLength: 8,
          }),
        );
        await fc.assert(
          fc.asyncProperty(scenario, async ([documents, keys, options, questions]) => {
            const collection = await collectionOf(
              documents,
              keys.map((key, at) => named(key, at === 0 ? options : {})),
            );
            const stored = await idsAndDocs(collection);
            expect((await verifyCollection(engine, collection, operation)).errors).to.deep.equal([]);
            for (const [filter, sort] of questions) {
              const matcher = compileMatcher(filter);
              const expected = stored.filter((doc) => matcher.matches(doc)).map((doc) => Number(doc._id));
              const found = await idsFound(collection, { filter, sort });
              const plan = describePlan(choosePlan(collection, { filter, sort }));
              expect(
                found.toSorted((a, b) => a - b),
                `${JSON.stringify(filter)} by ${plan}`,
              ).to.deep.equal(expected);
              if (sort)
                expectSorted(
                  found.map((id) => stored.find((doc) => Number(doc._id) === id)!),
                  sort,
                  plan,
                );
              expectExactCount(collection, filter, expected.length);
            }
          }),
          { numRuns: 120, seed },
        );
      },
    ).timeout(120_000);

  async function idsAndDocs(collection: Collection): Promise<Doc[]> {
    const docs: Doc[] = [];
    for await (const chunk of select(engine, collection, { filter: {}, hint: { $natural: 1 } }, operation)) {
      for (const { bytes } of chunk) docs.push(decode(bytes));
    }
    return docs;
  }

  function expectSorted(docs: Doc[], sort: Doc, plan: string): void {
    const { compareDocs } = compileSort(sort);
    for (let at = 1; at < docs.length; at++) {
      expect(compareDocs(docs[at - 1]!, docs[at]!), `${JSON.stringify(sort)} by ${plan}`).to.be.at.most(0);
    }
  }

  function expectExactCount(collection: Collection, filter: Doc, expected: number): void {
    const plan = choosePlan(collection, { filter });
    if (plan.kind === 'index' && plan.exact) {
      expect(countEntries(engine.store, collection, plan), JSON.stringify(filter)).to.equal(expected);
    }
  }

  const describePlan = (plan: Plan): string =>
    plan.kind === 'index'
      ? `${plan.index.primary ? '_id' : plan.index.name}${plan.exact ? ' exact' : ''}`
      : plan.kind === 'or'
        ? plan.plans.map(describePlan).join(' or ')
        : 'scan';

  describe('with indexes on { a, b: -1 }, { c } unique and { d } sparse', () => {
    let collection: Collection;
    before(async () => {
      const documents = Array.from(
        { length: 200 },
        (_, n): Doc => ({
          a: new Int32(n % 5),
          b: new Int32(n),
          c: `c${n}`,
          ...(n % 2 ? { d: new Int32(n) } : {}),
        }),
      );
      collection = await collectionOf(documents, [
        named({ a: 1, b: -1 }),
        named({ c: 1 }, { unique: true }),
        named({ d: 1 }, { sparse: true }),
      ]);
    });
    const planFor = (filter: Doc, sort?: Doc) => choosePlan(collection, { filter, sort });
    const int = (value: number) => new Int32(value);

    const cases: [string, Doc, Doc | undefined, string, boolean][] = [
      ['_id equality', { _id: int(3) }, undefined, '_id exact', true],
      ['an equality and the sort after it', { a: int(1) }, { b: -1 }, 'a_1_b_-1 exact', true],
      ['the same order backwards', { a: int(1) }, { b: 1 }, 'a_1_b_-1 exact', true],
      ['another order', { a: int(1) }, { b: 1, a: -1, c: 1 }, 'a_1_b_-1 exact', false],
      ['a range on the second field', { a: int(1), b: { $gte: int(50) } }, undefined, 'a_1_b_-1 exact', true],
      ['a range on the first field only', { a: { $gt: int(3) }, b: int(4) }, undefined, 'a_1_b_-1', true],
      [
        'several values of the first field',
        { a: { $in: [int(1), int(2)] } },
        { a: 1, b: -1 },
        'a_1_b_-1 exact',
        true,
      ],
      ['a prefix of a text', { c: { $regex: '^c1' } }, { c: 1 }, 'c_1', true],
      ['null, which a sparse index lacks', { d: null }, undefined, 'scan', true],
      ['a value that a sparse index has', { d: int(3) }, undefined, 'd_1 exact', true],
      [
        'branches with an index each',
        { $or: [{ a: int(1) }, { c: 'c7' }] },
        undefined,
        'a_1_b_-1 exact or c_1 exact',
        true,
      ],
      ['a branch without an index', { $or: [{ a: int(1) }, { e: 1 }] }, undefined, 'scan', true],
      ['the natural order', { a: int(1) }, { $natural: -1 }, 'scan', true],
      ['nothing', {}, { b: 1 }, 'scan', false],
    ];
    for (const [what, filter, sort, plan, sorted] of cases) {
      it(`for ${what}, chooses ${plan}${sorted ? '' : ' and sorts'}`, () => {
        const chosen = planFor(filter, sort);
        expect(describePlan(chosen)).to.equal(plan);
        expect(chosen.sorted || sort === undefined).to.equal(sorted);
      });
    }

    it('lets a hint win, and refuses one that names nothing', () => {
      const hinted = choosePlan(collection, { filter: { c: 'c1' }, hint: { a: 1, b: -1 } });
      expect(describePlan(hinted)).to.equal('a_1_b_-1');
      expect(() => choosePlan(collection, { filter: {}, hint: 'nothing' })).to.throw(
        CommandError,
        'hint provided',
      );
    });
  });

  it('counts by an index over arrays, and follows its order, where each array is asked for one of its values', async () => {
    const documents = Array.from({ length: 60 }, (_, at) => ({
      m: at % 3 ? ['x', 'y', 'x'].slice(at % 2) : ['x'],
      s: at % 5,
      c: new Int32((at * 37) % 60),
    }));
    const collection = await collectionOf(documents, [named({ m: 1, s: 1, c: -1 }), named({ s: 1, m: 1 })]);
    const plans: [Doc, Doc | undefined, string, boolean][] = [
      [{ m: 'x', s: 2 }, { c: -1 }, 'm_1_s_1_c_-1 exact', true],
      [{ $and: [{ m: 'x' }, { $and: [{}, { s: 2 }] }] }, undefined, 'm_1_s_1_c_-1 exact', true],
      [{ m: 'x' }, { s: 1, c: -1 }, 'm_1_s_1_c_-1 exact', true],
      [{ m: 'x' }, { m: 1 }, 'm_1_s_1_c_-1 exact', false],
      [{ m: { $in: ['x', 'y'] } }, { s: 1 }, 'm_1_s_1_c_-1', false],
      [{ s: 2 }, undefined, 's_1_m_1', true],
    ];
    for (const [filter, sort, plan, sorted] of plans) {
      const chosen = choosePlan(collection, { filter, sort });
      expect([describePlan(chosen), chosen.sorted], JSON.stringify(filter)).to.deep.equal([plan, sorted]);
      const matcher = compileMatcher(filter);
      const stored = (await idsAndDocs(collection)).filter((doc) => matcher.matches(doc));
      const found = await idsFound(collection, { filter, sort });
      expect(found.toSorted((a, b) => a - b)).to.deep.equal(stored.map(({ _id }) => Number(_id)));
      expectExactCount(collection, filter, stored.length);
      if (sort)
        expectSorted(
          found.map((id) => stored.find(({ _id }) => Number(_id) === id)!),
          sort,
          plan,
        );
    }
  });

  it('uses a partial index only for values of the type that it holds', async () => {
    const collection = await collectionOf(
      [{ a: new Date(0) }, { a: Number.NaN }, { a: new Int32(7) }, {}],
      [
        named({ a: 1 }, { partialFilterExpression: { a: { $gte: new Int32(1) } } }),
        named({ a: -1 }, { partialFilterExpression: { a: { $lt: new Int32(9) } } }),
        named({ a: 1, b: 1 }, { partialFilterExpression: { a: { $exists: true } } }),
      ],
    );
    const plans: [Doc, string, number[]][] = [
      [{ a: new Int32(7) }, 'a_1 exact', [2]],
      [{ a: new Date(0) }, 'a_1_b_1', [0]],
      [{ a: Number.NaN }, 'a_1_b_1', [1]],
      [{ a: { $lt: new MaxKey() } }, 'scan', [0, 1, 2, 3]],
    ];
    for (const [filter, plan, ids] of plans) {
      expect(describePlan(choosePlan(collection, { filter })), JSON.stringify(filter)).to.match(
        new RegExp(`^${plan}`),
      );
      expect((await idsFound(collection, { filter })).sort(), JSON.stringify(filter)).to.deep.equal(ids);
    }
  });

  it('keeps a unique index unique, also over documents that change', async () => {
    const collection = await collectionOf([{ a: 'x' }, { a: 'y' }], [named({ a: 1 }, { unique: true })]);
    const { failures } = await insertAll(
      engine,
      collection.namespace,
      [encode({ _id: new ObjectId(), a: 'x' })],
      true,
    );
    expect(failures[0]?.error.code).to.equal(11000);
    expect(collection.count).to.equal(2);
  });

  it('does not finish a unique index over documents that are not', async () => {
    const collection = await collectionOf([{ a: 1 }, { a: Long.fromNumber(1) }], []);
    const error = await buildIndex(
      engine,
      collection,
      checkedSpec(named({ a: 1 }, { unique: true }), ''),
      operation,
    ).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CommandError).with.property('code', 11000);
    expect(collection.indexes.map(({ name }) => name)).to.deep.equal(['_id_']);
  });
});
