// Duty: runs the tables of documented MongoDB behaviours through the real driver on the embedded database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { expect } from 'chai';
import { type Collection, type Db, type Document, MongoClient, MongoServerError } from 'mongodb';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';
import { aggregating } from './behaviours/aggregating.ts';
import { matching } from './behaviours/matching.ts';
import { projecting } from './behaviours/projecting.ts';
import { refusing } from './behaviours/refusing.ts';
import { sorting } from './behaviours/sorting.ts';
import { updating } from './behaviours/updating.ts';

/** Types and the order of fields count. */
const exact = (docs: Document[]): string =>
  BSON.EJSON.stringify(
    docs.map((doc) => BSON.deserialize(BSON.serialize(doc), { promoteValues: false, bsonRegExp: true })),
    undefined,
    1,
    { relaxed: false },
  );

describe('Documented MongoDB behaviours', () => {
  let dir: string;
  let database: RunningDatabase;
  let client: MongoClient;
  let db: Db;
  let collections = 0;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'behaviours-'));
    database = await startEmbeddedDatabase({ dir });
    client = await MongoClient.connect(database.uri, { promoteValues: false });
    db = client.db('behaviours');
  });
  after(async () => {
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true });
  });

  async function stored({ docs, values }: { docs?: Document[]; values?: unknown[] }): Promise<Collection> {
    const collection = db.collection(`c${collections++}`);
    const all = docs ?? values!.map((a, _id) => ({ _id, a }));
    if (all.length > 0) await collection.insertMany(all as Document[], { forceServerObjectId: true });
    return collection;
  }
  const ids = (docs: Document[]) => docs.map(({ _id }) => ({ _id }));

  for (const { says, filter, collation, finds, ...before } of matching) {
    it(`matching: ${says}`, async () => {
      const options = collation ? { collation: collation as { locale: string } } : {};
      const found = await (await stored(before)).find(filter, options).sort({ _id: 1 }).toArray();
      expect(exact(ids(found))).to.equal(exact(finds.map((_id) => ({ _id }))));
    });
  }

  for (const { says, sort, collation, order, ...before } of sorting) {
    it(`sorting: ${says}`, async () => {
      const options = collation ? { collation: collation as { locale: string } } : {};
      const found = await (await stored(before)).find({}, options).sort(sort).toArray();
      expect(exact(ids(found))).to.equal(exact(order.map((_id) => ({ _id }))));
    });
  }

  for (const { says, filter = {}, update, options, replace, many, after, modified, ...before } of updating) {
    it(`updating: ${says}`, async () => {
      const collection = await stored(before);
      const done = replace
        ? await collection.replaceOne(filter, update, options)
        : await collection[many ? 'updateMany' : 'updateOne'](filter, update as Document, options);
      expect(exact(await collection.find().sort({ _id: 1 }).toArray())).to.equal(exact(after));
      if (modified !== undefined)
        expect(Number((done as { modifiedCount: number }).modifiedCount)).to.equal(modified);
    });
  }

  for (const { says, filter = {}, projection, gives, ...before } of projecting) {
    it(`projecting: ${says}`, async () => {
      const found = await (await stored(before)).find(filter, { projection }).toArray();
      expect(exact(found)).to.equal(exact(gives));
    });
  }

  for (const { says, other, pipeline, gives, ...before } of aggregating) {
    it(`aggregating: ${says}`, async () => {
      const collection = await stored(before);
      if (other) {
        await db.collection('other').deleteMany({});
        await db.collection('other').insertMany(other);
      }
      expect(exact(await collection.aggregate(pipeline).toArray())).to.equal(exact(gives));
    });
  }

  for (const {
    says,
    filter = {},
    update,
    options,
    replace,
    pipeline,
    projection,
    sort,
    code,
    words,
    ...before
  } of refusing) {
    it(`refusing: ${says}`, async () => {
      const collection = await stored(before);
      const attempt = async () => {
        if (pipeline) return collection.aggregate(pipeline).toArray();
        if (replace) return collection.replaceOne(filter, update as Document, options);
        if (update)
          return collection.bulkWrite([{ updateOne: { filter, update: update as Document, ...options } }]);
        return collection
          .find(filter, { ...(projection ? { projection } : {}), ...(sort ? { sort } : {}) })
          .toArray();
      };
      const error = await attempt().then(
        () => undefined,
        (cause: unknown) => cause,
      );
      expect(error).to.be.instanceOf(MongoServerError);
      expect(Number((error as MongoServerError).code)).to.equal(code);
      expect((error as MongoServerError).message).to.include(words);
    });
  }

  it('is a table of at least 150 behaviours', () => {
    const tables = [matching, sorting, updating, projecting, aggregating, refusing];
    expect(tables.flat().length).to.be.at.least(150);
  });
});
