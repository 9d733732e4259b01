// Duty: campaigns over the API: propose, plan, demand, act, decide, move, close; what is refused; two people at once; the calendar link.
import { expect } from 'chai';
import ICAL from 'ical.js';
import sharp from 'sharp';
import { CampaignModel } from '../../server/features/campaigns/campaigns.model.ts';
import { countPromisesWith } from '../../server/features/campaigns/promises.commands.ts';
import { newId } from '../../shared/api.ts';
import {
  actionInput,
  activeCampaign,
  added,
  campaignInput,
  campaignOf,
  copied,
  copiesOf,
  demandInput,
  milestoneInput,
  moveCampaign,
  movedCampaign,
  planInput,
  proposed,
  refusal,
} from '../support/campaigns.ts';
import { inDays } from '../support/cases.ts';
import { issueMade } from '../support/issues.ts';
import { organisation } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Campaigns', () => {
  let server: TestServer;
  let coordinator: Person;
  let other: Person;
  let activist: Person;
  let partner: Person;
  let partnerOrganisation: string;

  before(async () => {
    server = await startTestServer();
    partnerOrganisation = await organisation();
    coordinator = await server.as('coordinator', { name: 'Coordinator One' });
    other = await server.as('coordinator', { name: 'Coordinator Two' });
    activist = await server.as('activist');
    partner = await server.as('cso_member', { organisation: partnerOrganisation });
  });
  after(() => server.stop());

  const demand = (id: string, changes = {}) =>
    coordinator.post(`/api/campaigns/${id}/demands`, demandInput(changes));

  describe('POST /api/campaigns', () => {
    it('proposes once however often it is repeated, and numbers two at once differently', async () => {
      const input = campaignInput();
      const first = await coordinator.post('/api/campaigns', input);
      expect(first.status).to.equal(201);
      expect(first.body.data).to.include({ stage: 'proposed', version: 1 });
      expect(first.body.data.reference).to.match(/^CAM-\d{4}-\d{4}$/);
      expect((await coordinator.post('/api/campaigns', input)).status).to.equal(200);
      expect((await other.post('/api/campaigns', input)).body.error.code).to.equal('id.taken');
      const made = await Promise.all(
        [0, 1, 2].map(() => coordinator.post('/api/campaigns', campaignInput())),
      );
      expect(new Set(made.map(({ body }) => body.data.reference)).size).to.equal(3);
    });

    it('is the coordinator’s alone', async () => {
      expect((await activist.post('/api/campaigns', campaignInput())).status).to.equal(403);
      const lead = await server.as('team_lead');
      expect((await lead.post('/api/campaigns', campaignInput())).status).to.equal(403);
      expect((await partner.post('/api/campaigns', campaignInput())).status).to.equal(403);
      for (const role of ['funder', 'administrator'] as const)
        expect((await (await server.as(role)).post('/api/campaigns', campaignInput())).status).to.equal(404);
    });
  });

  describe('POST /api/campaigns/:id/moves', () => {
    it('when planning lacks issue, place or reason, answers 422 and moves nothing', async () => {
      const id = await proposed(coordinator);
      const issue = await issueMade(coordinator);
      const plan = (changes: object) =>
        refusal(moveCampaign(coordinator, id, planInput(issue, { ...changes })));
      expect(await plan({ issueIds: [] })).to.include('issueIds: required');
      expect(await plan({ issueIds: [newId()] })).to.include('issueIds.0: not_found');
      expect(await plan({ municipalities: [] })).to.include('municipalities: required');
      expect(await plan({ whyNow: ' ' })).to.include('whyNow: required');
      expect((await campaignOf(coordinator, id)).stage).to.equal('proposed');
    });

    it('when no demand is whole, refuses to activate and names each missing field', async () => {
      const id = await proposed(coordinator);
      await movedCampaign(coordinator, id, planInput(await issueMade(coordinator)));
      const activate = () => refusal(moveCampaign(coordinator, id, { move: 'activate' }));
      expect(await activate()).to.deep.equal([422, 'campaign.notReady', 'demands: demand_needed']);
      await demand(id, { audience: null, change: null, indicator: '', endsOn: null });
      expect(await activate()).to.deep.equal([
        422,
        'campaign.notReady',
        'demands.0.audience: required',
        'demands.0.change: required',
        'demands.0.indicator: required',
        'demands.0.endsOn: required',
      ]);
      await demand(id);
      const active = await movedCampaign(coordinator, id, { move: 'activate' });
      expect(active.stage).to.equal('active');
      expect(active.history.at(-1)).to.include({ from: 'planning', to: 'active', what: 'moved' });
      expect(active.history.at(-1)!.by!.name).to.equal('Coordinator One');
    });

    it('lets one of two who move at once win; the other gets both sides', async () => {
      const id = await activeCampaign(coordinator);
      const { version } = await campaignOf(coordinator, id);
      const answers = await Promise.all([
        moveCampaign(coordinator, id, { move: 'pause', reason: 'Elections', reviewOn: inDays(9), version }),
        moveCampaign(other, id, { move: 'close', result: 'dropped', lessons: 'None', version }),
      ]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const { error } = answers.find(({ status }) => status === 409)!.body;
      expect(error.code).to.equal('campaign.stale');
      const [side] = error.extra.conflicts;
      expect(side.field).to.equal('stage');
      expect([side.yours, side.theirs].sort()).to.deep.equal(['closed', 'paused']);
      expect(side.by).to.match(/^Coordinator (One|Two)$/);
      const now = await campaignOf(coordinator, id);
      expect(now.stage).to.equal(side.theirs);
      expect(now.version).to.equal(version + 1);
    });

    it('pauses with a review in the future, goes on, watches what was won, closes with result and lessons', async () => {
      const id = await activeCampaign(coordinator);
      const pause = (reviewOn: string) =>
        moveCampaign(coordinator, id, { move: 'pause', reason: 'Elections', reviewOn });
      expect(await refusal(pause(inDays(-2)))).to.include('reviewOn: in_the_past');
      expect((await pause(inDays(20))).body.data).to.include({ stage: 'paused', reviewOn: inDays(20) });
      const on = await movedCampaign(coordinator, id, { move: 'resume', reason: 'They are over' });
      expect(on).to.include({ stage: 'active', reviewOn: null });
      const monitor = () => moveCampaign(coordinator, id, { move: 'monitor' });
      expect(await refusal(monitor())).to.deep.equal([422, 'campaign.notReady', 'demands: nothing_won_yet']);
      const [first] = on.demandList;
      await added(coordinator, `/api/campaigns/${id}/demands/${first!.id}/decision`, {
        status: 'adopted',
        decidedOn: inDays(0),
        note: 'In the assembly',
        version: on.version,
      });
      expect((await monitor()).body.data.stage).to.equal('monitoring');
      const askAgain = () => moveCampaign(coordinator, id, { move: 'ask_again', reason: 'Nothing happened' });
      expect(await refusal(askAgain())).to.deep.equal([422, 'campaign.notReady', 'move: no_promise_slips']);
      const putBack = countPromisesWith(async () => ({ made: 1, slipping: 1 }));
      expect((await askAgain()).body.data.stage).to.equal('active');
      putBack();
      expect(
        await refusal(moveCampaign(coordinator, id, { move: 'close', result: 'won', lessons: '' })),
      ).to.include('lessons: required');
      const closed = await movedCampaign(coordinator, id, {
        move: 'close',
        result: 'partly_won',
        lessons: 'Begin before the budget.',
      });
      expect(closed).to.include({ stage: 'closed', result: 'partly_won', nextOn: null });
      expect(await refusal(demand(id))).to.deep.equal([409, 'campaign.closed']);
      expect(await refusal(moveCampaign(coordinator, id, { move: 'activate' }))).to.deep.equal([
        409,
        'campaign.notFromHere',
      ]);
    });

    it('counts a promise on record as something won', async () => {
      const id = await activeCampaign(coordinator);
      const putBack = countPromisesWith(async () => ({ made: 1, slipping: 0 }));
      expect((await moveCampaign(coordinator, id, { move: 'monitor' })).status).to.equal(200);
      putBack();
    });
  });

  describe('PATCH /api/campaigns/:id', () => {
    it('merges what different people change, and asks where both changed the same', async () => {
      const id = await proposed(coordinator);
      const based = { version: 1 };
      const patch = (by: Person, change: object) => by.patch(`/api/campaigns/${id}`, { ...based, ...change });
      expect((await patch(coordinator, { title: 'Mine' })).status).to.equal(200);
      expect((await patch(other, { whyNow: 'Because' })).status).to.equal(200);
      const { status, body } = await patch(other, { title: 'Theirs' });
      expect(status).to.equal(409);
      expect(body.error.extra.conflicts[0]).to.include({
        field: 'title',
        yours: 'Theirs',
        theirs: 'Mine',
        by: 'Coordinator One',
      });
      expect(await campaignOf(coordinator, id)).to.include({ title: 'Mine', whyNow: 'Because' });
      expect(
        await refusal(coordinator.patch(`/api/campaigns/${id}`, { version: 99, title: 'x' })),
      ).to.include('version: not_a_version');
    });

    it('opens to partners and team, and closes again with the ground for it', async () => {
      const id = await proposed(coordinator);
      const elsewhere = await server.as('activist', { municipality: 'peja' });
      const patch = async (change: object) =>
        coordinator.patch(`/api/campaigns/${id}`, {
          version: (await campaignOf(coordinator, id)).version,
          ...change,
        });
      expect((await partner.get(`/api/campaigns/${id}`)).status).to.equal(404);
      expect((await elsewhere.get(`/api/campaigns/${id}`)).status).to.equal(404);
      expect(await refusal(patch({ team: [elsewhere.id] }))).to.include('team.0: not_of_this_campaign');
      expect((await patch({ partners: [partnerOrganisation] })).status).to.equal(200);
      expect((await patch({ team: [partner.id, activist.id] })).body.data.team).to.have.length(2);
      expect((await partner.get(`/api/campaigns/${id}`)).body.abilities).to.include({
        act: true,
        edit: false,
        useCases: false,
        calendar: false,
        plan: false,
      });
      const without = await patch({ partners: [] });
      expect(without.body.data.team.map((one: any) => one.id)).to.deep.equal([activist.id]);
      expect((await partner.get(`/api/campaigns/${id}`)).status).to.equal(404);
      expect((await patch({ municipalities: ['peja'] })).body.data.team).to.deep.equal([]);
      expect((await activist.get(`/api/campaigns/${id}`)).status).to.equal(404);
      expect((await elsewhere.get(`/api/campaigns/${id}`)).status).to.equal(200);
    });
  });

  describe('Demands', () => {
    it('when the target is missing, unknown, or named for the wrong place, refuses with the field', async () => {
      const id = await proposed(coordinator);
      const { institutionId: _target, ...without } = demandInput();
      expect(await refusal(coordinator.post(`/api/campaigns/${id}/demands`, without))).to.include(
        'institutionId: required',
      );
      expect(await refusal(demand(id, { institutionId: 'nobody' }))).to.include('institutionId: not_found');
      expect(await refusal(demand(id, { municipality: null }))).to.include('municipality: required');
      expect(await refusal(demand(id, { municipality: 'peja' }))).to.include(
        'municipality: not_of_this_campaign',
      );
      expect(await refusal(demand(id, { institutionId: 'mespi' }))).to.include(
        'municipality: not_for_this_institution',
      );
      expect(await refusal(demand(id, { startsOn: inDays(3), endsOn: inDays(3) }))).to.include(
        'endsOn: before_start',
      );
      expect((await campaignOf(coordinator, id)).demandList).to.deep.equal([]);
    });

    it('keeps a demand whole while it is asked, and on record once it was', async () => {
      const id = await activeCampaign(coordinator);
      const { demandList, version } = await campaignOf(coordinator, id);
      const item = `/api/campaigns/${id}/demands/${demandList[0]!.id}`;
      expect(await refusal(coordinator.patch(item, { version, indicator: '' }))).to.include(
        'indicator: required',
      );
      expect(await refusal(coordinator.patch(item, { version, endsOn: inDays(-9) }))).to.include(
        'endsOn: before_start',
      );
      expect(await refusal(coordinator.delete(`${item}?version=${version}`))).to.deep.equal([
        409,
        'campaign.demandStands',
      ]);
      const decide = (changes: object) =>
        refusal(coordinator.post(`${item}/decision`, { status: 'refused', note: '', version, ...changes }));
      expect(await decide({ decidedOn: null })).to.include('decidedOn: required');
      expect(await decide({ decidedOn: inDays(2) })).to.include('decidedOn: in_the_future');
      expect(await decide({ decidedOn: inDays(-5) })).to.include('decidedOn: before_start');
    });
  });

  describe('Actions and milestones', () => {
    it('lets whoever takes part add actions, and change their own', async () => {
      const id = await activeCampaign(coordinator);
      const path = `/api/campaigns/${id}/actions`;
      expect((await activist.post(path, actionInput())).status).to.equal(403);
      const { version } = await campaignOf(coordinator, id);
      await coordinator.patch(`/api/campaigns/${id}`, {
        version,
        team: [activist.id],
        partners: [partnerOrganisation],
      });
      const input = actionInput();
      const page = await added(activist, path, input);
      expect(page.actions[0]).to.include({ kind: 'meeting', status: 'planned', mayChange: true });
      await added(activist, path, input);
      expect((await campaignOf(partner, id)).actions).to.have.length(1);
      const done = (by: Person, changes = {}) =>
        by.patch(`${path}/${input.id}`, {
          version: page.version,
          status: 'done',
          on: inDays(-1),
          reached: 40,
          ...changes,
        });
      expect((await done(partner)).status).to.equal(403);
      expect(await refusal(done(activist, { on: inDays(3) }))).to.include('on: in_the_future');
      expect(await refusal(done(activist, { status: 'planned' }))).to.include('reached: not_done_yet');
      expect(await refusal(done(activist, { status: 'cancelled', reached: null }))).to.include(
        'note: required',
      );
      expect((await done(activist)).body.data).to.include({ reached: 40, actionsDone: 1 });
      const late = await done(coordinator, { reached: 41 });
      expect([late.status, late.body.error.extra.conflicts.map((one: any) => one.field)]).to.deep.equal([
        409,
        ['reached'],
      ]);
      await added(partner, path, actionInput({ kind: 'petition' }));
      expect(await refusal(activist.post(path, actionInput({ municipality: 'peja' })))).to.include(
        'municipality: not_of_this_campaign',
      );
      expect(await refusal(activist.post(path, actionInput({ demandId: newId() })))).to.include(
        'demandId: not_found',
      );
    });

    it('keeps files of an action for those who see the campaign', async () => {
      const id = await activeCampaign(coordinator);
      const action = actionInput();
      await added(coordinator, `/api/campaigns/${id}/actions`, action);
      const form = new FormData();
      const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
        .png()
        .toBuffer();
      form.append('file', new Blob([new Uint8Array(picture)]), 'Somebody’s name.png');
      const file = newId();
      const path = `/api/campaigns/${id}/actions/${action.id}/evidence`;
      expect((await activist.send('POST', `${path}?id=${file}`, form)).status).to.equal(403);
      const kept = await coordinator.send('POST', `${path}?id=${file}`, form);
      expect(kept.status, kept.text).to.equal(201);
      expect(kept.text).not.to.include('Somebody');
      expect((await activist.get(`${path}/${file}`)).headers.get('content-type')).to.equal('image/jpeg');
      expect((await activist.get(`${path}/${file}/thumbnail`)).status).to.equal(200);
      const stranger = await server.as('activist', { municipality: 'peja' });
      expect((await stranger.get(`${path}/${file}`)).status).to.equal(404);
      expect((await coordinator.delete(`${path}/${file}`)).status).to.equal(200);
      expect((await coordinator.get(`${path}/${file}`)).status).to.equal(404);
    });

    it('shows what is due next, and what is late', async () => {
      const id = await activeCampaign(coordinator);
      const path = `/api/campaigns/${id}/milestones`;
      const milestone = milestoneInput({ due: inDays(-3) });
      const page = await added(coordinator, path, milestone);
      expect(page).to.include({ late: true, nextOn: inDays(-3) });
      const revise = (changes: object) =>
        coordinator.patch(`${path}/${milestone.id}`, { version: page.version, ...changes });
      expect(await refusal(revise({ doneOn: inDays(2) }))).to.include('doneOn: in_the_future');
      expect((await revise({ doneOn: inDays(-1) })).body.data.late).to.equal(false);
      const timeline = `/api/campaigns/timeline?campaigns=${id}`;
      const events = await activist.get(`${timeline}&from=${inDays(-10)}&to=${inDays(100)}`);
      expect(events.body.data.map(({ kind, done }: any) => [kind, done])).to.deep.equal([
        ['milestone', true],
        ['demandEnd', false],
      ]);
      expect(await refusal(activist.get(`${timeline}&from=${inDays(2)}&to=${inDays(1)}`))).to.include(
        'to: before_start',
      );
      await copiesOf(id, 520);
      const after = await activist.get(`${timeline}&from=${inDays(-10)}&to=${inDays(100)}`);
      expect(after.body.data).to.have.length(2);
      const days = `from=${inDays(-10)}&to=${inDays(100)}`;
      const newest = (await activist.get('/api/campaigns?limit=50')).body;
      const shown = newest.data.filter((row: any) => copied.test(row.reference)).map((row: any) => row.id);
      expect(shown).to.not.be.empty;
      const all = await activist.get(`/api/campaigns/timeline?${days}&campaigns=${shown}`);
      expect(new Set(all.body.data.map(({ campaignId }: any) => campaignId))).to.deep.equal(new Set(shown));
      const tooMany = `/api/campaigns/timeline?${days}&campaigns=${Array.from({ length: 51 }, newId)}`;
      expect(await refusal(activist.get(tooMany))).to.include('campaigns: too_many');
      expect((await activist.get(`/api/campaigns/timeline?${days}`)).status).to.equal(422);
      await CampaignModel.deleteMany({ reference: copied });
    });

    it('shows each column of the board page by page, counted, from an index that has its order', async () => {
      const id = await proposed(coordinator, { municipalities: ['gjakova', 'peja'] });
      await copiesOf(id, 45);
      const own = await server.as('team_lead', { municipality: 'gjakova' });
      const found: string[] = [];
      let cursor = '';
      do {
        const { body } = await own.get(`/api/campaigns?stage=proposed&limit=20${cursor}`);
        expect(body.total).to.equal(46);
        expect(body.byStage).to.deep.equal({ proposed: 46 });
        found.push(...body.data.map((row: any) => row.id));
        cursor = body.next && `&cursor=${encodeURIComponent(body.next)}`;
      } while (cursor);
      expect(found).to.have.length(46);
      expect(new Set(found).size).to.equal(46);
      const plan = (await CampaignModel.find({ $and: [{}, { $and: [{ stage: 'proposed' }, {}] }] })
        .sort({ createdAt: -1, _id: -1 })
        .limit(21)
        .explain('executionStats')) as unknown as { executionStats: { totalDocsExamined: number } };
      expect(plan.executionStats.totalDocsExamined).to.be.at.most(22);
      await CampaignModel.deleteMany({ reference: copied });
    });
  });

  describe('GET /api/calendars/:token', () => {
    it('shows days and kinds without free words, until it is rotated or revoked', async () => {
      const id = await activeCampaign(coordinator, { title: 'Titlewhisper' });
      await added(coordinator, `/api/campaigns/${id}/actions`, actionInput({ title: 'Actionwhisper' }));
      await added(coordinator, `/api/campaigns/${id}/milestones`, milestoneInput({ title: 'Milewhisper' }));
      expect((await activist.post(`/api/campaigns/${id}/calendar`)).status).to.equal(403);
      const link = async () => {
        const { body } = await coordinator.post(`/api/campaigns/${id}/calendar`);
        return new URL(body.data.url).pathname;
      };
      const first = await link();
      const read = (path: string) => server.stranger().get(path);
      const feed = await read(first);
      expect(feed.status).to.equal(200);
      expect(feed.headers.get('content-type')).to.include('text/calendar');
      expect(feed.text).not.to.match(/whisper|Twenty-five|Town hall|Test /);
      const events = new ICAL.Component(ICAL.parse(feed.text))
        .getAllSubcomponents('vevent')
        .map((one) => new ICAL.Event(one));
      const { reference } = await campaignOf(coordinator, id);
      expect(events.map(({ summary }) => summary).sort()).to.deep.equal([
        `${reference}: End of a demand`,
        `${reference}: Meeting`,
        `${reference}: Milestone`,
      ]);
      expect(events.every(({ startDate }) => startDate.isDate)).to.equal(true);
      expect(events.map(({ startDate }) => startDate.toString()).sort()).to.deep.equal(
        [inDays(5), inDays(30), inDays(90)].sort(),
      );
      const altered = first.slice(0, -1) + (first.endsWith('A') ? 'B' : 'A');
      expect((await read(altered)).status).to.equal(404);
      const second = await link();
      expect((await read(first)).status).to.equal(404);
      expect((await read(second)).status).to.equal(200);
      expect((await coordinator.delete(`/api/campaigns/${id}/calendar`)).body.data.calendarSince).to.equal(
        null,
      );
      expect((await read(second)).status).to.equal(404);
      const page = await coordinator.get(`/api/campaigns/${id}`);
      for (const path of [first, second]) expect(page.text).not.to.include(path.split('/').at(-1));
    });
  });

  describe('GET /api/campaigns', () => {
    it('leads through more than one page can hold, each once, and counts all stages on every page', async () => {
      const here = { municipalities: ['gracanica' as const] };
      const first = await proposed(coordinator, here);
      await copiesOf(first, 203);
      await activeCampaign(coordinator, here);
      const page = (query: string) => coordinator.get(`/api/campaigns?municipality=gracanica&${query}`);
      const one = (await page('limit=200')).body;
      expect(one.data).to.have.length(200);
      expect(one.total).to.equal(205);
      expect(one.byStage).to.deep.equal({ active: 1, proposed: 204 });
      const two = (await page(`limit=200&cursor=${one.next}`)).body;
      expect([two.data.length, two.next, two.total]).to.deep.equal([5, null, 205]);
      expect(two.byStage).to.deep.equal(one.byStage);
      expect(new Set([...one.data, ...two.data].map(({ id }) => id)).size).to.equal(205);
      const whole = (await page('stage=active')).body;
      expect([whole.total, whole.byStage]).to.deep.equal([1, { active: 1 }]);
      const none = await activist.get('/api/campaigns?municipality=gracanica&limit=1');
      expect([none.body.total, none.body.byStage]).to.deep.equal([0, {}]);
    });
  });
});
