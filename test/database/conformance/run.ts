// Duty: `npm run conformance -- <folder>`: runs MongoDB's unified test files below a folder against a fresh embedded database.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../../../server/database/embedded/supervisor.ts';
import { type Outcome, runFile } from './runner.ts';

const wanted = 98;

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return path.endsWith('.json') ? [path] : [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function report(folder: string, outcomes: Outcome[]): boolean {
  const skipped = outcomes.filter((each) => each.skipped !== undefined);
  const failed = outcomes.filter((each) => each.failed !== undefined);
  const run = outcomes.length - skipped.length;
  const share = run === 0 ? 100 : ((run - failed.length) / run) * 100;
  console.log(
    `${folder}: ${run - failed.length} passed, ${failed.length} failed, ${skipped.length} skipped (${share.toFixed(1)} %)`,
  );
  for (const { test, skipped: reason } of skipped) console.log(`  skipped  ${test} — ${reason}`);
  for (const { test, failed: reason } of failed) console.log(`  FAILED   ${test} — ${reason}`);
  return share >= wanted;
}

const given = process.argv[2];
if (!given) {
  console.error('Name a folder of unified test files: npm run conformance -- <folder>');
  process.exit(2);
}
const root = resolve(given);
const dir = mkdtempSync(join(tmpdir(), 'conformance-'));
const database = await startEmbeddedDatabase({
  dir,
  log: (line, details) => console.error(line, details ?? ''),
});
const client = await MongoClient.connect(database.uri);
const { version } = await client.db('admin').command({ buildInfo: 1 });
const folders = new Map<string, Outcome[]>();
for (const path of filesBelow(root)) {
  const folder = relative(dirname(root), dirname(path)) || '.';
  const outcomes = await runFile(path, { uri: database.uri, version: String(version), client }).catch(
    (error: Error): Outcome[] => [{ test: path, failed: error.message }],
  );
  folders.set(folder, [...(folders.get(folder) ?? []), ...outcomes]);
}
await client.close();
await database.stop();
rmSync(dir, { recursive: true });
const good = [...folders].map(([folder, outcomes]) => report(folder, outcomes));
if (folders.size === 0) console.error(`No test files below ${root}`);
process.exit(folders.size > 0 && good.every(Boolean) ? 0 : 1);
