// Duty: random writes through the driver, against unique, compound, multikey and partial indexes, end as the plain reference does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Collection, MongoBulkWriteError, MongoClient, MongoServerError } from 'mongodb';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';
import { type Item, Reference } from './reference.ts';
import { seeded, seeds } from './seeds.ts';

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomFrom>;
/** Does the same to both, and complains when they answer differently. */
type Step = (items: Collection<Item>, reference: Reference, random: Random) => Promise<void>;

const ids = 40;
const newItem = (random: Random): Item => ({
  _id: random(ids),
  ...(random(3) > 0 ? { code: random(60) } : {}),
  n: random(10),
  tags: Array.from({ length: random(4) }, () => random(6)),
});

const orDuplicate = async <T>(work: Promise<T>): Promise<T | 'duplicate'> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return 'duplicate';
    throw error;
  }
};
const counts = (result: 'duplicate' | { matchedCount: number; modifiedCount: number }) =>
  result === 'duplicate' ? result : { matched: result.matchedCount, modified: result.modifiedCount };

const steps: Step[] = [
  async (items, reference, random) => {
    const batch = Array.from({ length: 1 + random(4) }, () => newItem(random));
    const { inserted, failed } = reference.insert(batch);
    try {
      expect((await items.insertMany(batch)).insertedCount).to.equal(inserted);
      expect(failed).to.equal(false);
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      expect(failed).to.equal(true);
      expect(error.insertedCount).to.equal(inserted);
    }
  },
  async (items, reference, random) => {
    const _id = random(ids);
    const by = random(5);
    const result = counts(await items.updateOne({ _id }, { $inc: { n: by } }));
    const change = (item: Item) => {
      item.n += by;
    };
    expect(result).to.deep.equal(reference.update((item) => item._id === _id, change, false));
  },
  async (items, reference, random) => {
    const [_id, code] = [random(ids), random(60)];
    const result = counts(await orDuplicate(items.updateOne({ _id }, { $set: { code } })));
    const change = (item: Item) => {
      item.code = code;
    };
    expect(result).to.deep.equal(reference.update((item) => item._id === _id, change, false));
  },
  async (items, reference, random) => {
    const [below, tag] = [random(10), random(6)];
    const result = counts(await items.updateMany({ n: { $lt: below } }, { $push: { tags: tag } }));
    const change = (item: Item) => {
      item.tags.push(tag);
    };
    expect(result).to.deep.equal(reference.update((item) => item.n < below, change, true));
  },
  async (items, reference, random) => {
    const tag = random(6);
    const result = counts(await items.updateMany({ tags: tag }, { $pull: { tags: tag } }));
    const change = (item: Item) => {
      item.tags = item.tags.filter((each) => each !== tag);
    };
    expect(result).to.deep.equal(reference.update((item) => item.tags.includes(tag), change, true));
  },
  async (items, reference, random) => {
    const item = newItem(random);
    const { _id, ...rest } = item;
    const exists = reference.items.has(_id);
    const result = await orDuplicate(items.replaceOne({ _id }, rest, { upsert: true }));
    if (exists) {
      const change = (old: Item) => {
        for (const name of Object.keys(old))
          if (name !== '_id') delete (old as Partial<Item>)[name as keyof Item];
        Object.assign(old, rest);
      };
      expect(counts(result)).to.deep.equal(reference.update((each) => each._id === _id, change, false));
    } else {
      const { failed } = reference.insert([item]);
      expect(result === 'duplicate').to.equal(failed);
      if (result !== 'duplicate') expect(result.upsertedId).to.equal(_id);
    }
  },
  async (items, reference, random) => {
    const n = random(10);
    const order = (a: Item, b: Item) => b.n - a.n || a._id - b._id;
    const wanted = reference
      .all()
      .filter((item) => item.n >= n)
      .sort(order)[0];
    const found = await items.findOneAndUpdate(
      { n: { $gte: n } },
      { $unset: { code: '' }, $set: { n: 0 } },
      { sort: { n: -1, _id: 1 } },
    );
    expect(found).to.deep.equal(wanted ?? null);
    const change = (item: Item) => {
      delete item.code;
      item.n = 0;
    };
    reference.update((item) => item._id === wanted?._id, change, false);
  },
  async (items, reference, random) => {
    const tag = random(6);
    const order = (a: Item, b: Item) => a.n - b.n || a._id - b._id;
    const wanted = reference
      .all()
      .filter((item) => item.tags.includes(tag))
      .sort(order)[0];
    expect(await items.findOneAndDelete({ tags: tag }, { sort: { n: 1, _id: 1 } })).to.deep.equal(
      wanted ?? null,
    );
    reference.remove((item) => item._id === wanted?._id, false);
  },
  async (items, reference, random) => {
    const _id = random(ids);
    expect((await items.deleteOne({ _id })).deletedCount).to.equal(
      reference.remove((item) => item._id === _id, false),
    );
  },
  async (items, reference, random) => {
    const n = random(30);
    expect((await items.deleteMany({ n })).deletedCount).to.equal(
      reference.remove((item) => item.n === n, true),
    );
  },
  async (items, reference, random) => {
    const [_id, by] = [random(ids), random(3)];
    const result = counts(
      await items.updateOne({ _id }, [{ $set: { n: { $add: ['$n', { $size: '$tags' }, by] } } }]),
    );
    const change = (item: Item) => {
      item.n += item.tags.length + by;
    };
    expect(result).to.deep.equal(reference.update((item) => item._id === _id, change, false));
  },
];

