// Duty: the embedded database as applications meet it: through the official driver, mongoose, connect-mongo and GridFS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import MongoStore from 'connect-mongo';
import { type Db, GridFSBucket, MongoBulkWriteError, MongoClient, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';

describe('The embedded database, through the mongodb driver', () => {
  let dir: string;
  let database: RunningDatabase;
  let client: MongoClient;
  let db: Db;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'database-'));
    database = await startEmbeddedDatabase({ dir });
    client = await MongoClient.connect(database.uri);
  });
  beforeEach(() => {
    db = client.db('test');
  });
  afterEach(() => db.dropDatabase());
  after(async () => {
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true });
  });

  it('finds what was inserted, sorted, skipped, limited and projected', async () => {
    const people = db.collection('people');
    await people.insertMany([
      { name: 'c', age: 3 },
      { name: 'a', age: 1 },
      { name: 'b', age: 2 },
      { name: 'd', age: 4 },
    ]);
    const found = await people
      .find({ age: { $gte: 1 } }, { projection: { _id: 0, name: 1 } })
      .sort({ age: -1 })
      .skip(1)
      .limit(2)
      .toArray();
    expect(found).to.deep.equal([{ name: 'c' }, { name: 'b' }]);
  });

  it('reads a long result through a cursor, in batches', async () => {
    const numbers = db.collection('numbers');
    await numbers.insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n })));
    const seen: number[] = [];
    for await (const { n } of numbers.find({}, { batchSize: 100 }).sort({ n: 1 })) seen.push(n as number);
    expect(seen).to.deep.equal(Array.from({ length: 2_500 }, (_, n) => n));
    expect(await numbers.countDocuments({ n: { $lt: 10 } })).to.equal(10);
    expect(await numbers.estimatedDocumentCount()).to.equal(2_500);
  });

  it('updates, upserts, replaces and deletes, and counts what it did', async () => {
    const items = db.collection<{ _id: number; x?: number; tags?: string[] }>('items');
    await items.insertMany([
      { _id: 1, x: 1 },
      { _id: 2, x: 1 },
      { _id: 3, x: 2 },
    ]);
    const many = await items.updateMany({ x: 1 }, { $inc: { x: 10 }, $push: { tags: 'new' } });
    expect([many.matchedCount, many.modifiedCount]).to.deep.equal([2, 2]);
    const upsert = await items.updateOne({ _id: 9 }, { $set: { x: 9 } }, { upsert: true });
    expect(upsert.upsertedId).to.equal(9);
    expect((await items.replaceOne({ _id: 3 }, { x: 30 })).modifiedCount).to.equal(1);
    expect((await items.deleteMany({ x: { $gte: 11 } })).deletedCount).to.equal(3);
    expect(await items.find().toArray()).to.deep.equal([{ _id: 9, x: 9 }]);
  });

  it('gives the document before or after findOneAndUpdate', async () => {
    const counters = db.collection<{ _id: string; n: number }>('counters');
    const before = await counters.findOneAndUpdate({ _id: 'a' }, { $inc: { n: 1 } }, { upsert: true });
    const after = await counters.findOneAndUpdate(
      { _id: 'a' },
      { $inc: { n: 1 } },
      { returnDocument: 'after' },
    );
    expect([before, after]).to.deep.equal([null, { _id: 'a', n: 2 }]);
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        counters.findOneAndUpdate({ _id: 'a' }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
      ),
    );
    expect(new Set(all.map((each) => each?.n)).size).to.equal(50);
  });

  it('refuses a second document with a unique key, and says which', async () => {
    const users = db.collection('users');
    await users.createIndex({ email: 1 }, { unique: true });
    await users.insertOne({ email: 'a@example.org' });
    const error = await users
      .insertMany([{ email: 'b@example.org' }, { email: 'a@example.org' }])
      .catch((thrown) => thrown);
    expect(error).to.be.instanceOf(MongoBulkWriteError);
    expect(error).to.include({ code: 11000, insertedCount: 1 });
    expect(error.message).to.equal(
      'E11000 duplicate key error collection: test.users index: email_1 dup key: { email: "a@example.org" }',
    );
    const single = await users.insertOne({ email: 'a@example.org' }).catch((thrown) => thrown);
    expect(single).to.be.instanceOf(MongoServerError);
    expect(single).to.deep.include({ keyPattern: { email: 1 }, keyValue: { email: 'a@example.org' } });
  });

  it('lists collections and indexes', async () => {
    await db.collection('a').createIndex({ x: 1, y: -1 });
    await db.createCollection('b');
    const names = (await db.listCollections().toArray()).map(({ name }) => name);
    expect(names).to.deep.equal(['a', 'b']);
    const indexes = await db.collection('a').indexes();
    expect(indexes.map(({ name }) => name)).to.deep.equal(['_id_', 'x_1_y_-1']);
  });

  it('answers an unknown command, option and stage with the codes of MongoDB', async () => {
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 0,
        (error: MongoServerError) => error.code,
      );
    expect(await code(db.command({ noSuchThing: 1 }))).to.equal(59);
    expect(await code(db.command({ find: 'a', nonsense: 1 }))).to.equal(40415);
    expect(
      await code(
        db
          .collection('a')
          .aggregate([{ $nonsense: 1 }])
          .toArray(),
      ),
    ).to.equal(40324);
  });

  it('keeps files in GridFS', async () => {
    const bucket = new GridFSBucket(db, { chunkSizeBytes: 1024 });
    const content = Buffer.alloc(10_000, 'abcdefg');
    const upload = bucket.openUploadStream('letter.txt');
    await new Promise((resolve, reject) => upload.on('finish', resolve).on('error', reject).end(content));
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStreamByName('letter.txt')) parts.push(part as Buffer);
    expect(Buffer.concat(parts).equals(content)).to.equal(true);
  });

  it('serves mongoose: defaults, unique validation errors, versions, population', async () => {
    const connection = await mongoose.createConnection(database.uri, { dbName: 'test' }).asPromise();
    const Author = connection.model('Author', new mongoose.Schema({ name: { type: String, unique: true } }));
    const bookSchema = new mongoose.Schema(
      { title: String, author: { type: mongoose.Schema.Types.ObjectId, ref: 'Author' } },
      { optimisticConcurrency: true },
    );
    const Book = connection.model('Book', bookSchema);
    await Author.init();
    const author = await Author.create({ name: 'A' });
    await Book.create({ title: 'T', author: author._id });
    const found = await Book.findOne({ title: 'T' }).populate<{ author: { name: string } }>('author');
    expect(found?.author.name).to.equal('A');
    expect(await Author.create({ name: 'A' }).catch((error) => error.code)).to.equal(11000);
    const [one, two] = [await Book.findOne(), await Book.findOne()];
    one!.title = 'U';
    two!.title = 'V';
    await one!.save();
    expect(await two!.save().catch((error) => error.name)).to.equal('VersionError');
    await connection.close();
  });

  it('serves connect-mongo', async () => {
    const store = MongoStore.create({ client, dbName: 'test', ttl: 60 });
    const session = { cookie: { originalMaxAge: 1000 }, user: 'u' };
    const call = (run: (done: (error: unknown, value?: unknown) => void) => void) =>
      new Promise((resolve, reject) => run((error, value) => (error ? reject(error) : resolve(value))));
    await call((done) => store.set('s1', session as never, done));
    expect(await call((done) => store.get('s1', done))).to.deep.include({ user: 'u' });
    await call((done) => store.destroy('s1', done));
    expect(await call((done) => store.get('s1', done))).to.equal(null);
  });
});
