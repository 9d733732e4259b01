// Duty: a simulated year of letters under a clock of our own: holidays, extensions, two processes, a restart in the middle. No event missed, none twice.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { settingsOf } from '../server/app.ts';
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { HolidayModel } from '../server/features/institutions/institutions.model.ts';
import { LetterModel } from '../server/features/institutions/letters.model.ts';
import { NotificationModel } from '../server/features/notifications/notifications.model.ts';
import { everythingTold } from '../server/features/notifications/telling.commands.ts';
import { JobModel } from '../server/jobs/jobs.model.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { type Job, runDueJobs } from '../server/jobs/runner.ts';
import type { LetterPage } from '../shared/letters.ts';
import { type ClockProcess, startClockProcess } from './support/clockProcess.ts';
import { testFolder } from './support/database.ts';
import { drafted, letterOf, movedLetter } from './support/letters.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const noonOf = (day: string) => new Date(`${day}T11:00:00Z`);
const holidays2026 = ['2026-02-17', '2026-04-06', '2026-04-09', '2026-05-01', '2026-06-15'];
/** Counted by hand's rule, day by day, apart from the code under test. */
function lastDay(sentOn: string, days: number, working: boolean, free: readonly string[]): string {
  const closed = (day: string) => [0, 6].includes(noonOf(day).getUTCDay()) || free.includes(day);
  let day = sentOn;
  let left = days;
  while (left > 0) {
    day = dayAfter(day, 1);
    if (!working || !closed(day)) left -= 1;
  }
  while (closed(day)) day = dayAfter(day, 1);
  return day;
}

interface Plan {
  id: string;
  sentOn: string;
  working: boolean;
  /** Whether they extend on the third day, and after how many days they answer. */
  extends: boolean;
  answersAfter: number | null;
}

