// Duty: the scenario `database`: how fast the embedded database writes, finds, counts, groups and starts, beside the same
// bytes through the bare store.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient, ObjectId } from 'mongodb';
import { encodeValue, prefixed } from '../../server/database/embedded/keys.ts';
import { encode } from '../../server/database/embedded/semantics/values.ts';
import { Store } from '../../server/database/embedded/store.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';
import type { BenchRow } from './rows.ts';

interface Person {
  _id: ObjectId;
  municipality: string;
  status: string;
  openedAt: Date;
  number: number;
  theme: string;
  words: string;
}

const municipalities = ['Prizren', 'Pejë', 'Ferizaj', 'Gjakovë', 'Graçanicë', 'Mitrovicë', 'Fushë Kosovë'];
const statuses = ['open', 'referred', 'waiting', 'closed'];
const themes = ['housing', 'employment', 'documents', 'health'];

const document = (number: number): Person => ({
  _id: new ObjectId(),
  municipality: municipalities[number % municipalities.length]!,
  status: statuses[(number >> 3) % statuses.length]!,
  openedAt: new Date(1_600_000_000_000 + number * 1_000),
  number,
  theme: themes[(number >> 1) % themes.length]!,
  words: 'what was said and agreed, and what comes next '.repeat(5),
});

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
};

/** The middle of many runs, in milliseconds. */
async function median(runs: number, work: (run: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push((await seconds(() => work(run))) * 1_000);
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

/** Without the pages of the data file that happen to be in memory: those are the system's cache, not the process's. */
function megabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}

export async function benchDatabase({ documents }: { documents: number }): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows: BenchRow[] = [];
  const bare = await bareStore();
  const database = await startEmbeddedDatabase({ dir });
  const client = await MongoClient.connect(database.uri, { maxPoolSize: 40 });
  const people = client.db('bench').collection<Person>('people');
  try {
    rows.push(...(await writing(client.db('bench').collection<Person>('writes'), bare)));
    await people.createIndex({ municipality: 1, openedAt: -1 });
    await fill(people, 0, Math.min(documents, 100_000));
    rows.push(...(await reading(people, Math.min(documents, 100_000), bare)));
    if (documents > 100_000) {
      await fill(people, 100_000, documents);
      rows.push(...(await reading(people, documents, bare)));
    }
    rows.push(...(await counting(people)), ...(await grouping(people, documents, database.pid()!)));
    rows.push(sizeOnDisk(dir, await client.db('bench').command({ dbStats: 1 })));
    await client.close();
    rows.push(await restarting(database, documents));
  } finally {
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true });
  }
  return rows;
}

interface Bare {
  insertsBy1: number;
  insertsBy32: number;
  readMilliseconds: number;
}

/** The same bytes and keys, put and got without commands, queries or a socket. */
async function bareStore(): Promise<Bare> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-bare-'));
  const store = new Store(dir);
  const put = (made: Person) => {
    const place = prefixed(1, encodeValue(made._id));
    return store.write(() => store.docs.put(place, encode({ ...made })));
  };
  const insertsBy1 = 500 / (await seconds(() => inParallel(1, 500, (n) => put(document(n)))));
  const insertsBy32 = 20_000 / (await seconds(() => inParallel(32, 20_000, (n) => put(document(n)))));
  const places = Array.from({ length: 2_000 }, (_, n) => ({
    made: document(n),
    place: Buffer.alloc(0) as Uint8Array,
  }));
  for (const each of places) {
    each.place = prefixed(1, encodeValue(each.made._id));
    await put(each.made);
  }
  const readMilliseconds = await median(2_000, async (run) => store.docs.get(places[run]!.place));
  await store.close();
  rmSync(dir, { recursive: true });
  return { insertsBy1, insertsBy32, readMilliseconds };
}

