// Duty: in full length what `npm test` only tries: five hundred listeners for five minutes, ten minutes of mixed work with memory flat. Prints its figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ServerProcess, startServerProcess } from '../support/programs.ts';
import { runLive, runSoak } from './crowdRun.ts';
import { grownBy } from './memory.ts';

/** A part of the full length, for a try: `LONG_PART=0.1 npm run test:long`. */
const part = Number(process.env.LONG_PART ?? 1);

describe('In full length', function () {
  this.timeout(0);
  let folder: string;
  let server: ServerProcess;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'long-'));
    server = await startServerProcess({ DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'warn' });
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('500 listeners hear 50 changes a second for five minutes, each once', async () => {
    const listeners = 500;
    const result = await runLive(server, { listeners, changesPerSecond: 50, seconds: 300 * part });
    console.log(JSON.stringify(result));
    expect(result).to.include({ doubled: 0, disconnections: 0, heard: result.changes * listeners });
  });

  it('ten minutes of mixed work: every answer is right, memory is flat after the first third', async () => {
    const result = await runSoak(server, { seconds: 600 * part });
    console.log(JSON.stringify({ ...result, megabytes: result.megabytes.map(Math.round) }));
    expect(result.wrong).to.deep.equal([]);
    expect(grownBy(result.megabytes)).to.be.lessThan(1.15);
  });
});
