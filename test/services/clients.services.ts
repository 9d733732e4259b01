// Duty: other clients than the driver of Node work with the embedded database: mongosh from npm, pymongo from Debian.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const expected = [
  1,
  true,
  4,
  4,
  [4, 3],
  ['x'],
  1,
  2,
  1,
  1,
  'name_1',
  ['_id_', 'name_1'],
  11000,
  [5, 29],
  ['2', '3', '4', 'a', 'five'],
  'nine',
  'IXSCAN',
  1,
  1,
  ['people'],
  5,
];

/** The first of the commands that answers; throws with a clear line when there is none. */
async function firstThatAnswers(what: string, commands: string[], given: string[]): Promise<string> {
  for (const command of commands) {
    try {
      await run(command, given);
      return command;
    } catch {
      // The next one may.
    }
  }
  throw new Error(`${what} is missing: install it, or let .ci/run do so`);
}

const lastLine = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1)!);

describe('Other clients', function () {
  this.timeout(120_000);
  let dir: string;
  let database: RunningDatabase;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'services-'));
    database = await startEmbeddedDatabase({ dir });
  });
  after(async () => {
    await database?.stop();
    rmSync(dir, { recursive: true });
  });

  it('mongosh runs twenty operations', async () => {
    const mongosh = await firstThatAnswers('mongosh (npm)', ['mongosh'], ['--version']);
    const uri = database.uri.replace('/?', '/services?');
    const { stdout } = await run(mongosh, [
      uri,
      '--quiet',
      '--norc',
      '--file',
      script('./script.mongosh.js'),
    ]);
    expect(lastLine(stdout)).to.deep.equal(expected);
  });

  it('pymongo runs twenty operations', async () => {
    const python = await firstThatAnswers(
      'python3-pymongo (Debian)',
      ['python3', '/usr/bin/python3'],
      ['-c', 'import pymongo'],
    );
    const { stdout } = await run(python, [script('./script.pymongo.py'), database.uri]);
    expect(lastLine(stdout)).to.deep.equal(expected);
  });
});
