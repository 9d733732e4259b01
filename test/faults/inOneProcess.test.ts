// Duty: faults that need no process of their own: a session that is broken in the database or the browser, a clock that jumps, a mail server that is down.
import { mock } from 'node:test';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { settingsOf } from '../../server/app.ts';
import { clock } from '../../server/clock.ts';
import { sessionKey } from '../../server/http/sessionStore.ts';
import { JobModel } from '../../server/jobs/jobs.model.ts';
import { type Job, runDueJobs } from '../../server/jobs/runner.ts';
import { report } from '../../server/log.ts';
import { listenToLog } from '../support/logLines.ts';
import { emptyOutbox, readOutbox } from '../support/outbox.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

describe('Faults in one process', () => {
  let server: TestServer;
  before(async () => {
    // Nobody listens there.
    server = await startTestServer({ SMTP_URL: 'smtp://127.0.0.1:1' });
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  describe('A broken session', () => {
    const sessions = () => mongoose.connection.db!.collection<{ _id: string }>('sessions');
    const idOf = (person: Person) =>
      decodeURIComponent(person.cookie)
        .replace(/^kosint\.sid=s:/, '')
        .split('.')[0]!;
    const wholeSession = { cookie: { path: '/', httpOnly: true, originalMaxAge: null } };
    const broken: Record<string, unknown> = {
      'no session at all': null,
      'a text': 'garbage',
      'a number': 7,
      'nothing in it': {},
      'no cookie': { passport: { user: { id: 'x', epoch: 1 } } },
      'a text for a cookie': { cookie: 'garbage', passport: { user: { id: 'x', epoch: 1 } } },
      'a text for passport': { ...wholeSession, passport: 'garbage' },
      'no user': { ...wholeSession, passport: { user: null } },
      'a text for a user': { ...wholeSession, passport: { user: 'garbage' } },
      'a query for a user': { ...wholeSession, passport: { user: { id: { $ne: null }, epoch: { $gt: 0 } } } },
      'a list for a user': { ...wholeSession, passport: { user: ['garbage'] } },
    };

    for (const [what, session] of Object.entries(broken))
      it(`with ${what} is no session: 401, and signing in makes a good one`, async () => {
        const person = await server.as('activist');
        const { id } = person;
        const { email } = (await mongoose.connection.db!.collection('users').findOne({ _id: id as never }))!;
        const kept = { session, expires: new Date(Date.now() + 3_600_000) };
        const { matchedCount } = await sessions().updateOne(
          { _id: sessionKey(idOf(person)) },
          { $set: kept },
        );
        expect(matchedCount).to.equal(1);
        server.app.session.store.forgetKey(sessionKey(idOf(person)));
        const refused = await person.get('/api/me');
        expect(refused.status, refused.text).to.equal(401);
        const posted = await person.post('/api/cases', {});
        expect(posted.status, posted.text).to.equal(401);
        const again = await person.post('/api/session', { email, password: testPassword });
        expect(again.status, again.text).to.equal(200);
        expect((await person.get('/api/me')).status).to.equal(200);
      });

    it('in the browser is no session: 401', async () => {
      const { cookie } = await server.as('activist');
      for (const bad of [
        `${cookie}x`,
        cookie.slice(0, -5),
        'kosint.sid=',
        'kosint.sid=s%3A',
        'kosint.sid=%E0%A4%A',
        'kosint.sid=j%3A%7B',
      ]) {
        const person = server.stranger();
        person.cookie = bad;
        const answer = await person.get('/api/me');
        expect(answer.status, `${bad} ${answer.text}`).to.equal(401);
      }
    });
  });

  it('a clock that jumps a year ahead and back holds up no job, and says so in one line', async () => {
    const runs: [string, string | null][] = [];
    const job: Job = {
      name: 'test.clock',
      everyMinutes: 10,
      run: async (now, lastRun) => {
        runs.push([now.toISOString().slice(0, 10), lastRun?.toISOString().slice(0, 10) ?? null]);
        return 1;
      },
    };
    const at = (day: string, minutes: number) => new Date(Date.parse(`${day}T10:00:00Z`) + minutes * 60_000);
    const { lines, silence } = listenToLog();
    try {
      await runDueJobs([job], at('2026-03-01', 0));
      await runDueJobs([job], at('2027-03-01', 0));
      // Two that look at once after the clock is right again: one of them does it.
      await Promise.all([1, 2].map(() => runDueJobs([job], at('2026-03-01', 11))));
      await runDueJobs([job], at('2026-03-01', 15));
      await runDueJobs([job], at('2026-03-01', 22));
      // A process that died with the job in its hands while its clock was wrong.
      await JobModel.updateOne({ _id: job.name }, { $set: { heldUntil: at('2027-03-01', 0) } });
      await runDueJobs([job], at('2026-03-01', 33));
    } finally {
      silence();
      await JobModel.deleteOne({ _id: job.name });
    }
    const day = '2026-03-01';
    expect(runs).to.deep.equal([
      [day, null],
      ['2027-03-01', day],
      [day, null],
      [day, day],
      [day, day],
    ]);
    expect(lines.filter((line) => line.includes('the clock was set back'))).to.have.length(1);
  });

  it('a full disk is one fault line at once, and one a minute with how often it came again', () => {
    const full = Object.assign(new Error('No space left on the disk'), { code: 14031 });
    const told = (lines: string[]) =>
      lines.map((line) => JSON.parse(line)).map(({ code, times }) => [code, times]);
    mock.timers.enable({ apis: ['setTimeout'] });
    const { lines, silence } = listenToLog();
    try {
      for (let time = 0; time < 7; time += 1) report(full, { where: 'a write' });
      report(new Error('another fault'));
      expect(told(lines)).to.deep.equal([
        [14031, undefined],
        [undefined, undefined],
      ]);
      mock.timers.tick(60_000);
      expect(told(lines).slice(2)).to.deep.equal([[14031, 6]]);
      report(full);
      mock.timers.tick(60_000);
      expect(told(lines).slice(3), 'nothing came again').to.deep.equal([[14031, undefined]]);
    } finally {
      silence();
      mock.timers.reset();
    }
  });

  it('a mail server that is down keeps the letter in the outbox, answers as ever, and logs one line without the address', async () => {
    emptyOutbox(server.env.DATA_DIR);
    const { lines, silence } = listenToLog();
    const { mailer } = settingsOf(server.env);
    try {
      const begun = performance.now();
      expect(
        await mailer.send({ to: 'nobody@example.org', subject: 'A subject', text: 'A letter' }),
      ).to.equal(false);
      expect(performance.now() - begun).to.be.lessThan(3_000);
    } finally {
      silence();
    }
    expect(readOutbox(server.env.DATA_DIR).map(({ text }) => text.trim())).to.deep.equal(['A letter']);
    const said = lines.filter((line) => line.includes('"where":"mail"'));
    expect(said).to.have.length(1);
    expect(lines.join()).not.to.include('nobody@example.org');
  });
});
