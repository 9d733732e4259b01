// Duty: what days do to commitments, with a clock of our own: nothing missed, nothing twice, with two runners and a stop in the middle; filters by indexes.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { settingsOf } from '../server/app.ts';
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { ringCommitments } from '../server/features/commitments/clockwork.commands.ts';
import { CommitmentModel } from '../server/features/commitments/commitments.model.ts';
import { flagQuestion } from '../server/features/commitments/commitments.queries.ts';
import { NotificationModel } from '../server/features/notifications/notifications.model.ts';
import { everythingTold } from '../server/features/notifications/telling.commands.ts';
import { JobModel } from '../server/jobs/jobs.model.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { type Job, runDueJobs } from '../server/jobs/runner.ts';
import { flagsOf, proposedRung, type Standing } from '../shared/commitmentFlags.ts';
import { commitmentFlags, completions } from '../shared/commitmentLists.ts';
import { campaignOf, proposed } from './support/campaigns.ts';
import { check, inDays, movedCommitment, recorded } from './support/commitments.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

describe('Days and commitments', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;
  let jobs: readonly Job[];
  let noon: number;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    partner = await server.as('cso_member');
    jobs = allJobs(settingsOf(server.env));
    noon = Date.parse(`${inDays(1)}T11:00:00Z`);
  });
  afterEach(async () => {
    clock.stopAt(null);
    // The next test begins before the days of this one.
    await JobModel.deleteMany({});
  });
  after(() => server.stop());

  const at = (days: number, minutes = 0) => new Date(noon + (days - 1) * 86_400_000 + minutes * 60_000);
  async function timeIs(moment: Date) {
    clock.stopAt(moment);
    await runDueJobs(jobs, moment);
    await everythingTold();
  }
  const eventsOf = async (id: string) =>
    (await CommitmentModel.findOne({ _id: id }).lean())!.history
      .filter(({ by }) => by === null)
      .map(({ event }) => event);
  const noticesOf = async (person: Person, id: string) =>
    (await NotificationModel.find({ user: person.id, 'subject.id': id }).lean())
      .map(({ event }) => event)
      .sort();

  it('tells of a passed day, a due check and 90 days of silence, each once, whatever runs how often', async () => {
    const id = await recorded(coordinator, { dueOn: inDays(10), nextCheckOn: inDays(20) });
    const proposal = await recorded(activist, { dueOn: inDays(10) });
    for (let day = 1; day <= 10; day += 3) await timeIs(at(day));
    expect(await eventsOf(id)).to.deep.equal([]);
    // Two runners at the same moment, then the jobs over and over.
    clock.stopAt(at(11));
    const rung = await Promise.all([ringCommitments(at(11)), ringCommitments(at(11))]);
    expect(rung[0] + rung[1]).to.equal(1);
    for (const minutes of [0, 20, 40]) await timeIs(at(11, minutes));
    expect(await eventsOf(id)).to.deep.equal(['due_passed']);
    // Nobody ran anything for weeks.
    await timeIs(at(40));
    await timeIs(at(40, 20));
    expect(await eventsOf(id)).to.deep.equal(['due_passed', 'check_due']);
    await timeIs(at(90));
    expect(await eventsOf(id)).to.have.length(2);
    await Promise.all([timeIs(at(91)), timeIs(at(91))]);
    await timeIs(at(200));
    expect(await eventsOf(id)).to.deep.equal(['due_passed', 'check_due', 'went_stale']);
    expect(await eventsOf(proposal)).to.deep.equal([]);
    const { history } = (await CommitmentModel.findOne({ _id: id }).lean())!;
    expect(history.find(({ event }) => event === 'due_passed')!.to).to.equal('reminder');
    const told = await noticesOf(coordinator, id);
    expect(told).to.deep.equal(['commitment.checkDue', 'commitment.overdue', 'commitment.stale']);
  }).timeout(60_000);

  it('rings again for a day that was moved and a check that was planned anew, and not for what is closed', async () => {
    const id = await recorded(coordinator, { dueOn: inDays(3) });
    await timeIs(at(4));
    await movedCommitment(coordinator, id, { move: 'deadline', dueOn: inDays(30), reason: 'x' });
    await movedCommitment(partner, id, check('no_evidence', [], { nextCheckOn: inDays(15) }));
    await timeIs(at(15));
    await timeIs(at(31));
    expect(await eventsOf(id)).to.deep.equal(['due_passed', 'check_due', 'due_passed']);
    expect(await noticesOf(partner, id)).to.deep.equal(['commitment.checkDue']);
    const closed = await recorded(coordinator, { dueOn: dayAfter(dayOf(clock.now()), 3) });
    await movedCommitment(coordinator, closed, { move: 'close', closedAs: 'lapsed', reason: 'x' });
    await timeIs(at(60));
    expect(await eventsOf(closed)).to.deep.equal([]);
  });

  it('tells the team of the campaign, and makes up for a stop between the event and its telling', async () => {
    const campaign = await proposed(coordinator);
    const { version } = await campaignOf(coordinator, campaign);
    const joined = await coordinator.patch(`/api/campaigns/${campaign}`, { version, team: [activist.id] });
    expect(joined.status, joined.text).to.equal(200);
    const id = await recorded(coordinator, { campaignIds: [campaign], dueOn: inDays(2) });
    clock.stopAt(at(3));
    await ringCommitments(at(3));
    await everythingTold();
    await NotificationModel.deleteMany({ 'subject.id': id });
    await timeIs(at(3, 2));
    expect(await noticesOf(activist, id)).to.deep.equal(['commitment.overdue']);
    expect(await noticesOf(coordinator, id)).to.deep.equal(['commitment.overdue']);
    await timeIs(at(3, 30));
    expect(await noticesOf(coordinator, id)).to.have.length(1);
  });

  it('proposes the next rung by the days that passed, offices of a municipality only where there is one', () => {
    const open = { status: 'open', dueOn: '2026-01-01' } as const;
    const rungs = (municipal: boolean) =>
      [0, 1, 15, 30, 60, 90].map((days) =>
        proposedRung(open, { municipal, today: dayAfter('2026-01-01', days) }),
      );
    expect(rungs(true)).to.deep.equal([
      null,
      'reminder',
      'communities_office',
      'deputy_mayor',
      'ombudsperson',
      'public',
    ]);
    expect(rungs(false)).to.deep.equal([null, 'reminder', 'reminder', 'reminder', 'ombudsperson', 'public']);
    expect(
      proposedRung({ status: 'closed', dueOn: '2026-01-01' }, { municipal: true, today: '2026-05-01' }),
    ).to.equal(null);
  });

  it('asks the database for exactly what the shared rules say, by indexes alone', async () => {
    await CommitmentModel.deleteMany({});
    const today = '2026-06-15';
    const dues = ['2026-06-14', '2026-06-15', '2026-07-15', '2026-07-16', null];
    const points = [null, ...completions];
    const standings: Standing[] = [];
    for (const status of ['proposed', 'open', 'closed'] as const)
      for (const closedAs of status === 'closed' ? (['complete', 'lapsed', 'broken'] as const) : [null])
        for (const dueOn of dues)
          for (const authorityReported of points)
            for (const verified of points)
              standings.push({
                status,
                closedAs,
                dueOn,
                authorityReported,
                verified,
                lookedAtOn: verified === 'limited' ? '2026-03-16' : '2026-03-17',
              });
    await CommitmentModel.collection.insertMany(
      standings.map((standing, at) => ({
        ...standing,
        _id: `s${at}` as never,
        reference: `COM-0-${at}`,
        dueOn: standing.dueOn ?? '9999-12-31',
      })),
    );
    for (const flag of commitmentFlags) {
      const question = flagQuestion(flag, today);
      const found = await CommitmentModel.find(question, { _id: 1 }).lean();
      const expected = standings.flatMap((standing, at) =>
        flagsOf(standing, today).includes(flag) ? [`s${at}`] : [],
      );
      expect(found.map(({ _id }) => _id).sort(), flag).to.deep.equal(expected.sort());
      const plan = await mongoose.connection
        .db!.collection('commitments')
        .find(question as never)
        .explain('executionStats');
      expect(JSON.stringify(plan), flag).not.to.include('COLLSCAN');
      expect(plan.executionStats.totalDocsExamined, flag).to.be.lessThan(standings.length);
    }
  });
});