describe('A year of letters', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let administrator: Person;
  let jobs: readonly Job[];
  let other: ClockProcess;

  before(async () => {
    server = await startTestServer();
    clock.stopAt(noonOf('2026-01-02'));
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    administrator = await server.as('administrator');
    jobs = allJobs({ ...settingsOf(server.env), backup: null }).filter(({ name }) =>
      /^(letters\.silence|notifications\.(letters|missed))$/.test(name),
    );
    const names = { sq: 'Festë', sr: 'Praznik', en: 'Holiday' };
    await HolidayModel.deleteMany({});
    for (const year of ['2026', '2027']) {
      const days = year === '2026' ? holidays2026.map((day) => ({ day, names, sure: true })) : [];
      expect((await administrator.put(`/api/holidays/${year}`, { version: 0, days })).status).to.equal(200);
    }
    const rule = {
      version: 0,
      days: 10,
      dayKind: 'working',
      extensionDays: 0,
      silence: 'nothing',
      law: { sq: 'Ligji', sr: 'Zakon', en: 'Law' },
      checked: true,
    };
    expect((await administrator.put('/api/reply-rules/request', rule)).status).to.equal(200);
    other = await startClockProcess(testFolder, mongoose.connection.name);
  });
  after(async () => {
    await other.kill();
    clock.stopAt(null);
    await server.stop();
  });

  it('ends each letter on its day: silent the day after the last, once, told once; answered ones never', async () => {
    const plans: Plan[] = [];
    const fellOn = new Map<string, string>();
    const names = jobs.map(({ name }) => name);
    let day = '2026-01-05';
    for (let at = 0; at < 365; at += 1, day = dayAfter(day, 1)) {
      clock.stopAt(noonOf(day));
      if (at % 12 === 0 && at < 320) plans.push(await write(plans.length, day));
      for (const plan of plans) await follow(plan, day);
      // A machine that stood still for nine days in spring, and another for three in autumn.
      const standsStill = (at >= 100 && at < 109) || (at >= 250 && at < 253);
      if (standsStill) continue;
      if (at === 109) await diesHoldingTheJob(noonOf(day));
      // Two processes look at the same moment; the second a little later as well.
      // The other one is cut off in the middle of the year, and another comes in its place.
      if (at === 180) {
        await other.kill();
        other = await startClockProcess(testFolder, mongoose.connection.name);
      }
      await Promise.all([runDueJobs(jobs, noonOf(day)), other.ring(noonOf(day), names)]);
      if (at % 4 === 1) {
        const later = new Date(noonOf(day).getTime() + 16 * 60_000);
        clock.stopAt(later);
        await other.ring(later, names);
      }
      await everythingTold();
      for (const { _id } of await LetterModel.find({ status: 'silent' }, { _id: 1 }).lean())
        if (!fellOn.has(_id)) fellOn.set(_id, day);
    }
    expect(plans.length).to.be.greaterThan(25);
    let silences = 0;
    for (const plan of plans) silences += await check(plan, await letterOf(activist, plan.id), fellOn);
    expect(silences).to.be.greaterThan(8);
    expect(silences).to.be.lessThan(plans.length);
  }).timeout(240_000);

  async function write(number: number, day: string): Promise<Plan> {
    const working = number % 2 === 0;
    const id = await drafted(activist, { kind: working ? 'request' : 'access_to_documents' });
    await movedLetter(activist, id, { move: 'send', on: day, way: 'email' });
    return {
      id,
      sentOn: day,
      working,
      extends: !working && number % 3 === 0,
      answersAfter: [null, 4, 12, null, 40][number % 5]!,
    };
  }

  async function follow(plan: Plan, day: string): Promise<void> {
    if (plan.extends && day === dayAfter(plan.sentOn, 3))
      await movedLetter(activist, plan.id, { move: 'extend', on: day });
    if (plan.answersAfter !== null && day === dayAfter(plan.sentOn, plan.answersAfter))
      await movedLetter(activist, plan.id, { move: 'answer', on: day, summary: 'Po' });
  }

  /** As if the process that had the job was killed in the middle of it. */
  async function diesHoldingTheJob(now: Date): Promise<void> {
    await JobModel.updateOne(
      { _id: 'letters.silence' },
      { $set: { heldUntil: new Date(now.getTime() + 10 * 60_000), nextAt: now } },
    );
  }

  async function check(plan: Plan, letter: LetterPage, fellOn: Map<string, string>): Promise<number> {
    const last = lastDay(plan.sentOn, plan.working ? 10 : plan.extends ? 22 : 7, plan.working, holidays2026);
    const answered = plan.answersAfter === null ? null : dayAfter(plan.sentOn, plan.answersAfter);
    const inTime = answered !== null && answered <= last;
    const falls = letter.history.filter(({ move }) => move === 'fall_silent');
    const what = `${plan.sentOn} ${plan.working ? 'working' : 'calendar'} → ${last}, answered ${answered}`;
    const told = await NotificationModel.find({ 'subject.id': plan.id }).lean();
    const toldTo = (person: Person, event: string) =>
      told.filter((one) => one.user === person.id && one.event === event).length;
    if (inTime) {
      // During a stand-still an answer may be entered before the clock looks: never a silence then.
      expect(falls, what).to.have.length(0);
      expect(letter.silentOn, what).to.equal(null);
    } else {
      expect(falls, what).to.have.length(1);
      expect(falls[0]!.on, what).to.equal(dayAfter(last, 1));
      expect(letter.silentOn, what).to.equal(dayAfter(last, 1));
      const seen = fellOn.get(plan.id)!;
      const still = ['2026-04-15', '2026-09-12'].some(
        (from) => last >= dayAfter(from, -1) && last <= dayAfter(from, 9),
      );
      if (!still) expect(seen, what).to.equal(dayAfter(last, 1));
    }
    for (const person of [activist, lead]) {
      expect(toldTo(person, 'letter.silent'), `${what}: silent`).to.equal(inTime ? 0 : 1);
      expect(toldTo(person, 'letter.dueSoon'), `${what}: due soon`).to.be.at.most(2);
    }
    expect(letter.status, what).to.equal(answered ? 'answered' : 'silent');
    return falls.length;
  }

  it('moves running clocks when a holiday is entered late, and lets nobody fall silent on the old day', async () => {
    clock.stopAt(noonOf('2027-03-01'));
    const id = await drafted(activist, { kind: 'request' });
    await movedLetter(activist, id, { move: 'send', on: '2027-03-01', way: 'post' });
    expect((await letterOf(activist, id)).dueOn).to.equal('2027-03-15');
    const names = { sq: 'Bajram', sr: 'Bajram', en: 'Eid' };
    const days = [{ day: '2027-03-10', names, sure: true }];
    // The list alone, as if the process stopped before it moved the clocks.
    await HolidayModel.updateOne({ _id: '2027' }, { $set: { days, version: 2 } });
    const next = noonOf('2027-03-16');
    clock.stopAt(next);
    await runDueJobs(jobs, next);
    const moved = await letterOf(activist, id);
    expect(moved.status).to.equal('sent');
    expect(moved.dueOn).to.equal('2027-03-16');
    clock.stopAt(noonOf('2027-03-17'));
    await runDueJobs(jobs, noonOf('2027-03-17'));
    expect((await letterOf(activist, id)).silentOn).to.equal('2027-03-17');
    expect(dayOf(clock.now())).to.equal('2027-03-17');
  });
});
