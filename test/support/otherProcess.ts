// Duty: a process of its own on the tests' database, which changes cases when it is told to; started by `startOtherProcess`.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '../../server/database/connect.ts';
import { log } from '../../server/log.ts';
import { openReceipts } from '../../server/receiptCodes.ts';
import { type CaseChange, change } from './caseChanges.ts';
import { type Reply, replyOf } from './childReply.ts';

export interface OtherProcess {
  /** Resolves when the other process has its acknowledgement. */
  change(wanted: CaseChange): Promise<void>;
  stop(): Promise<void>;
}

/** `name` is the database's name inside the server. */
export async function startOtherProcess(dataDir: string, name: string): Promise<OtherProcess> {
  const child = fork(fileURLToPath(import.meta.url), [dataDir, name], { execArgv: ['--import', 'tsx'] });
  await replyOf(child);
  return {
    async change(wanted) {
      const reply = replyOf(child);
      child.send(wanted);
      const { error } = await reply;
      if (error) throw new Error(`In the other process: ${error}`);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

async function run(dataDir: string, name: string): Promise<void> {
  log.level = 'silent';
  openReceipts('a secret of the other process in tests');
  const database = await connectDatabase({ mongodbUri: process.env.MONGODB_URI, dataDir, name });
  process.on('message', (wanted: CaseChange) => {
    change(wanted).then(
      () => process.send!({ error: null } satisfies Reply),
      (error: unknown) => process.send!({ error: String(error) } satisfies Reply),
    );
  });
  process.once('disconnect', () => void database.stop().finally(() => process.exit(0)));
  process.send!({ error: null } satisfies Reply);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void run(process.argv[2]!, process.argv[3]!);
