// Duty: marks of changes: a program sees in its own file, before the change is acknowledged, that another one changed something.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { type ChangeMark, makeChangeMark } from '../../server/database/embedded/changeMarks.ts';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';

describe('Marks of changes', () => {
  let dir: string;
  let database: RunningDatabase;
  let marks: [ChangeMark, ChangeMark];
  let clients: [MongoClient, MongoClient];
  let nameless: MongoClient;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'marks-'));
    database = await startEmbeddedDatabase({ dir });
    marks = [makeChangeMark(dir), makeChangeMark(dir)];
    expect(marks.map((mark) => mark.count())).to.deep.equal([0n, 0n]);
    const connect = (appName?: string) => MongoClient.connect(database.uri, appName ? { appName } : {});
    clients = [await connect(marks[0].application), await connect(marks[1].application)];
    nameless = await connect();
  });

  after(async () => {
    await Promise.all([...clients, nameless].map((client) => client.close()));
    await database.stop();
    for (const mark of marks) mark.remove();
    expect(readdirSync(join(dir, 'marks'))).to.deep.equal([]);
    rmSync(dir, { recursive: true });
  });

  const things = (client: MongoClient) =>
    client.db('marks').collection<{ _id: number; n?: number }>('things');
  const raisedBy = async (work: () => Promise<unknown>) => {
    const before = marks.map((mark) => mark.count());
    await work();
    return marks.map((mark, index) => mark.count() > before[index]!);
  };

  it('is known to the database once its program is connected', () => {
    for (const mark of marks) expect(mark.count() > 0n).to.equal(true);
  });

  it('rises with what the other program changed, by any command, and not with its own', async () => {
    const [one, other] = clients;
    const changes: (() => Promise<unknown>)[] = [
      () => things(one).insertOne({ _id: 1 }),
      () => things(one).insertMany([{ _id: 2 }, { _id: 3 }]),
      () => things(one).updateOne({ _id: 1 }, { $set: { n: 1 } }),
      () => things(one).findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }),
      () => things(one).bulkWrite([{ deleteOne: { filter: { _id: 2 } } }]),
      () => things(one).deleteOne({ _id: 3 }),
      () => things(one).createIndex({ n: 1 }),
      () =>
        things(one)
          .aggregate([{ $out: 'copied' }])
          .toArray(),
      () => one.db('marks').dropCollection('copied'),
      () =>
        things(one)
          .insertMany([{ _id: 9 }, { _id: 1 }])
          .catch(() => undefined),
    ];
    for (const change of changes) expect(await raisedBy(change)).to.deep.equal([false, true]);
    expect(await raisedBy(() => things(other).insertOne({ _id: 4 }))).to.deep.equal([true, false]);
  });

  it('rises for everybody with what a program without a mark changed', async () => {
    expect(await raisedBy(() => things(nameless).insertOne({ _id: 5 }))).to.deep.equal([true, true]);
  });

  it('stands while others only read', async () => {
    const reading = async () => {
      for (const client of [...clients, nameless]) {
        await things(client).find({}, { batchSize: 1 }).toArray();
        await things(client).countDocuments();
        await things(client).distinct('n');
        await client.db('marks').listCollections().toArray();
      }
    };
    expect(await raisedBy(reading)).to.deep.equal([false, false]);
  });

  it('rises before the change is acknowledged, every time', async () => {
    const [one] = clients;
    for (let n = 10; n < 110; n += 1) {
      const before = marks[1].count();
      await things(one).insertOne({ _id: n });
      expect(marks[1].count() > before).to.equal(true);
    }
  });

  it('rises when the database comes back, and counts on', async () => {
    const back = new Promise<void>((resolve) => database.onRestart(resolve));
    expect(
      await raisedBy(async () => {
        process.kill(database.pid()!, 'SIGKILL');
        await back;
      }),
    ).to.deep.equal([true, true]);
    await things(clients[1]).findOne({});
    const change = () => things(clients[0]).insertOne({ _id: 200 });
    expect(await raisedBy(change)).to.deep.equal([false, true]);
  });

  it('leaves no marks behind of programs that ended', () => {
    const host = hostname().replace(/[^\w]/g, '').slice(0, 30);
    const left = `mark-${host}-4194303-${'0'.repeat(12)}`;
    writeFileSync(join(dir, 'marks', left), Buffer.alloc(8));
    const mark = makeChangeMark(dir);
    expect(readdirSync(join(dir, 'marks'))).not.to.include(left);
    mark.remove();
  });
});
