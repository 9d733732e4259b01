// Duty: faults of whole processes: the database is killed under writers, the server in the middle of an upload, the disk is full. What was acknowledged is there once.
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { newId } from '../../shared/api.ts';
import { commandOf, family } from '../bench/processes.ts';
import {
  type Account,
  ask,
  Ear,
  eventually,
  everyCase,
  logSurely,
  nothingLost,
  signedIn,
  underLoad,
} from '../support/crowd.ts';
import { form, pdf } from '../support/files.ts';
import { type ServerProcess, startServerProcess } from '../support/programs.ts';

const databaseOf = (pid: number) =>
  family(pid).find((one) => one !== pid && commandOf(one).includes('embedded/child.'));

describe('Killed and full', function () {
  this.timeout(90_000);
  let folder: string;
  const running: ServerProcess[] = [];
  const ears: Ear[] = [];
  const start = async (options = {}) => {
    const server = await startServerProcess(
      { DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'info' },
      options,
    );
    running.push(server);
    return server;
  };

  before(function () {
    // Finds the children of a server in /proc, which Linux alone has, and kills the embedded database, which nobody has who names a
    // MongoDB. On a fresh Linux neither holds, and all of it runs.
    if (process.platform !== 'linux' || process.env.MONGODB_URI) this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'));
  });
  afterEach(async () => {
    for (const ear of ears.splice(0)) ear.socket.close();
    for (const server of running.splice(0)) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function upload(url: string, who: Account, caseId: string, id: string, content: Buffer) {
    const answer = await fetch(`${url}/api/cases/${caseId}/evidence?id=${id}`, {
      method: 'POST',
      headers: { Cookie: who.cookie, 'X-Requested-With': 'test' },
      body: form(content, 'letter.pdf', 'application/pdf'),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
  const evidenceOf = async (
    url: string,
    who: Account,
    caseId: string,
  ): Promise<{ id: string; size: number }[]> =>
    JSON.parse((await ask(url, who, `/api/cases/${caseId}`)).text).data.evidence;

  it('the database, three times under writers: nobody loses anything, each restart is one line', async () => {
    const server = await start();
    const activist = await signedIn(server.url, 'activist');
    for (let at = 0; at < 2; at += 1) ears.push(new Ear([server.url], activist));
    await eventually('all ears are connected', () => ears.every((ear) => ear.connections === 1));
    const acknowledged = await underLoad([server.url], activist, async () => {
      for (let round = 0; round < 3; round += 1) {
        const pid = databaseOf(server.pid)!;
        process.kill(pid, 'SIGKILL');
        await eventually('it is back', () => ![undefined, pid].includes(databaseOf(server.pid)));
        expect((await logSurely([server.url], activist, () => false))!.length).to.equal(36);
        await pause(200);
      }
    });
    await nothingLost(server.url, activist, ears, acknowledged);
    expect(
      server.said().match(/"why":"process ended \(SIGKILL\)","msg":"database restarts"/g),
    ).to.have.length(3);
    await eventually('what it found was verified', () =>
      server.said().includes('"faults":0,"msg":"verification finished"'),
    );
  });

  it('the server in the middle of an upload: the case is whole, the upload comes again and is kept once', async () => {
    const server = await start();
    const activist = await signedIn(server.url, 'activist');
    const caseId = (await logSurely([server.url], activist, () => false))!;
    const id = newId();
    const half = request(`${server.url}/api/cases/${caseId}/evidence?id=${id}`, {
      method: 'POST',
      headers: {
        Cookie: activist.cookie,
        'X-Requested-With': 'test',
        'Content-Type': 'multipart/form-data; boundary=b',
        'Content-Length': 2_000_000,
      },
    });
    half.on('error', () => {});
    half.write(
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n',
    );
    half.write(Buffer.alloc(900_000, 'x'));
    const uploads = join(folder, 'uploads');
    await eventually(
      'half of it has arrived',
      () => existsSync(uploads) && readdirSync(uploads).length === 1,
    );
    await server.stop('SIGKILL');
    const [left] = readdirSync(uploads);
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(join(uploads, left!), hoursAgo, hoursAgo);

    const next = await start();
    expect(await evidenceOf(next.url, activist, caseId)).to.deep.equal([]);
    const content = pdf(`% ${'x'.repeat(500_000)}`);
    for (let time = 0; time < 2; time += 1) {
      const answer = await upload(next.url, activist, caseId, id, content);
      expect(answer.status, answer.text).to.be.oneOf([200, 201]);
    }
    expect((await evidenceOf(next.url, activist, caseId)).map((one) => one.id)).to.deep.equal([id]);
    await eventually('what was left is cleared away', () => readdirSync(uploads).length === 0);
    expect(
      next.said().match(/"halfReceived":1,"unowned":0,"msg":"removed files that a stop left"/g),
    ).to.have.length(1);
  });

  it('the disk: writes are refused with 503, reading goes on, and with room again everything acknowledged is there once', async () => {
    const server = await start({ largestFileKilobytes: 16 * 1024 });
    const activist = await signedIn(server.url, 'activist');
    const caseId = (await logSurely([server.url], activist, () => false))!;
    const kept: string[] = [];
    const content = pdf(`% ${'x'.repeat(3_000_000)}`);
    let refusal: Awaited<ReturnType<typeof upload>> | null = null;
    for (let at = 0; at < 12 && !refusal; at += 1) {
      const id = newId();
      const answer = await upload(server.url, activist, caseId, id, content);
      if (answer.status === 201) kept.push(id);
      else refusal = answer;
    }
    expect(kept.length).to.be.greaterThan(1);
    expect(refusal?.status, refusal?.text).to.equal(503);
    expect(JSON.parse(refusal!.text).error.code).to.equal('storage.full');
    expect(Number(refusal!.headers.get('retry-after'))).to.be.greaterThan(0);
    expect((await ask(server.url, activist, '/api/cases')).status).to.equal(200);
    expect((await evidenceOf(server.url, activist, caseId)).map((one) => one.id)).to.deep.equal(kept);
    for (let at = 0; at < 5; at += 1)
      expect((await upload(server.url, activist, caseId, newId(), content)).status).to.equal(503);
    expect(server.said().match(/"why":"[^"]+","msg":"database write failed"/g)).to.have.length(1);
    expect(server.said().match(/"code":14031,/g), 'one line a minute').to.have.length(1);
    await server.stop();

    const roomy = await start();
    expect((await evidenceOf(roomy.url, activist, caseId)).map((one) => one.id)).to.deep.equal(kept);
    for (const id of kept) {
      const answer = await ask(roomy.url, activist, `/api/cases/${caseId}/evidence/${id}`);
      expect(answer.text.length).to.equal(content.length);
    }
    const another = (await logSurely([roomy.url], activist, () => false))!;
    expect((await everyCase(roomy.url, activist)).has(another)).to.equal(true);
    expect(roomy.said()).not.to.match(/"faults":[1-9]/);
  });
});
