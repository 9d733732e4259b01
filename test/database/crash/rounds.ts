// Duty: kills the database again and again under concurrent writers and looks whether anything acknowledged is gone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { type RunningDatabase, startEmbeddedDatabase } from '../../../server/database/embedded/supervisor.ts';

interface Entry {
  _id: string;
  writer: number;
  value: number;
  tags: string[];
}

/** What a writer knows of its document: the last acknowledged state, and what was asked for and never answered. */
interface Known {
  acknowledged: number | undefined;
  asked: Set<number | undefined>;
}

export interface CrashReport {
  rounds: number;
  acknowledged: number;
  faults: string[];
}

const documentsPerWriter = 40;

export async function crashRounds(options: {
  rounds: number;
  writers: number;
  seed: number;
}): Promise<CrashReport> {
  const dir = mkdtempSync(join(tmpdir(), 'crash-'));
  const random = generator(options.seed);
  const known = new Map<string, Known>();
  const report: CrashReport = { rounds: options.rounds, acknowledged: 0, faults: [] };
  const database = await startEmbeddedDatabase({ dir });
  try {
    await withEntries(database, async (entries) => {
      await entries.createIndex({ writer: 1, value: -1 });
      await entries.createIndex({ tags: 1 });
    });
    for (let round = 0; round < options.rounds; round++) {
      report.acknowledged += await oneRound(database, options.writers, known, random);
      report.faults.push(...(await faultsOf(database, known)).map((fault) => `round ${round}: ${fault}`));
    }
  } finally {
    await database.stop();
    rmSync(dir, { recursive: true });
  }
  return report;
}

/** A small generator of repeatable randomness. */
function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

async function withEntries<T>(
  database: RunningDatabase,
  use: (entries: Collection<Entry>, db: Db) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(database.uri, {
    retryWrites: false,
    maxPoolSize: 20,
    serverSelectionTimeoutMS: 20_000,
  });
  try {
    const db = client.db('crash');
    return await use(db.collection<Entry>('entries'), db);
  } finally {
    await client.close(true);
  }
}

async function oneRound(
  database: RunningDatabase,
  writers: number,
  known: Map<string, Known>,
  random: () => number,
): Promise<number> {
  const back = new Promise<void>((resolve) => database.onRestart(resolve));
  const life = 150 + random() * 400;
  const acknowledged = await withEntries(database, async (entries) => {
    await entries.findOne();
    let alive = true;
    const counts = Array.from({ length: writers }, (_, writer) =>
      writeUntilDead(entries, writer, known, random, () => alive),
    );
    await new Promise((resolve) => setTimeout(resolve, life));
    process.kill(database.pid()!, 'SIGKILL');
    alive = false;
    return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
  });
  await back;
  return acknowledged;
}

async function writeUntilDead(
  entries: Collection<Entry>,
  writer: number,
  known: Map<string, Known>,
  random: () => number,
  alive: () => boolean,
): Promise<number> {
  let acknowledged = 0;
  for (let _step = 0; alive(); _step++) {
    const _id = `${writer}-${Math.floor(random() * documentsPerWriter)}`;
    const before = known.get(_id) ?? { acknowledged: undefined, asked: new Set() };
    known.set(_id, before);
    const value = random() < 0.15 ? undefined : Math.floor(random() * 1e9);
    before.asked.add(value);
    try {
      if (value === undefined) await entries.deleteOne({ _id });
      else {
        const change = { $set: { writer, value, tags: [`t${value % 7}`, `t${value % 5}`] } };
        await entries.updateOne({ _id }, change, { upsert: true });
      }
    } catch {
      return acknowledged;
    }
    acknowledged++;
    before.acknowledged = value;
    before.asked.clear();
  }
  return acknowledged;
}

async function faultsOf(database: RunningDatabase, known: Map<string, Known>): Promise<string[]> {
  return withEntries(database, async (entries, db) => {
    const faults: string[] = [];
    const found = new Map((await entries.find().toArray()).map((entry) => [entry._id, entry]));
    for (const [id, state] of known) {
      const value = found.get(id)?.value;
      if (value !== state.acknowledged && !state.asked.has(value)) {
        faults.push(`${id} holds ${value}, acknowledged was ${state.acknowledged}`);
      }
      // What was under way when the process died may stand or not; from here on it is what it is.
      state.acknowledged = value;
      state.asked.clear();
    }
    for (const id of found.keys()) if (!known.has(id)) faults.push(`${id} was never written`);
    const count = await entries.estimatedDocumentCount();
    if (count !== found.size) faults.push(`${found.size} documents, counted ${count}`);
    const verdict = await db.command({ validate: entries.collectionName, full: true });
    return [...faults, ...(verdict.errors as string[])];
  });
}
