// Duty: the administrator reads the log by person, record, verb, refusal and day; a case's lead sees who opened it; nobody else anything.
import { expect } from 'chai';
import { dayOf } from '../../server/clock.ts';
import { checkAudit } from '../../server/features/audit/upkeep.commands.ts';
import { newId } from '../../shared/api.ts';
import type { AuditPage, AuditRow, AuditSummary, CaseReaders } from '../../shared/audit.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { accept, consented, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('GET /api/read-log', () => {
  let server: TestServer;
  let activist: Person;
  let colleague: Person;
  let lead: Person;
  let coordinator: Person;
  let elsewhere: Person;
  let administrator: Person;
  let caseId: string;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Arta Test' });
    colleague = await server.as('activist', { name: 'Besim Test' });
    lead = await server.as('team_lead');
    coordinator = await server.as('coordinator', { name: 'Drita Test' });
    elsewhere = await server.as('activist', { municipality: 'prizren' });
    administrator = await server.as('administrator');
    caseId = await logged(activist);
    await pageOf(colleague, caseId);
    await pageOf(coordinator, caseId);
    await pageOf(coordinator, caseId);
    await elsewhere.get(`/api/cases/${caseId}`);
  });
  after(() => server.stop());

  const rows = async (query: string): Promise<AuditRow[]> => {
    const answer = await administrator.get<AuditPage>(`/api/read-log${query}`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.data;
  };

  it('is the administrator’s alone', async () => {
    for (const person of [activist, lead, coordinator]) {
      expect((await person.get('/api/read-log')).status).to.equal(403);
      expect((await person.get('/api/read-log/summary')).status).to.equal(403);
    }
    expect((await server.stranger().get('/api/read-log')).status).to.equal(401);
  });

  it('has no door to write through', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const person of [coordinator, administrator])
        expect((await person.send(method, '/api/read-log', {})).status).to.equal(404);
  });

  it('finds by person, record, reference, verb and refusal, with names and references and no content', async () => {
    const ofCoordinator = await rows(`?by=${coordinator.id}`);
    expect(ofCoordinator.length).to.be.greaterThan(1);
    for (const { by } of ofCoordinator)
      expect(by).to.deep.equal({ id: coordinator.id, name: 'Drita Test', role: 'coordinator' });
    const ofCase = await rows(`?record=${caseId}`);
    const { reference, title } = await pageOf(activist, caseId);
    expect(ofCase.some(({ verb }) => verb === 'write')).to.equal(true);
    expect(ofCase[0]!.records).to.deep.equal([{ id: caseId, reference }]);
    expect((await rows(`?record=${reference.toLowerCase()}`)).map(({ id }) => id)).to.include(ofCase[0]!.id);
    expect((await rows(`?record=${caseId}&verb=write`)).map(({ verb }) => verb)).to.deep.equal(['write']);
    const refused = await rows(`?denied=true&record=${caseId}`);
    expect(refused.map(({ by, status }) => [by?.id, status])).to.deep.equal([[elsewhere.id, 404]]);
    expect(JSON.stringify([ofCoordinator, ofCase])).to.not.include(title);
  });

  it('finds by day', async () => {
    const today = dayOf(new Date());
    expect((await rows(`?from=${today}&to=${today}`)).length).to.be.greaterThan(5);
    expect(await rows('?to=2020-01-01')).to.deep.equal([]);
    expect(await rows('?from=2090-01-01')).to.deep.equal([]);
  });

  it('goes through the whole log in pages, each entry once, newest first', async () => {
    const seen: AuditRow[] = [];
    let next: string | null = '';
    // Reading the log is in the log: this person's pages leave the others' entries where they are.
    for (let page = 0; next !== null && page < 40; page += 1) {
      const answer: { body: AuditPage } = await administrator.get(
        `/api/read-log?by=${activist.id}&limit=2${next ? `&cursor=${encodeURIComponent(next)}` : ''}`,
      );
      seen.push(...answer.body.data);
      ({ next } = answer.body);
    }
    expect(next).to.equal(null);
    expect(seen.length).to.be.greaterThan(2);
    expect(new Set(seen.map(({ id }) => id)).size).to.equal(seen.length);
    expect(seen.map(({ at }) => at)).to.deep.equal(
      seen
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    expect(seen.map(({ id }) => id)).to.deep.equal((await rows(`?by=${activist.id}`)).map(({ id }) => id));
  });

  it('refuses what is no id, no day and no cursor', async () => {
    for (const query of ['?by=me', '?record=%24ne', '?from=yesterday', '?cursor=x', '?verb=peek', '?order=1'])
      expect((await administrator.get(`/api/read-log${query}`)).status, query).to.equal(422);
    expect(await rows('?record=FER-1999-0001')).to.deep.equal([]);
  });

  it('holds its own reading', async () => {
    await rows('');
    const own = await rows(`?by=${administrator.id}&verb=read`);
    expect(own[0]).to.include({ route: 'GET /api/read-log' });
  });

  it('sums entries and refusals by day, and says what the last walk found', async () => {
    expect(await checkAudit()).to.equal(0);
    const answer = await administrator.get<{ data: AuditSummary }>('/api/read-log/summary');
    const { days, refused, check } = answer.body.data;
    expect(days).to.have.length(14);
    expect(days.at(-1)!.denied).to.be.greaterThan(4);
    expect(days.at(-1)!.entries).to.be.greaterThan(days.at(-1)!.denied);
    expect(refused.map(({ by }) => by?.id)).to.include(lead.id);
    expect(check).to.include({ sound: true, chains: 1, lost: 0 });
  });

  describe('GET /api/cases/:id/readers', () => {
    it('says who has opened the case by name and role, to those who answer for it', async () => {
      const answer = await lead.get<CaseReaders>(`/api/cases/${caseId}/readers`);
      expect(answer.status).to.equal(200);
      const found = answer.body.data.map(({ by, times }) => [by?.name, by?.role, times]);
      expect(found).to.deep.include(['Besim Test', 'activist', 1]);
      expect(found).to.deep.include(['Drita Test', 'coordinator', 1]);
      expect(answer.text).to.not.include(elsewhere.id);
      expect((await activist.get(`/api/cases/${caseId}/readers`)).status, 'who logged it').to.equal(200);
      expect((await coordinator.get(`/api/cases/${caseId}/readers`)).status).to.equal(200);
    });

    it('names a partner’s worker who opened a referral of it, and does not tell that worker the case’s id', async () => {
      const recipient = await organisation();
      const partner = await server.as('cso_member', { organisation: recipient, name: 'Ema Test' });
      const stranger = await server.as('cso_member', { organisation: await organisation() });
      const id = await logged(activist);
      await moved(lead, id, triage(activist.id));
      await moved(activist, id, { move: 'start' });
      await consented(activist, id, recipient);
      const referral = await referred(activist, id, recipient);
      const path = `/api/referrals/${referral}`;
      const socket = await partner.socket();
      const heard: unknown[] = [];
      socket.on('change', (...change: unknown[]) => void heard.push(change));
      const answers = [
        await partner.get(path),
        await partner.get(`${path}/evidence/${newId()}`),
        await partner.get('/api/referrals'),
        await partner.get('/api/notifications'),
        await partner.post(`${path}/moves`, { ...accept(partner), version: 1 }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 404, 200, 200, 200]);
      for (let tries = 0; tries < 100 && heard.length === 0; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      socket.disconnect();
      expect(heard).to.not.deep.equal([]);
      for (const { text, headers } of answers)
        expect(JSON.stringify([text, [...headers]])).to.not.include(id);
      expect(JSON.stringify(heard)).to.not.include(id);
      expect((await stranger.get(path)).status).to.equal(404);
      const { text, body } = await lead.get<CaseReaders>(`/api/cases/${id}/readers`);
      expect(body.data.map(({ by, times }) => [by?.name, by?.role, times])).to.deep.include([
        'Ema Test',
        'cso_member',
        1,
      ]);
      expect(text).to.not.include(stranger.id);
      for (const door of ['', '/readers'])
        expect((await partner.get(`/api/cases/${id}${door}`)).status).to.equal(404);
      const entries = await rows(`?record=${id}&by=${partner.id}&verb=read`);
      expect(entries.map(({ route, status }) => [route, status])).to.deep.include([
        'GET /api/referrals/:id',
        200,
      ]);
    });

    it('is 403 to others of the team, 404 to those who do not see the case', async () => {
      expect((await colleague.get(`/api/cases/${caseId}/readers`)).status).to.equal(403);
      for (const person of [elsewhere, administrator])
        expect((await person.get(`/api/cases/${caseId}/readers`)).status).to.equal(404);
      expect((await lead.get(`/api/cases/${newId()}/readers`)).status).to.equal(404);
    });
  });
});
