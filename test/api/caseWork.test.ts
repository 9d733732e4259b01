// Duty: work across cases: likely repeats, bulk changes with a result per case, hand-over, my week, saved filters.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { newId } from '../../shared/api.ts';
import type { BulkResult } from '../../shared/cases.ts';
import { inDays, logged, moved, pageOf, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Work across cases', () => {
  let server: TestServer;
  let activist: Person;
  let teamLead: Person;
  let coordinator: Person;
  let elsewhere: Person;
  let leadElsewhere: Person;
  let funder: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    teamLead = await server.as('team_lead');
    coordinator = await server.as('coordinator');
    elsewhere = await server.as('activist', { municipality: 'prizren' });
    leadElsewhere = await server.as('team_lead', { municipality: 'prizren' });
    funder = await server.as('funder');
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  const codes = (results: BulkResult[]) => results.map(({ ok, code }) => (ok ? 'ok' : code));

  describe('GET /api/cases/similar', () => {
    const ask = (by: Person, words: string, municipality = 'ferizaj', theme = 'housing') =>
      by.get(
        `/api/cases/similar?theme=${theme}&municipality=${municipality}&text=${encodeURIComponent(words)}`,
      );

    it('finds what says the same of the same place and theme, likest first', async () => {
      const same = await logged(activist, { title: 'Flooded cellar behind the school' });
      const other = await logged(activist, {
        title: 'Roof torn off by the storm',
        description: 'Rain comes in.',
      });
      const { body } = await ask(activist, 'The cellar behind school is flooded again');
      expect(body.data[0]).to.include({ id: same, title: 'Flooded cellar behind the school', status: 'new' });
      const likeness = (id: string) => body.data.find((one: { id: string }) => one.id === id)?.likeness ?? 0;
      expect(likeness(same)).to.be.greaterThan(likeness(other));
    });

    it('finds nothing of another theme, of long ago, or beyond what the viewer may see', async () => {
      await logged(elsewhere, { municipality: 'prizren', title: 'Secret cellar of Prizren' });
      expect((await ask(activist, 'Secret cellar of Prizren', 'prizren')).body.data).to.deep.equal([]);
      expect((await ask(coordinator, 'Secret cellar of Prizren', 'prizren')).body.data).to.have.length(1);
      expect((await ask(activist, 'Flooded cellar school', 'ferizaj', 'covid19')).body.data).to.deep.equal(
        [],
      );
      clock.stopAt(new Date(Date.now() + 400 * 86_400_000));
      expect((await ask(activist, 'Flooded cellar behind the school')).body.data).to.deep.equal([]);
    });
  });

  describe('POST /api/cases/bulk/triage and /api/cases/bulk/assign', () => {
    it('triages each by itself and says of each how it went', async () => {
      const [first, second, there] = [
        await logged(activist),
        await logged(activist),
        await logged(elsewhere, { municipality: 'prizren' }),
      ];
      await moved(coordinator, second, triage(activist.id));
      const missing = newId();
      const { status, body } = await coordinator.post('/api/cases/bulk/triage', {
        ids: [first, second, there, missing],
        urgency: 'high',
        lead: activist.id,
      });
      expect(status).to.equal(200);
      expect(codes(body.data)).to.deep.equal(['ok', 'move.notFromHere', 'cannot_be_named', 'notFound']);
      expect(body.data.map(({ id }: BulkResult) => id)).to.deep.equal([first, second, there, missing]);
      expect(body.data[0].reference).to.match(/^FER-/);
      expect(body.data[3].reference).to.equal(null);
      expect(await pageOf(activist, first)).to.include({ status: 'triaged', urgency: 'high' });
      expect(await pageOf(elsewhere, there)).to.include({ status: 'new', version: 1 });
    });

    it('assigns each and keeps who works on it', async () => {
      const id = await logged(activist);
      await coordinator.post(`/api/cases/${id}/assignment`, {
        lead: activist.id,
        collaborators: [teamLead.id],
        version: 1,
      });
      const { body } = await coordinator.post('/api/cases/bulk/assign', { ids: [id], lead: coordinator.id });
      expect(codes(body.data)).to.deep.equal(['ok']);
      const page = await pageOf(coordinator, id);
      expect(page.lead!.id).to.equal(coordinator.id);
      expect(page.collaborators.map((one) => one.id)).to.deep.equal([teamLead.id]);
    });

    it('is for coordinators alone, and for a hundred at most', async () => {
      const body = { ids: [newId()], lead: coordinator.id };
      expect((await teamLead.post('/api/cases/bulk/assign', body)).status).to.equal(403);
      expect((await activist.post('/api/cases/bulk/triage', { ...body, urgency: 'low' })).status).to.equal(
        403,
      );
      expect((await funder.post('/api/cases/bulk/assign', body)).status).to.equal(404);
      const many = { ...body, ids: Array.from({ length: 101 }, () => newId()) };
      const answer = await coordinator.post('/api/cases/bulk/assign', many);
      expect(answer.status).to.equal(422);
      expect(answer.body.error.faults[0]).to.deep.include({ path: ['ids'], code: 'too_long' });
    });
  });

  describe('GET and POST /api/hand-over', () => {
    it('shows what a leaver leads and works on, and hands each over', async () => {
      const leaver = await server.as('activist');
      const led = await logged(leaver);
      await moved(teamLead, led, triage(leaver.id));
      const shared = await logged(activist);
      await teamLead.post(`/api/cases/${shared}/assignment`, {
        lead: activist.id,
        collaborators: [leaver.id],
        version: 1,
      });
      const finished = await logged(leaver);
      await moved(teamLead, finished, triage(leaver.id));
      await moved(leaver, finished, { move: 'withdraw' });
      const work = await teamLead.get(`/api/hand-over?from=${leaver.id}`);
      expect(work.body.data.person.id).to.equal(leaver.id);
      expect(
        work.body.data.cases.map((one: { id: string; as: string }) => [one.id, one.as]),
      ).to.have.deep.members([
        [led, 'lead'],
        [shared, 'collaborator'],
      ]);
      const handed = await teamLead.post('/api/hand-over', {
        from: leaver.id,
        to: teamLead.id,
        ids: [led, shared, finished, await logged(activist)],
      });
      expect(codes(handed.body.data)).to.deep.equal(['ok', 'ok', 'case.closed', 'handOver.notTheirs']);
      const page = await pageOf(activist, led);
      expect(page.lead!.id).to.equal(teamLead.id);
      expect(page.history.at(-1)).to.deep.include({ what: 'handedOver' });
      expect(page.history.at(-1)!.person!.id).to.equal(teamLead.id);
      const other = await pageOf(activist, shared);
      expect([other.lead!.id, ...other.collaborators.map(({ id }) => id)]).to.deep.equal([
        activist.id,
        teamLead.id,
      ]);
      expect((await teamLead.get(`/api/hand-over?from=${leaver.id}`)).body.data.cases).to.deep.equal([]);
    });

    it('shows and hands over only what the viewer may see', async () => {
      const leaver = await server.as('coordinator');
      const id = await logged(activist);
      await moved(coordinator, id, triage(leaver.id));
      expect((await leadElsewhere.get(`/api/hand-over?from=${leaver.id}`)).body.data.cases).to.deep.equal([]);
      const refused = await leadElsewhere.post('/api/hand-over', {
        from: leaver.id,
        to: leadElsewhere.id,
        ids: [id],
      });
      expect(codes(refused.body.data)).to.deep.equal(['notFound']);
      expect((await activist.get(`/api/hand-over?from=${leaver.id}`)).status).to.equal(403);
      expect(
        (await activist.post('/api/hand-over', { from: leaver.id, to: activist.id, ids: [id] })).status,
      ).to.equal(403);
      expect((await funder.get(`/api/hand-over?from=${leaver.id}`)).status).to.equal(404);
      expect((await coordinator.get(`/api/hand-over?from=${newId()}`)).status).to.equal(404);
    });
  });

  describe('GET /api/my-week', () => {
    it('shows what I have to do, what I wait for, and what others changed since my last visit', async () => {
      const me = await server.as('activist');
      const first = await me.get('/api/my-week');
      expect(first.body.data.since).to.equal(null);
      expect(first.body.data.cases).to.include({ triage: null, stuck: null });
      expect(first.body.data.cases.toDo).to.deep.equal([]);
      const mine = await logged(me);
      await moved(teamLead, mine, triage(me.id));
      const stuck = await logged(me);
      await moved(teamLead, stuck, triage(me.id));
      await moved(me, stuck, { move: 'start' });
      await moved(me, stuck, { move: 'wait', party: 'authority', until: inDays(9) });
      const later = new Date(Date.now() + 2 * 3_600_000);
      clock.stopAt(later);
      await teamLead.post(`/api/cases/${mine}/notes`, { id: newId(), text: 'Since then' });
      const answer = (await me.get('/api/my-week')).body.data;
      expect(answer.since).to.be.a('string');
      const data = answer.cases;
      expect(data.toDo.map(({ id }: { id: string }) => id)).to.deep.equal([mine]);
      expect(data.waiting[0]).to.deep.include({ id: stuck, since: data.waiting[0].waitingOn.since });
      expect(data.waiting[0].waitingOn.party).to.equal('authority');
      expect(data.fresh.map(({ id }: { id: string }) => id))
        .to.include(mine)
        .and.not.to.include(stuck);
    });

    it('gives team leads their queue and coordinators what is stuck where', async () => {
      await logged(activist);
      const lead = (await teamLead.get('/api/my-week')).body.data.cases;
      const total = (await teamLead.get('/api/cases?status=new')).body.total;
      expect(lead.triage.total).to.equal(total);
      expect(lead.triage.rows[0].status).to.equal('new');
      expect(lead.stuck).to.equal(null);
      clock.stopAt(new Date(Date.now() + 30 * 86_400_000));
      const { stuck } = (await coordinator.get('/api/my-week')).body.data.cases;
      expect(stuck).to.have.length(7);
      const here = stuck.find(({ municipality }: { municipality: string }) => municipality === 'ferizaj');
      expect(here.waitingTooLong).to.equal(1);
      expect(here.untriaged).to.equal(total);
      expect((await funder.get('/api/my-week')).body.data.cases).to.equal(null);
    });
  });

  describe('GET, PUT and DELETE /api/saved-filters', () => {
    it('keeps a person’s own, and nobody else sees or touches them', async () => {
      const id = newId();
      const put = (by: Person, name: string) =>
        by.put(`/api/saved-filters/${id}`, { id, name, query: 'theme=housing' });
      expect((await put(activist, 'Housing')).body.data).to.deep.equal({
        id,
        name: 'Housing',
        query: 'theme=housing',
      });
      await put(activist, 'Homes');
      expect((await activist.get('/api/saved-filters')).body.data).to.deep.equal([
        { id, name: 'Homes', query: 'theme=housing' },
      ]);
      expect((await teamLead.get('/api/saved-filters')).body.data).to.deep.equal([]);
      expect((await put(teamLead, 'Mine now')).status).to.equal(409);
      expect((await teamLead.delete(`/api/saved-filters/${id}`)).status).to.equal(404);
      const wrong = await activist.put(`/api/saved-filters/${newId()}`, { id, name: 'x', query: '' });
      expect(wrong.status).to.equal(422);
      expect((await activist.delete(`/api/saved-filters/${id}`)).status).to.equal(204);
      expect((await activist.get('/api/saved-filters')).body.data).to.deep.equal([]);
    });
  });

  describe('GET /api/cases/counts', () => {
    it('counts what the viewer may see, in step with the list', async () => {
      const counts = (await coordinator.get('/api/cases/counts')).body.data;
      expect(counts.total).to.equal((await coordinator.get('/api/cases')).body.total);
      const own = (await elsewhere.get('/api/cases/counts')).body.data;
      expect(Object.keys(own.byMunicipality)).to.deep.equal(['prizren']);
      expect((await funder.get('/api/cases/counts')).status).to.equal(404);
    });
  });
});
