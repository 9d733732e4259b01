// Duty: limits and faults: a full disk, too little time, too much memory, documents and batches that are too large.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type Collection, MongoClient, type MongoServerError } from 'mongodb';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 0,
    (error: MongoServerError) => error.code,
  );

describe('The limits of the database', function () {
  this.timeout(60_000);
  let dir: string;
  let database: RunningDatabase;
  let client: MongoClient;
  let things: Collection;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'limits-'));
    database = await startEmbeddedDatabase({ dir });
    client = await MongoClient.connect(database.uri);
    things = client.db('test').collection('things');
    await things.insertMany(
      Array.from({ length: 30_000 }, (_, n) => ({ n, words: 'some words '.repeat(20) })),
    );
  });
  after(async () => {
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true });
  });

  it('ends what takes longer than maxTimeMS, with code 50', async () => {
    const slow = things.find({ words: 'no such words' }).maxTimeMS(1);
    expect(await codeOf(slow.toArray())).to.equal(50);
  });

  it('answers others while it scans', async () => {
    const admin = client.db('admin');
    await admin.command({ ping: 1 });
    let scanning = true;
    const scan = things
      .aggregate([{ $group: { _id: '$n', all: { $push: '$words' } } }, { $count: 'n' }])
      .toArray();
    const over = scan.finally(() => {
      scanning = false;
    });
    let pings = 0;
    while (scanning) {
      await admin.command({ ping: 1 });
      pings++;
    }
    await over;
    expect(pings).to.be.greaterThan(3);
  });

  it('refuses a sort or a group that would take more than 100 MB, with code 292', async () => {
    const wide = client.db('test').collection('wide');
    const words = 'w'.repeat(100_000);
    for (let batch = 0; batch < 6; batch++) {
      await wide.insertMany(Array.from({ length: 200 }, (_, n) => ({ n: batch * 200 + n, words })));
    }
    expect(await codeOf(wide.find().sort({ n: 1 }).toArray())).to.equal(292);
    expect(
      await codeOf(wide.aggregate([{ $group: { _id: null, all: { $push: '$words' } } }]).toArray()),
    ).to.equal(292);
    expect((await wide.find().sort({ n: 1 }).limit(3).toArray()).map(({ n }) => n)).to.deep.equal([0, 1, 2]);
    expect((await wide.find().toArray()).length).to.equal(1_200);
  });

  it('refuses a document above 16 MB, also when an update makes it', async () => {
    const large = client.db('test').collection<{ _id: number; a: string; b?: string }>('large');
    await large.insertOne({ _id: 1, a: 'x'.repeat(10_000_000) });
    const update = large.updateOne({ _id: 1 }, { $set: { b: 'y'.repeat(10_000_000) } });
    expect(await codeOf(update)).to.equal(17419);
    expect((await large.findOne())?.b).to.equal(undefined);
  });

  it('indexes texts that are longer than a key may be', async () => {
    const long = client.db('test').collection<{ _id: number | string; text: string }>('long');
    await long.createIndex({ text: 1 }, { unique: true });
    const text = 'z'.repeat(5_000);
    await long.insertMany([
      { _id: 1, text: `${text}1` },
      { _id: 'i'.repeat(3_000), text: `${text}2` },
      { _id: 3, text: 'a' },
    ]);
    expect((await long.findOne({ text: `${text}2` }))?._id).to.equal('i'.repeat(3_000));
    expect((await long.findOne({ _id: 'i'.repeat(3_000) }))?.text).to.equal(`${text}2`);
    expect(await codeOf(long.insertOne({ _id: 4, text: `${text}1` }))).to.equal(11000);
    const sorted = await long.find().sort({ text: 1 }).toArray();
    expect(sorted.map(({ text: each }) => each.at(-1))).to.deep.equal(['a', '1', '2']);
    expect(await long.countDocuments({ text: { $gt: `${text}1` } })).to.equal(1);
  });

  it('only reads when the disk is full, says so with code 14031, and stays alive', async () => {
    const full = mkdtempSync(join(tmpdir(), 'full-'));
    const script = fileURLToPath(new URL('./faults/fillDisk.ts', import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    // The limit of file size stands for a full disk: the write fails in the same place.
    const limited = 'ulimit -f 16384; trap "" XFSZ; exec "$0" "$@"';
    const child = spawn('bash', ['-c', limited, process.execPath, '--import', tsx, script, full], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await Promise.all([text(child.stdout!), once(child, 'exit')]);
    rmSync(full, { recursive: true });
    const { saved, documents, ...told } = JSON.parse(output) as Record<string, number>;
    expect(told).to.deep.equal({ code: 14031, again: 14031, counted: saved, errors: [] });
    expect(documents).to.equal(saved);
    expect(saved).to.be.greaterThan(100);
  });
});