async function inParallel(
  writers: number,
  total: number,
  work: (n: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

async function writing(writes: Collection<Person>, bare: Bare): Promise<BenchRow[]> {
  await inParallel(32, 500, (n) => writes.insertOne(document(n)));
  const by1 = 1_000 / (await seconds(() => inParallel(1, 1_000, (n) => writes.insertOne(document(n)))));
  const by32 = 20_000 / (await seconds(() => inParallel(32, 20_000, (n) => writes.insertOne(document(n)))));
  const batches = 64;
  const batch = (n: number) =>
    writes.insertMany(Array.from({ length: 500 }, (_, at) => document(n * 500 + at)));
  const many = (batches * 500) / (await seconds(() => inParallel(32, batches, batch)));
  return [
    { name: 'durable inserts, 1 writer', value: by1, unit: '/s', ratio: by1 / bare.insertsBy1 },
    {
      name: 'durable inserts, 32 writers, one each',
      value: by32,
      unit: '/s',
      ratio: by32 / bare.insertsBy32,
    },
    {
      name: 'durable inserts, 32 writers, 500 each',
      value: many,
      unit: '/s',
      goal: '≥ 15,000',
      ok: many >= 15_000,
      ratio: many / bare.insertsBy32,
    },
  ];
}

async function fill(people: Collection<Person>, from: number, to: number): Promise<void> {
  const size = 1_000;
  await inParallel(4, Math.ceil((to - from) / size), async (n) => {
    const start = from + n * size;
    const length = Math.min(size, to - start);
    await people.insertMany(Array.from({ length }, (_, at) => document(start + at)));
  });
}

async function reading(people: Collection<Person>, documents: number, bare: Bare): Promise<BenchRow[]> {
  const some = await people
    .find({}, { projection: { _id: 1 } })
    .limit(2_000)
    .toArray();
  const one = (run: number) => people.findOne({ _id: some[run % some.length]!._id });
  const list = (run: number) =>
    people
      .find({ municipality: municipalities[run % municipalities.length]! })
      .sort({ openedAt: -1 })
      .limit(50)
      .toArray();
  await median(300, one);
  await median(50, list);
  const oneMilliseconds = await median(2_000, one);
  const listMilliseconds = await median(300, list);
  const at = documents.toLocaleString('en');
  return [
    {
      name: `findOne by _id of ${at}, p50`,
      value: oneMilliseconds,
      unit: 'ms',
      goal: '≤ 0.25',
      ok: oneMilliseconds <= 0.25,
      ratio: oneMilliseconds / bare.readMilliseconds,
    },
    {
      name: `50 sorted by compound index of ${at}, p50`,
      value: listMilliseconds,
      unit: 'ms',
      goal: '≤ 1.5',
      ok: listMilliseconds <= 1.5,
      ratio: listMilliseconds / (50 * bare.readMilliseconds),
    },
  ];
}

async function counting(people: Collection<Person>): Promise<BenchRow[]> {
  const filter = { municipality: municipalities[0]! };
  const keys = await people.countDocuments(filter);
  const milliseconds = (await median(5, () => people.countDocuments(filter))) * (100_000 / keys);
  return [
    {
      name: 'count over an index prefix, per 100,000 keys',
      value: milliseconds,
      unit: 'ms',
      goal: '≤ 60',
      ok: milliseconds <= 60,
      note: `${keys} keys`,
    },
  ];
}

async function grouping(people: Collection<Person>, documents: number, pid: number): Promise<BenchRow[]> {
  const group = { _id: '$municipality', cases: { $sum: 1 }, last: { $max: '$number' } };
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, megabytes(pid));
  }, 50);
  const taken = await seconds(() => people.aggregate([{ $group: group }]).toArray());
  clearInterval(watch);
  const name = `$group over ${documents.toLocaleString('en')}`;
  return [
    { name, value: taken, unit: 's', goal: '≤ 3', ok: taken <= 3 },
    {
      name: `${name}, peak memory`,
      value: peak,
      unit: 'MB',
      goal: '≤ 300',
      ok: peak <= 300,
      note: 'without pages of the file',
    },
  ];
}

function sizeOnDisk(dir: string, { dataSize }: { dataSize?: number }): BenchRow {
  const ratio = (statSync(join(dir, 'data.mdb')).blocks * 512) / Number(dataSize);
  return { name: 'bytes on disk per byte of data', value: ratio, unit: '', goal: '≤ 1.6', ok: ratio <= 1.6 };
}

async function restarting(
  database: Awaited<ReturnType<typeof startEmbeddedDatabase>>,
  documents: number,
): Promise<BenchRow> {
  const back = new Promise<void>((resolve) => database.onRestart(resolve));
  const taken = await seconds(async () => {
    process.kill(database.pid()!, 'SIGKILL');
    await back;
    const client = await MongoClient.connect(database.uri);
    await client.db('bench').collection('people').findOne({ municipality: 'Pejë' });
    await client.close();
  });
  const name = `answers again after kill -9 with ${documents.toLocaleString('en')}`;
  return { name, value: taken, unit: 's', goal: '≤ 1', ok: taken <= 1 };
}
