// Duty: the retention clock over a real database: what is due goes everywhere and once, what is not stays whole; holds, rules, crashes, two runners.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { clock, dayAfter, dayOf, monthsAfter } from '../server/clock.ts';
import { CampaignModel } from '../server/features/campaigns/campaigns.model.ts';
import { catchUpCaseIndex } from '../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { wholeAndClosed } from '../server/features/cases/retained.queries.ts';
import { IdentityModel } from '../server/features/identities/identities.model.ts';
import { LetterModel } from '../server/features/institutions/letters.model.ts';
import { NotificationModel } from '../server/features/notifications/notifications.model.ts';
import { ReferralModel } from '../server/features/referrals/referrals.model.ts';
import { anonymiseDue } from '../server/features/retention/anonymise.commands.ts';
import { dueDay } from '../server/features/retention/dueDays.ts';
import type { RetentionAnswer } from '../shared/retention.ts';
import { auditEntries } from './support/audit.ts';
import { moved, pageOf } from './support/cases.ts';
import { plantedTraces } from './support/consents.ts';
import { open } from './support/identities.ts';
import { organisation } from './support/referrals.ts';
import {
  closedCase,
  closedCaseWithEverything,
  momentAfter,
  type Told,
  whisper,
} from './support/retention.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

describe('The retention clock', function () {
  this.timeout(30_000);
  let server: TestServer;
  let lead: Person;
  let coordinator: Person;
  let administrator: Person;
  let activist: Person;
  let partner: Person;
  let recipient: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    lead = await server.as('team_lead');
    activist = await server.as('activist');
    coordinator = await server.as('coordinator');
    administrator = await server.as('administrator');
    partner = await server.as('cso_member', { organisation: recipient });
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  afterEach(async () => {
    clock.stopAt(null);
    // What is still due after a test is nobody else's.
    await CaseModel.deleteMany({ anonymisedAt: null });
  });

  const isWhole = async (id: string) => (await CaseModel.findById(id).lean())!.anonymisedAt == null;
  const everything = () => closedCaseWithEverything({ lead, coordinator, partner, recipient });
  const overview = async (by: Person) => (await by.get<RetentionAnswer>('/api/retention')).body;
  const hold = (by: Person, id: string, until: string, reason = 'court') =>
    by.put(`/api/cases/${id}/hold`, { reason, until });

  /** Names of collections in which something of the case is still to be read. */
  async function leftIn(): Promise<string[]> {
    const database = mongoose.connection.db!;
    const found: string[] = [];
    for (const { name } of await database.listCollections().toArray()) {
      const dump = JSON.stringify(await database.collection(name).find().toArray()).toLowerCase();
      for (const trace of [whisper, ...plantedTraces])
        if (dump.includes(trace.toLowerCase())) found.push(`${name}: ${trace}`);
    }
    return found;
  }
  const filesOf = (caseId: string) =>
    mongoose.connection.db!.collection('evidence.files').countDocuments({ 'metadata.owner.id': caseId });

  async function expectForgotten({ caseId, letterId }: Told): Promise<void> {
    expect(await leftIn()).to.deep.equal([]);
    expect(await IdentityModel.countDocuments({ _id: caseId })).to.equal(0);
    expect([await filesOf(caseId), await filesOf(letterId)]).to.deep.equal([0, 0]);
  }

  it('leaves a case alone for 24 months, and a day later forgets who it was about in every record', async () => {
    const told = await everything();
    const { caseId, referralId, letterId, campaignId } = told;
    const before = await pageOf(coordinator, caseId);
    expect(await leftIn()).to.include.members([
      `cases: ${whisper}`,
      `referrals: ${whisper}`,
      `letters: ${whisper}`,
      `campaigns: ${whisper}`,
    ]);
    expect(await filesOf(caseId)).to.equal(2);
    const countsBefore = (await coordinator.get('/api/cases/counts?municipality=ferizaj')).body;
    const figuresBefore = await ofFigures(caseId, referralId);

    expect(await anonymiseDue(momentAfter(24))).to.equal(0);
    expect(await isWhole(caseId)).to.equal(true);
    const heard = await listen(activist);
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(1);
    await expectForgotten(told);

    const page = await pageOf(coordinator, caseId);
    expect(page.anonymisedAt).to.equal(momentAfter(24, 1).toISOString());
    expect(page).to.deep.include({
      reference: before.reference,
      theme: 'housing',
      subTheme: before.subTheme,
      municipality: 'ferizaj',
      settlement: null,
      precision: 'municipality',
      status: 'closed',
      outcome: 'partly_achieved',
      confirmedBy: 'person',
      people: before.people,
      loggedAt: before.loggedAt,
      closedAt: before.closedAt,
      campaigns: [campaignId],
      notes: [],
      evidence: [],
      plan: [],
    });
    expect(page.history.map(({ what }) => what)).to.deep.equal([
      ...before.history.map(({ what }) => what),
      'anonymised',
    ]);
    expect(heard.filter(([, { id }]) => id === caseId).map(([name]) => name)).to.include.members([
      'case.changed',
      'case.anonymised',
      'identity.changed',
    ]);
    expect(heard.map(([, { id }]) => id)).to.include.members([referralId, letterId, campaignId]);
    expect((await coordinator.get('/api/cases/counts?municipality=ferizaj')).body).to.deep.equal(
      countsBefore,
    );
    expect(await ofFigures(caseId, referralId)).to.deep.equal(figuresBefore);
    await catchUpCaseIndex();
    for (const words of [whisper, `${whisper} story`])
      expect((await coordinator.get(`/api/cases?q=${encodeURIComponent(words)}`)).body.total).to.equal(0);
    expect((await coordinator.get(`/api/cases?q=${before.reference}`)).body.data[0].title).to.equal('—');
    for (const path of [
      `/api/referrals/${referralId}`,
      `/api/letters/${letterId}`,
      `/api/campaigns/${campaignId}/uses`,
    ]) {
      const answer = await coordinator.get(path);
      expect([answer.status, answer.text.includes(whisper)], path).to.deep.equal([200, false]);
    }
    expect((await open(coordinator, caseId)).status).to.equal(404);
  });

  it('lets nothing come back to what was anonymised: no reopening, note, file, name, consent or word', async () => {
    const { caseId, referralId, letterId } = await everything();
    await anonymiseDue(momentAfter(24, 1));
    const { version, reference } = await pageOf(lead, caseId);
    const tries = {
      reopen: lead.post(`/api/cases/${caseId}/moves`, { move: 'reopen', reason: 'x', version }),
      note: lead.post(`/api/cases/${caseId}/notes`, { id: caseId, text: 'x' }),
      revise: lead.patch(`/api/cases/${caseId}`, { version, title: 'x' }),
      hold: hold(lead, caseId, dayAfter(dayOf(new Date()), 5)),
      letter: lead.post(`/api/letters/${letterId}/moves`, {
        move: 'withdraw',
        reason: 'x',
        version: (await LetterModel.findById(letterId).lean())!.version,
      }),
    };
    for (const [what, answer] of Object.entries(tries)) expect((await answer).status, what).to.equal(409);
    const vault = await lead.put(`/api/cases/${caseId}/identity`, { version: 0, fields: { name: 'A Name' } });
    expect(vault.status).to.equal(403);
    const { abilities } = (await lead.get(`/api/cases/${caseId}`)).body;
    expect(Object.keys(abilities).filter((name) => abilities[name])).to.deep.equal(['linkIssue']);
    expect((await ReferralModel.findById(referralId).lean())!.link).to.equal(null);
    expect((await CaseModel.findById(caseId).lean())!.receiptHash).to.equal(null);
    expect(reference).to.match(/^FER-/);
    expect(await leftIn()).to.deep.equal([]);
  });

  it('counts anew from the last closing of a reopened case, and leaves those that are only resolved', async () => {
    const id = await closedCase(lead);
    const resolved = await closedCase(lead);
    await moved(lead, resolved, { move: 'reopen', reason: 'not so' });
    await moved(lead, resolved, { move: 'resolve', outcome: 'achieved', note: 'so' });
    await moved(lead, id, { move: 'reopen', reason: 'it came back' });
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(0);
    await moved(lead, id, { move: 'resolve', outcome: 'achieved', note: 'done' });
    clock.stopAt(momentAfter(6));
    await CaseModel.updateOne({ _id: id }, { $set: { status: 'closed', closedAt: clock.now() } });
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(0);
    expect(await anonymiseDue(momentAfter(30, 1))).to.equal(1);
    expect([await isWhole(id), await isWhole(resolved)]).to.deep.equal([false, true]);
  });

  it('goes by each theme’s own months; what is shortened counts after a week', async () => {
    const put = (months: number, version: number) =>
      administrator.put('/api/retention/rules/employment', { months, version });
    const work = await closedCase(lead, { theme: 'employment', subTheme: 'registration' });
    const home = await closedCase(lead);
    expect((await put(36, 0)).status).to.equal(200);
    expect((await put(12, 0)).body.error.code).to.equal('retention.stale');
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(1);
    expect([await isWhole(work), await isWhole(home)]).to.deep.equal([true, false]);
    const shorter = (await put(3, 1)).body.data;
    expect(shorter).to.deep.equal({
      theme: 'employment',
      months: 3,
      from: dayAfter(dayOf(new Date()), 7),
      monthsNow: 36,
      version: 2,
    });
    expect(await anonymiseDue(momentAfter(0))).to.equal(0);
    expect(await anonymiseDue(momentAfter(3))).to.equal(0);
    expect(await anonymiseDue(momentAfter(3, 1))).to.equal(1);
    const entries = (await auditEntries()).filter(({ route }) => route === 'retention.rule');
    expect(entries.map(({ by, about }) => [by, about])).to.deep.equal([
      [administrator.id, ['employment', '24', '36']],
      [administrator.id, ['employment', '36', '3']],
    ]);
    await put(24, 2);
  });

  it('finds the day: months by the calendar, a shortened rule not before its day, a hold and a week', () => {
    const closedAt = new Date('2026-01-31T12:00:00Z');
    const rule = { months: 1, from: null, earlier: null };
    expect(dueDay({ closedAt, hold: null }, rule)).to.equal('2026-03-01');
    expect(dueDay({ closedAt, hold: null }, { months: 24, from: null, earlier: null })).to.equal(
      '2028-02-01',
    );
    const shorter = { months: 3, from: '2026-09-10', earlier: 24 };
    expect(dueDay({ closedAt, hold: null }, shorter)).to.equal('2026-09-10');
    expect(dueDay({ closedAt, hold: null }, { ...shorter, earlier: 4 })).to.equal('2026-06-01');
    const held = { by: '', reason: 'court' as const, until: '2026-04-30', setAt: closedAt, endTold: false };
    expect(dueDay({ closedAt, hold: held }, rule)).to.equal('2026-05-08');
    expect(dueDay({ closedAt: null, hold: null }, rule)).to.equal(null);
  });

  it('erases nothing while a hold runs, tells its owner when it ends, and goes on a week later', async () => {
    const id = await closedCase(lead);
    const until = monthsAfter(dayOf(new Date()), 24);
    expect((await hold(activist, id, until)).status).to.equal(403);
    expect((await hold(partner, id, until)).status).to.equal(404);
    expect((await hold(lead, id, dayAfter(until, 1))).status).to.equal(422);
    expect((await hold(lead, id, dayAfter(dayOf(new Date()), -1))).status).to.equal(422);
    const set = await hold(lead, id, until);
    expect(set.body.data).to.deep.include({ dueOn: dayAfter(until, 8), anonymisedAt: null });
    expect(set.body.data.hold).to.deep.include({ reason: 'court', until });
    const told = () => NotificationModel.find({ caseId: id, event: 'case.holdEnded' }).lean();

    expect(await anonymiseDue(momentAfter(24))).to.equal(0);
    expect(await told()).to.deep.equal([]);
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(0);
    await anonymiseDue(momentAfter(24, 2));
    expect((await told()).map(({ user }) => user)).to.deep.equal([lead.id]);
    expect(await anonymiseDue(momentAfter(24, 7))).to.equal(0);
    expect(await isWhole(id)).to.equal(true);
    expect(await anonymiseDue(momentAfter(24, 8))).to.equal(1);
    expect(await isWhole(id)).to.equal(false);
  });

  it('goes on at once when a hold is lifted', async () => {
    const id = await closedCase(lead);
    await hold(coordinator, id, monthsAfter(dayOf(new Date()), 23));
    expect((await activist.delete(`/api/cases/${id}/hold`)).status).to.equal(403);
    const lifted = await lead.delete(`/api/cases/${id}/hold`);
    expect([lifted.status, lifted.body.data.hold, lifted.body.abilities]).to.deep.equal([
      200,
      null,
      { hold: true, liftHold: false },
    ]);
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(1);
    expect((await pageOf(lead, id)).history.map(({ what }) => what).slice(-3)).to.deep.equal([
      'held',
      'holdLifted',
      'anonymised',
    ]);
  });

  const steps = {
    'the vault': [IdentityModel, 'deleteOne'],
    'the referrals': [ReferralModel, 'updateOne'],
    'the letters': [LetterModel, 'updateOne'],
    'the campaigns': [CampaignModel, 'updateOne'],
  } as const;
  it('that is cut short before any of its steps is completed by later runs, and counted once', async () => {
    const told = await everything();
    const moment = (minutes: number) => new Date(momentAfter(24, 1).getTime() + minutes * 60_000);
    let minutes = 0;
    for (const [where, [model, method]] of Object.entries(steps)) {
      const spoilt = model as unknown as Record<string, unknown>;
      spoilt[method] = () => {
        throw new Error('The process is no more');
      };
      try {
        expect(await anonymiseDue(moment(minutes)), where).to.equal(0);
      } finally {
        delete spoilt[method];
      }
      expect((await CaseModel.findById(told.caseId).lean())!.erasurePending, where).to.equal(true);
      expect(await leftIn(), where).to.not.deep.equal([]);
      minutes += 15;
    }
    expect(await isWhole(told.caseId)).to.equal(false);
    expect(await anonymiseDue(moment(minutes))).to.equal(0);
    await expectForgotten(told);
    expect((await CaseModel.findById(told.caseId).lean())!.erasurePending).to.equal(undefined);
    const { runs } = (await overview(coordinator)).data;
    const run = runs.find(({ at }) => at === moment(0).toISOString())!;
    expect([run.anonymised.total, run.endedAt !== null]).to.deep.equal([1, true]);
  });

  it('erases again what a request that was under way put back', async () => {
    const { caseId } = await everything();
    await anonymiseDue(momentAfter(24, 1));
    await IdentityModel.create({ _id: caseId, version: 1, fields: {}, changedAt: new Date() });
    const soon = new Date(momentAfter(24, 1).getTime() + 11 * 60_000);
    await anonymiseDue(soon);
    expect(await IdentityModel.countDocuments({ _id: caseId })).to.equal(0);
    expect((await CaseModel.findById(caseId).lean())!.erasurePending).to.equal(undefined);
  });

  it('in two processes at once does each case once, and a third time nothing', async () => {
    const ids = [];
    for (let count = 0; count < 6; count += 1) ids.push(await closedCase(lead));
    const moment = momentAfter(24, 1);
    const done = await Promise.all([anonymiseDue(moment), anonymiseDue(new Date(moment.getTime() + 1))]);
    expect(done[0]! + done[1]!).to.equal(6);
    expect(await anonymiseDue(new Date(moment.getTime() + 2))).to.equal(0);
    for (const id of ids) {
      const { history } = await pageOf(lead, id);
      expect(history.filter(({ what }) => what === 'anonymised')).to.have.length(1);
    }
    const written = (await auditEntries()).filter(({ route }) => route === 'retention.anonymised');
    for (const id of ids) expect(written.filter((entry) => entry.ids.includes(id))).to.have.length(1);
  });

  describe('GET /api/retention', () => {
    it('tells coordinators which cases are held and due, and what each run did', async () => {
      const due = await closedCase(lead);
      const held = await closedCase(lead);
      const until = monthsAfter(dayOf(new Date()), 12);
      await hold(coordinator, held, until, 'person_asks');
      const before = (await overview(coordinator)).data;
      expect(before.dueCases).to.deep.equal([]);
      expect(before.heldCases).to.have.length(1);
      expect(before.heldCases![0]).to.deep.include({ id: held, reason: 'person_asks', until });
      expect(before.held).to.deep.equal({
        total: 1,
        byTheme: { housing: 1 },
        byMunicipality: { ferizaj: 1 },
      });
      await CaseModel.updateOne({ _id: due }, { $set: { closedAt: momentAfter(-24, 20) } });
      const soon = (await overview(coordinator)).data;
      expect(soon.dueSoon.total).to.equal(1);
      expect(soon.dueCases!.map(({ id, dueOn }) => [id, dueOn])).to.deep.equal([
        [due, dayAfter(dayOf(new Date()), 21)],
      ]);
      await anonymiseDue(momentAfter(0, 22));
      const [run] = (await overview(coordinator)).data.runs.filter(
        ({ at }) => at === momentAfter(0, 22).toISOString(),
      );
      expect(run!.anonymised).to.deep.equal({
        total: 1,
        byTheme: { housing: 1 },
        byMunicipality: { ferizaj: 1 },
      });
    });

    it('tells administrators numbers from five on, and no case', async () => {
      const some: string[] = [];
      for (let count = 0; count < 3; count += 1) some.push(await closedCase(lead));
      for (const id of some) await hold(coordinator, id, monthsAfter(dayOf(new Date()), 12));
      const few = await administrator.get('/api/retention');
      for (const id of some) expect(few.text).to.not.include(id);
      expect(few.text).to.not.match(/FER-20/);
      expect(few.body.data.held).to.deep.equal({ total: null, byTheme: null, byMunicipality: null });
      expect([few.body.data.heldCases, few.body.data.dueCases]).to.deep.equal([null, null]);
      for (let count = 0; count < 2; count += 1)
        await hold(coordinator, await closedCase(lead), monthsAfter(dayOf(new Date()), 12));
      const enough = (await overview(administrator)).data;
      expect(enough.held).to.deep.equal({
        total: 5,
        byTheme: { housing: 5 },
        byMunicipality: { ferizaj: 5 },
      });
      expect(enough.dueSoon).to.deep.equal({ total: 0, byTheme: {}, byMunicipality: {} });
    });

    it('is not there for anybody else, and its rules are the administrator’s alone to set', async () => {
      const funder = await server.as('funder');
      for (const person of [lead, activist, partner, funder]) {
        expect((await person.get('/api/retention')).status).to.equal(404);
        const answer = await person.put('/api/retention/rules/housing', { months: 12, version: 0 });
        expect(answer.status).to.equal(404);
      }
      const refused = await coordinator.put('/api/retention/rules/housing', { months: 12, version: 0 });
      expect(refused.status).to.equal(403);
      for (const months of [2, 121, 12.5, '24'])
        expect(
          (await administrator.put('/api/retention/rules/housing', { months, version: 0 })).status,
        ).to.equal(422);
      const { rules } = (await overview(administrator)).data;
      expect(rules.map(({ theme, months }) => [theme, months])).to.deep.include(['housing', 24]);
    });
  });

  describe('GET /api/cases/:id/retention', () => {
    it('tells whoever sees the case until when it is kept, and nobody else', async () => {
      const id = await closedCase(lead);
      const { data, abilities } = (await activist.get(`/api/cases/${id}/retention`)).body;
      expect(data).to.deep.equal({
        caseId: id,
        months: 24,
        dueOn: dayAfter(monthsAfter(dayOf(new Date()), 24), 1),
        hold: null,
        anonymisedAt: null,
      });
      expect(abilities).to.deep.equal({ hold: false, liftHold: false });
      for (const person of [administrator, partner, await server.as('activist', { municipality: 'peja' })])
        expect((await person.get(`/api/cases/${id}/retention`)).status).to.equal(404);
    });
  });

  async function listen(person: Person): Promise<[string, { id: string }][]> {
    const heard: [string, { id: string }][] = [];
    (await person.socket()).onAny((_, ...change) => heard.push(change as (typeof heard)[number]));
    return heard;
  }

  /** All that figures are counted from. */
  async function ofFigures(caseId: string, referralId: string) {
    const { theme, municipality, people, status, confirmedBy, loggedAt, startedAt, history } =
      (await CaseModel.findById(caseId).lean())!;
    const referral = (await ReferralModel.findById(referralId).lean())!;
    const moves = (entries: { move?: string; at: Date }[]) =>
      entries.filter(({ move }) => move).map(({ move, at }) => [move, at]);
    return {
      case: { theme, municipality, people, status, confirmedBy, loggedAt, startedAt },
      moves: moves(history),
      referral: [
        referral.kind,
        referral.status,
        referral.replyBy,
        referral.sentAt,
        referral.endedAt,
        referral.received,
      ],
      answers: moves(referral.history),
    };
  }

  it('reads whole cases alone when it looks for what is due, however many were anonymised before', async () => {
    const ids = [await closedCase(lead), await closedCase(lead), await closedCase(lead)];
    const { theme, closedAt } = (await CaseModel.findById(ids[0]).lean())!;
    await CaseModel.updateMany({ _id: { $in: ids.slice(0, 2) } }, { $set: { anonymisedAt: closedAt } });
    const question = wholeAndClosed(theme, new Date(0), momentAfter(24, 1));
    const { executionStats } = await CaseModel.collection.find(question as never).explain('executionStats');
    expect(executionStats).to.deep.include({ nReturned: 1, totalDocsExamined: 1 });
  });
});
