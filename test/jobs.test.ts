// Duty: what time does, with a clock of our own: nothing missed, nothing twice, in two processes, with a stop in the middle.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { settingsOf } from '../server/app.ts';
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { afterQuiet } from '../server/features/notifications/choices.commands.ts';
import { NotificationModel } from '../server/features/notifications/notifications.model.ts';
import { everythingTold } from '../server/features/notifications/telling.commands.ts';
import { ReferralModel } from '../server/features/referrals/referrals.model.ts';
import { JobModel } from '../server/jobs/jobs.model.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { giveJobsBack, holdOn, type Job, runDueJobs } from '../server/jobs/runner.ts';
import { inDays, logged, moved, triage } from './support/cases.ts';
import { emptyOutbox, readOutbox } from './support/outbox.ts';
import {
  accept,
  consented,
  movedReferral,
  organisation,
  referralInput,
  referralOf,
  referred,
} from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const day = 86_400_000;

describe('Jobs', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let coordinator: Person;
  let partner: Person;
  let recipient: string;
  let jobs: readonly Job[];
  /** Noon in Kosovo: no day turns meanwhile. */
  let noon: number;

  beforeEach(async () => {
    server = await startTestServer();
    recipient = await organisation();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    coordinator = await server.as('coordinator');
    partner = await server.as('cso_member', { organisation: recipient });
    jobs = allJobs(settingsOf(server.env));
    noon = Date.parse(`${dayAfter(dayOf(new Date()), 1)}T11:00:00Z`);
    emptyOutbox(server.env.DATA_DIR);
  });
  afterEach(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  const at = (days: number, minutes = 0) => new Date(noon + days * day + minutes * 60_000);
  /** As a server running on would: every job that is due at that moment. */
  async function timeIs(moment: Date) {
    clock.stopAt(moment);
    const did = await runDueJobs(jobs, moment);
    await everythingTold();
    return did;
  }

  async function pending(changes = {}) {
    const caseId = await logged(activist);
    await moved(lead, caseId, triage(activist.id));
    await moved(activist, caseId, { move: 'start' });
    await consented(activist, caseId, recipient);
    return { caseId, id: await referred(activist, caseId, recipient, changes) };
  }
  const eventsOf = async (person: Person, id: string) =>
    (await NotificationModel.find({ user: person.id, $or: [{ referralId: id }, { caseId: id }] }).lean())
      .map(({ event }) => event)
      .sort();

  it('ends a referral that nobody answered the day after, tells who sent it, and ends it once', async () => {
    const { id } = await pending({ replyBy: dayOf(new Date(noon)) });
    await timeIs(at(0));
    expect((await referralOf(activist, id)).status).to.equal('pending');
    await timeIs(at(1));
    const ended = await referralOf(activist, id);
    expect(ended.status).to.equal('expired');
    await timeIs(at(2));
    await timeIs(at(2, 30));
    expect((await referralOf(activist, id)).version).to.equal(ended.version);
    expect(await eventsOf(activist, id)).to.deep.equal(['referral.expired']);
    expect(await eventsOf(coordinator, id)).to.deep.equal(['referral.expired']);
  });

  it('asks for the confirmation fourteen days after the work ended, once, also after a long stop', async () => {
    const { id } = await pending();
    await movedReferral(partner, id, accept(partner));
    await movedReferral(partner, id, { move: 'begin' });
    await movedReferral(partner, id, { move: 'complete', given: 'A paper', givenOn: inDays(0) });
    await ReferralModel.updateOne({ _id: id }, { $set: { dueOn: dayOf(at(14)) } });
    await timeIs(at(13));
    expect(await eventsOf(activist, id)).not.to.include('referral.confirmationDue');
    for (const moment of [at(40), at(40, 20), at(41)]) await timeIs(moment);
    const due = (await eventsOf(activist, id)).filter((event) => event === 'referral.confirmationDue');
    expect(due).to.have.length(1);
  });

  it('tells the lead of a next step that is late, once for each step and day', async () => {
    const caseId = await logged(activist);
    await moved(lead, caseId, triage(activist.id));
    const first = (await CaseModel.findOne({ _id: caseId }).lean())!.nextDue;
    const later = new Date(Date.parse(`${dayAfter(first, 1)}T11:00:00Z`));
    await timeIs(new Date(later.getTime() - day));
    expect(await eventsOf(activist, caseId)).not.to.include('case.stepOverdue');
    await timeIs(later);
    await timeIs(new Date(later.getTime() + 16 * 60_000));
    expect((await eventsOf(activist, caseId)).filter((event) => event === 'case.stepOverdue')).to.have.length(
      1,
    );
  });

  it('tells the lead once when the day is past until which somebody was waited for', async () => {
    const caseId = await logged(activist);
    await moved(lead, caseId, triage(activist.id));
    await moved(activist, caseId, { move: 'start' });
    await moved(activist, caseId, { move: 'wait', party: 'authority', until: dayOf(at(2)) });
    const told = async () => (await eventsOf(activist, caseId)).filter((event) => event === 'case.waitOver');
    await timeIs(at(2));
    expect(await told()).to.have.length(0);
    for (const moment of [at(3), at(3, 20), at(4)]) await timeIs(moment);
    expect(await told()).to.have.length(1);
  });

  it('tells the team lead at once of what is late with somebody who has left', async () => {
    const caseId = await logged(activist);
    await moved(lead, caseId, triage(activist.id));
    const first = (await CaseModel.findOne({ _id: caseId }).lean())!.nextDue;
    const administrator = await server.as('administrator');
    const leaver = (await administrator.get('/api/users')).body.data.find(
      ({ id }: { id: string }) => id === activist.id,
    );
    const { name, role, municipality, organisation: of, language, version } = leaver;
    const left = { name, role, municipality, organisation: of, language, version, active: false };
    expect((await administrator.patch(`/api/users/${activist.id}`, left)).status).to.equal(200);
    await timeIs(new Date(Date.parse(`${dayAfter(first, 1)}T11:00:00Z`)));
    expect(await eventsOf(lead, caseId)).to.include('case.stepOverdue');
    expect(await eventsOf(activist, caseId)).not.to.include('case.stepOverdue');
  });

  it('tells the team lead when nobody opened what is late for a day, and not when somebody did', async () => {
    const { id } = await pending();
    await everythingTold();
    clock.stopAt(null);
    const sent = (await NotificationModel.findOne({ referralId: id, event: 'referral.sent' }).lean())!.at;
    const nextDay = (minutes: number) => new Date(sent.getTime() + day + minutes * 60_000);
    await timeIs(nextDay(-20));
    expect(await eventsOf(lead, id)).to.deep.equal([]);
    await timeIs(nextDay(1));
    await timeIs(nextDay(40));
    expect(await eventsOf(lead, id)).to.deep.equal(['escalated']);
    clock.stopAt(null);
    const { id: second } = await pending();
    await everythingTold();
    await partner.post('/api/notifications/read-all');
    await timeIs(nextDay(90));
    await timeIs(nextDay(200));
    expect(await eventsOf(lead, second)).to.deep.equal([]);
  });

  it('lets one of two processes do a job, and whoever comes next take up what a stop left', async () => {
    let runs = 0;
    let stops = true;
    const job: Job = {
      name: 'test.once',
      everyMinutes: 10,
      async run() {
        runs += 1;
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (stops) throw new Error('cut short');
        return 1;
      },
    };
    const moment = at(0);
    await Promise.all([runDueJobs([job], moment), runDueJobs([job], moment)]);
    expect(runs).to.be.greaterThan(0);
    expect((await JobModel.findOne({ _id: job.name }).lean())!.lastRunAt, 'not done').to.equal(null);
    runs = 0;
    stops = false;
    await Promise.all([runDueJobs([job], at(0, 1)), runDueJobs([job], at(0, 1))]);
    expect(runs).to.equal(1);
    await runDueJobs([job], at(0, 5));
    expect(runs, 'not due').to.equal(1);
    // A process that died while it held the job.
    await JobModel.updateOne({ _id: job.name }, { $set: { nextAt: at(0), heldUntil: at(0, 20) } });
    await runDueJobs([job], at(0, 19));
    expect(runs, 'still held').to.equal(1);
    await runDueJobs([job], at(0, 21));
    expect(runs).to.equal(2);
  });

  it('lets nobody else begin a job that takes long, and holds it no longer than it runs', async () => {
    const _id = 'test.long';
    const now = new Date();
    const state = async () => (await JobModel.findOne({ _id }).lean())!.heldUntil.getTime() - Date.now();
    await JobModel.create({
      _id,
      nextAt: now,
      heldUntil: new Date(now.getTime() + 1_000),
      holder: 'this run',
    });
    const letGo = holdOn(_id, 'this run', now, 20);
    for (let tries = 0; tries < 100 && (await state()) < 60_000; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await state()).to.be.within(9 * 60_000, 10 * 60_000);
    // The run has ended; one renewal more is just on its way.
    await JobModel.updateOne({ _id }, { $set: { heldUntil: now, holder: null } });
    await new Promise((resolve) => setTimeout(resolve, 80));
    letGo();
    expect(await state()).to.be.lessThan(0);
  });

  it('gives back what a stop will not wait for, and takes over at once from a process that is known to be dead', async () => {
    let runs = 0;
    const ends: (() => void)[] = [];
    const job: Job = {
      name: 'test.cut',
      everyMinutes: 10,
      async run() {
        runs += 1;
        if (runs < 3) await new Promise<void>((resolve) => ends.push(resolve));
        return runs;
      },
    };
    const state = async () => (await JobModel.findOne({ _id: job.name }).lean())!;
    const begun = async (count: number) => {
      while (runs < count) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const first = runDueJobs([job], at(0));
    await begun(1);
    await runDueJobs([job], at(0, 1));
    expect(runs, 'held by a process that lives').to.equal(1);
    await giveJobsBack();
    const second = runDueJobs([job], at(0, 1));
    await begun(2);
    const held = await state();
    ends[0]!();
    await first;
    expect(await state(), 'the run that was cut changes nothing').to.deep.equal(held);

    // Its process was killed while it had it.
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    await JobModel.updateOne({ _id: job.name }, { $set: { 'process.pid': dead.pid } });
    await runDueJobs([job], at(0, 2));
    expect(runs, 'on Linux alone is it known').to.equal(process.platform === 'linux' ? 3 : 2);
    ends[1]!();
    await second;
    const { lastDone, holder, heldUntil } = await state();
    expect([lastDone, holder, heldUntil.getTime()]).to.deep.equal([3, null, 0]);
  });

  it('makes up for what a stop between a save and its telling left untold, without telling twice', async () => {
    const { id } = await pending();
    await everythingTold();
    await NotificationModel.deleteMany({});
    await timeIs(new Date());
    await timeIs(new Date(Date.now() + 2 * 60_000));
    expect(await eventsOf(partner, id)).to.deep.equal(['referral.sent']);
  });

  it('finishes a transfer that a stop cut in half', async () => {
    const caseId = await logged(activist);
    await consented(activist, caseId, recipient);
    const input = referralInput(recipient, { kind: 'transfer' });
    await activist.post(`/api/cases/${caseId}/referrals`, input);
    await ReferralModel.updateOne(
      { _id: input.id },
      { $set: { status: 'accepted', worker: partner.id, leadPending: true }, $inc: { version: 1 } },
    );
    await timeIs(at(0));
    expect((await CaseModel.findOne({ _id: caseId }).lean())!.lead).to.equal(partner.id);
    expect((await partner.get(`/api/cases/${caseId}`)).status).to.equal(200);
    expect((await ReferralModel.findOne({ _id: input.id }).lean())!.leadPending).to.equal(false);
  });

  describe('Mails', () => {
    const choose = (person: Person, input: unknown) => person.put('/api/notification-choices', input);
    const mails = () => readOutbox(server.env.DATA_DIR);

    it('go at once, in the morning, after quiet hours or not at all, as each person chose', async () => {
      const colleague = await server.as('cso_member', { organisation: recipient });
      const quiet = await server.as('cso_member', { organisation: recipient });
      const off = await server.as('cso_member', { organisation: recipient });
      await choose(partner, { events: { 'referral.sent': 'mail' }, quiet: null });
      await choose(colleague, { events: { 'referral.sent': 'digest' }, quiet: null });
      await choose(quiet, { events: { 'referral.sent': 'mail' }, quiet: { from: '11:00', to: '15:00' } });
      await choose(off, { events: { 'referral.sent': 'off' }, quiet: null });
      clock.stopAt(at(0));
      const { caseId, id } = await pending({ replyBy: dayOf(at(10)) });
      await everythingTold();
      const { reference } = (await CaseModel.findOne({ _id: caseId }).lean())!;
      const sentBy = async (moment: Date) => {
        await timeIs(moment);
        return mails().length;
      };
      expect(await sentBy(at(0, 1))).to.equal(1);
      expect(await sentBy(at(0, 3))).to.equal(1);
      expect(await sentBy(at(0, 200)), 'after quiet hours').to.equal(2);
      expect(await sentBy(at(1, -300 + 60)), 'in the morning').to.equal(3);
      expect(await sentBy(at(2))).to.equal(3);
      for (const { text, subject } of mails()) {
        expect(text).to.include(`${reference}: you are asked for help`);
        expect(text + subject).not.to.include('No water');
      }
      expect(await eventsOf(off, id)).to.deep.equal([]);
    });

    it('are spared to who has read it in the page', async () => {
      await choose(partner, { events: { 'referral.sent': 'digest' }, quiet: null });
      clock.stopAt(at(0));
      await pending({ replyBy: dayOf(at(10)) });
      await everythingTold();
      await partner.post('/api/notifications/read-all');
      await timeIs(at(1));
      expect(mails()).to.deep.equal([]);
    });

    it('know quiet hours over midnight', () => {
      const night = { from: '22:00', to: '07:00' };
      const moment = (time: string) => new Date(`2026-01-15T${time}:00+01:00`);
      expect(afterQuiet(moment('23:30'), night)).to.deep.equal(new Date('2026-01-16T07:00:00+01:00'));
      expect(afterQuiet(moment('03:00'), night)).to.deep.equal(moment('07:00'));
      expect(afterQuiet(moment('12:00'), night)).to.deep.equal(moment('12:00'));
      expect(afterQuiet(moment('07:00'), night)).to.deep.equal(moment('07:00'));
    });
  });
});
