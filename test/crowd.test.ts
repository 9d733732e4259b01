// Duty: in short what `npm run test:long` does in full: many listeners under steady changes, and mixed work without a wrong answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runLive, runSoak } from './long/crowdRun.ts';
import { grownBy } from './long/memory.ts';
import { type ServerProcess, startServerProcess } from './support/programs.ts';

describe('A crowd, in short', function () {
  this.timeout(60_000);
  let folder: string;
  let server: ServerProcess;
  before(async function () {
    // The soak reads the memory of a server's processes in /proc, which Linux alone has. On a fresh Linux all of it runs.
    if (process.platform !== 'linux') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'crowd-'));
    server = await startServerProcess({ DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'warn' });
  });
  after(async () => {
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('hears every change once', async () => {
    const listeners = 60;
    const result = await runLive(server, { listeners, changesPerSecond: 10, seconds: 3 });
    expect(result).to.include({ changes: 30, heard: 30 * listeners, doubled: 0, disconnections: 0 });
  });

  it('works on the map, the list and new cases together, and every answer is right', async () => {
    const result = await runSoak(server, { seconds: 4, createsPerSecond: 5 });
    expect(result.wrong).to.deep.equal([]);
    expect(result.created).to.equal(20);
    expect(result.requests).to.be.greaterThan(50);
  });
});

describe('The eye for memory that grows', () => {
  it('would tell memory that grows from memory that goes up and down', () => {
    const flat = [90, 140, 180, 200, 190, 205, 195, 200, 198, 204, 196, 201];
    expect(grownBy(flat)).to.be.lessThan(1.05);
    expect(grownBy(flat.map((megabytes, at) => megabytes + at * 12))).to.be.greaterThan(1.15);
  });
});
