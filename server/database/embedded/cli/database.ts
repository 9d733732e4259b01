// Duty: `npm run database -- [verify | backup FILE | restore FILE | stats] [options]`: the database on its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toDouble } from '../semantics/values.ts';
import { startDatabase, startEmbeddedDatabase } from '../supervisor.ts';
import { backup, restore } from './backup.ts';
import { Client } from './client.ts';

const usage = `npm run database -- [--dir D] [--socket S | --port P [--user U --password-file F]] [--print-uri]
npm run database -- verify | stats | backup FILE | restore FILE [--drop]  [--dir D]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dir: { type: 'string', default: join('data', 'database') },
    socket: { type: 'string' },
    port: { type: 'string' },
    user: { type: 'string', default: 'kosint' },
    'password-file': { type: 'string' },
    'print-uri': { type: 'boolean', default: false },
    drop: { type: 'boolean', default: false },
  },
});

const log = (line: string, details?: object) => console.error(line, details ? JSON.stringify(details) : '');

async function serve(): Promise<void> {
  const file = values['password-file'];
  const port = values.port === undefined ? undefined : Number(values.port);
  const password = file === undefined ? undefined : readFileSync(file, 'utf8').trimEnd();
  if (password !== undefined && port === undefined)
    throw new Error('A password is only asked for on a --port');
  const { dir, socket, user } = values;
  const database = await startDatabase({ dir, socket, port, user, password }, log);
  console.log(values['print-uri'] ? database.uri : `The database of ${dir} answers at ${database.uri}`);
  const stop = () => void database.stop().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** Joins the database that runs on the folder, or starts one for the time of the work. */
async function withClient(work: (client: Client) => Promise<void>): Promise<void> {
  const database = await startEmbeddedDatabase({ dir: values.dir, log });
  try {
    const client = await Client.open(database.uri);
    await work(client);
    client.close();
  } finally {
    await database.stop();
  }
}

async function eachCollection(
  client: Client,
  work: (database: string, collection: string) => Promise<void>,
): Promise<void> {
  const { databases } = await client.command('admin', { listDatabases: 1, nameOnly: true });
  for (const { name } of databases as { name: string }[]) {
    const filter = { type: { $ne: 'view' } };
    for await (const { name: collection } of client.documents(name, {
      listCollections: 1,
      filter,
      cursor: {},
    })) {
      await work(name, String(collection));
    }
  }
}

async function verify(client: Client): Promise<void> {
  let faults = 0;
  await eachCollection(client, async (database, collection) => {
    const verdict = await client.command(database, { validate: collection, full: true });
    const errors = verdict.errors as string[];
    faults += errors.length;
    console.log(
      `${database}.${collection}: ${toDouble(verdict.nrecords)} documents, ${errors.length} faults`,
    );
    for (const error of errors) console.log(`  ${error}`);
  });
  console.log(faults === 0 ? 'Everything agrees.' : `${faults} faults.`);
  process.exitCode = faults === 0 ? 0 : 1;
}

async function stats(client: Client): Promise<void> {
  await eachCollection(client, async (database, collection) => {
    const { count, size, nindexes } = await client.command(database, { collStats: collection });
    console.log(
      `${database}.${collection}: ${toDouble(count)} documents, ${toDouble(size)} bytes, ${toDouble(nindexes)} indexes`,
    );
  });
  const { fsUsedSize } = await client.command('admin', { dbStats: 1 });
  console.log(`On disk: ${toDouble(fsUsedSize)} bytes`);
}

const told = ({ collections, documents }: { collections: number; documents: number }) =>
  console.log(`${documents} documents in ${collections} collections`);

const [task, file] = positionals;
const tasks: Record<string, () => Promise<void>> = {
  verify: () => withClient(verify),
  stats: () => withClient(stats),
  backup: () => withClient(async (client) => told(await backup(client, file!))),
  restore: () => withClient(async (client) => told(await restore(client, file!, { drop: values.drop }))),
};

const run = task === undefined ? serve : tasks[task];
if (!run || (file === undefined && (task === 'backup' || task === 'restore'))) {
  console.error(usage);
  process.exit(2);
}
try {
  await run();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