describe('Random writes', () => {
  let dir: string;
  let database: RunningDatabase;
  let client: MongoClient;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'model-'));
    database = await startEmbeddedDatabase({ dir });
    client = await MongoClient.connect(database.uri);
  });
  after(async () => {
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true });
  });

  for (const seed of seeds) {
    it(seeded('leave what the reference has, in documents, indexes and counts', seed), async () => {
      const items = client.db('model').collection<Item>(`items${seed}`);
      await items.createIndex(
        { code: 1 },
        { unique: true, partialFilterExpression: { code: { $exists: true } } },
      );
      await items.createIndex({ tags: 1, n: -1 });
      await items.createIndex({ n: 1 }, { partialFilterExpression: { n: { $gte: 5 } }, name: 'high' });
      await items.createIndex({ n: 1, _id: 1 });
      const reference = new Reference();
      const random = randomFrom(seed);
      for (let step = 0; step < 300; step++) {
        await steps[random(steps.length)]!(items, reference, random);
        if (step % 25 === 24) await expectSame(items, reference, random);
      }
      await expectSame(items, reference, random);
    }).timeout(30_000);
  }

  async function expectSame(items: Collection<Item>, reference: Reference, random: Random): Promise<void> {
    expect(await items.find().sort({ _id: 1 }).toArray()).to.deep.equal(reference.all());
    const [tag, n, code] = [random(6), random(10), random(60)];
    const found = async (filter: object, hint: string) =>
      (await items.find(filter, { hint }).toArray()).map(({ _id }) => _id).sort((a, b) => a - b);
    const wanted = (matches: (item: Item) => boolean) =>
      reference
        .all()
        .filter(matches)
        .map(({ _id }) => _id);
    expect(await found({ tags: tag }, 'tags_1_n_-1')).to.deep.equal(
      wanted((item) => item.tags.includes(tag)),
    );
    expect(await found({ n: { $gte: 5 + n } }, 'high')).to.deep.equal(wanted((item) => item.n >= 5 + n));
    expect(await found({ code }, 'code_1')).to.deep.equal(wanted((item) => item.code === code));
    expect(await items.countDocuments({ n })).to.equal(wanted((item) => item.n === n).length);
    expect(await items.estimatedDocumentCount()).to.equal(reference.items.size);
    const check = await client.db('model').command({ validate: items.collectionName });
    expect(check.errors).to.deep.equal([]);
  }
});
