// Duty: a process is called dead only by who can know: on its own machine, by number and start; and a dead one's claim on seeding is taken at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { claimSeeding } from '../seeds/claim.ts';
import { isKnownDead, ownMark, type ProcessMark } from '../server/processMark.ts';
import { projectRoot } from '../server/root.ts';
import { startTestServer, type TestServer } from './support/server.ts';

/** A process of its own, by its own mark; `end` kills it without a word. */
async function another(): Promise<{ mark: ProcessMark; end(): Promise<void> }> {
  const program = `import { ownMark } from './server/processMark.ts';
console.log(JSON.stringify(ownMark())); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    mark: JSON.parse(line.toString()) as ProcessMark,
    async end() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('A process', function () {
  this.timeout(60_000);
  let server: TestServer;
  let dead: ProcessMark;

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    server = await startTestServer();
    const { mark, end } = await another();
    expect(mark).to.include({ machine: ownMark()!.machine });
    expect(isKnownDead(mark)).to.equal(false);
    await end();
    dead = mark;
  });
  after(() => server?.stop());

  it('is known to be dead when its number is gone, or is another’s now', () => {
    expect(isKnownDead(dead)).to.equal(true);
    const own = ownMark()!;
    expect(isKnownDead(own)).to.equal(false);
    expect(isKnownDead({ ...own, started: `${Number(own.started) - 1}` })).to.equal(true);
  });

  it('on another machine, boot or container, or of an earlier version, is not known to be anything', () => {
    for (const part of [0, 1, 2]) {
      const machine = dead.machine.split(' ').map((word, at) => (at === part ? `${word}0` : word));
      expect(isKnownDead({ ...dead, machine: machine.join(' ') }), `${part}`).to.equal(false);
    }
    for (const mark of [null, undefined, { ...dead, pid: 0 }, { ...dead, pid: -1 }])
      expect(isKnownDead(mark)).to.equal(false);
  });

  describe('that claimed the seeding', () => {
    const held = async (mark: ProcessMark | null) => {
      const claims = mongoose.connection.collection<{ _id: string }>('seeds');
      await claims.deleteOne({ _id: 'under way' });
      await claims.insertOne({ _id: 'under way', owner: 'it', beat: 7, process: mark } as never);
    };
    const taken = async () => {
      const began = performance.now();
      const claim = await claimSeeding();
      expect(claim.holds()).to.equal(true);
      await claim.giveBack();
      return performance.now() - began;
    };

    it('and died here has its place taken at once', async () => {
      await held(dead);
      expect(await taken()).to.be.below(3_000);
    });

    it('and is on another machine is waited for as long as ever', async () => {
      await held({ ...dead, machine: `elsewhere ${dead.machine}` });
      expect(await taken()).to.be.above(7_500);
    });

    it('and lives here without a beat is waited for as long as ever', async () => {
      const { mark, end } = await another();
      await held(mark);
      expect(await taken()).to.be.above(7_500);
      await end();
    });
  });
});
