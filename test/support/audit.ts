// Duty: read the audit log as it lies in the database, and run a chain in a process of its own; started by `startAuditProcess`.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '../../server/database/connect.ts';
import { type AuditBlock, AuditBlockModel } from '../../server/features/audit/audit.model.ts';
import { ChainWriter } from '../../server/features/audit/chainWriter.ts';
import { type Entry, entryOf, linesIn, type NumberedEntry } from '../../server/features/audit/entries.ts';
import { flushAudit } from '../../server/features/audit/recording.commands.ts';
import { openAudit } from '../../server/features/audit/seals.ts';
import { log } from '../../server/log.ts';

export const auditSecret = 'a secret of the audit log in tests';

export const someEntry = (changes: Partial<Entry> = {}): Entry => ({
  at: Date.now(),
  verb: 'read',
  route: 'GET /api/test',
  by: null,
  role: null,
  ids: [],
  filters: [],
  rows: null,
  status: 200,
  code: null,
  requestId: null,
  about: [],
  ...changes,
});

export const auditBlocks = (): Promise<AuditBlock[]> =>
  AuditBlockModel.find().sort({ chain: 1, seq: 1 }).lean<AuditBlock[]>();

/** Every entry on disk, this process's latest included. */
export async function auditEntries(): Promise<NumberedEntry[]> {
  await flushAudit();
  return (await auditBlocks()).flatMap((block) => linesIn(block).map((line) => entryOf(line)!));
}

export interface AuditProcess {
  child: ChildProcess;
  /** Keeps so many entries, one after the other; resolves when all are acknowledged. */
  keep(count: number): Promise<void>;
  /** Entries that need not be on disk yet. */
  add(count: number): Promise<void>;
  close(): Promise<void>;
}

/** `name` is the database's name inside the server. */
export async function startAuditProcess(dataDir: string, name: string): Promise<AuditProcess> {
  const child = fork(fileURLToPath(import.meta.url), [dataDir, name], { execArgv: ['--import', 'tsx'] });
  const reply = () =>
    new Promise<void>((resolve, reject) => {
      const ended = () => reject(new Error('The other process ended'));
      child.once('exit', ended);
      child.once('message', () => {
        child.off('exit', ended);
        resolve();
      });
    });
  await reply();
  const ask = async (wanted: object) => {
    const answered = reply();
    child.send(wanted);
    await answered;
  };
  return {
    child,
    keep: (count) => ask({ keep: count }),
    add: (count) => ask({ add: count }),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

async function run(dataDir: string, name: string): Promise<void> {
  log.level = 'silent';
  openAudit(auditSecret);
  const database = await connectDatabase({ mongodbUri: process.env.MONGODB_URI, dataDir, name });
  const writer = new ChainWriter();
  process.on('message', async ({ keep = 0, add = 0 }: { keep?: number; add?: number }) => {
    for (let count = 0; count < keep; count += 1)
      await writer.keep(someEntry({ rows: count, route: `process ${process.pid}` }));
    for (let count = 0; count < add; count += 1)
      writer.add(someEntry({ rows: count, route: `process ${process.pid}` }));
    process.send!({});
  });
  process.once('disconnect', () => {
    void writer
      .stop()
      .then(() => database.stop())
      .finally(() => process.exit(0));
  });
  process.send!({});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void run(process.argv[2]!, process.argv[3]!);
