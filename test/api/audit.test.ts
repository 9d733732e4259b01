// Duty: whatever is asked of the server is on record, with ids and codes alone, before or shortly after its answer.
import { expect } from 'chai';
import { settingsOf } from '../../server/app.ts';
import { AuditBlockModel } from '../../server/features/audit/audit.model.ts';
import { mindAudit } from '../../server/features/audit/upkeep.commands.ts';
import { walkAudit } from '../../server/features/audit/verify.queries.ts';
import { VaultReadingModel } from '../../server/features/identities/identities.model.ts';
import { allJobs } from '../../server/jobs/jobs.ts';
import { newId } from '../../shared/api.ts';
import { auditBlocks, auditEntries } from '../support/audit.ts';
import { caseInput, logged } from '../support/cases.ts';
import { planted, plantedTraces } from '../support/consents.ts';
import { order } from '../support/exports.ts';
import { keep, open, sealedVaultCast } from '../support/identities.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('The audit log', () => {
  let server: TestServer;
  let caseId: string;
  let activist: Person;
  let coordinator: Person;
  let stranger: Person;

  before(async () => {
    server = await startTestServer();
    ({ caseId, activist, coordinator, stranger } = await sealedVaultCast(server));
  });
  after(() => server.stop());

  const latest = async (route: string) =>
    (await auditEntries()).filter((entry) => entry.route === route).at(-1);

  it('holds who opened which case, when and with which outcome', async () => {
    await coordinator.get(`/api/cases/${caseId}`);
    expect(await latest('GET /api/cases/:id')).to.deep.include({
      verb: 'read',
      by: coordinator.id,
      role: 'coordinator',
      ids: [caseId],
      status: 200,
      code: null,
    });
  });

  it('holds a search as names of filters and a number of results, never its words', async () => {
    const answer = await coordinator.get('/api/cases?q=Plantrime&municipality=ferizaj&limit=5');
    expect(answer.status).to.equal(200);
    const entry = await latest('GET /api/cases');
    expect(entry).to.deep.include({
      verb: 'search',
      filters: ['q', 'municipality'],
      rows: answer.body.total,
      by: coordinator.id,
    });
    expect(JSON.stringify(entry)).to.not.match(/Plantrime|ferizaj/);
  });

  it('has a change on disk before its answer, and the record’s id with it', async () => {
    const id = await logged(activist);
    const [block] = await AuditBlockModel.find({ records: id }).lean<{ lines: string }[]>();
    expect(block!.lines).to.include('"write","POST /api/cases"');
  });

  it('has a refusal on disk before its answer, with its code', async () => {
    const elsewhere = await logged(activist);
    const answer = await stranger.get(`/api/cases/${elsewhere}`);
    expect(answer.status).to.equal(404);
    const [block] = await AuditBlockModel.find({ kinds: 'denied', records: elsewhere }).lean<
      { lines: string }[]
    >();
    expect(block!.lines).to.include(stranger.id).and.to.include('404,"notFound"');
  });

  it('has the opening of the vault on disk before a value leaves, with fields and reason as codes', async () => {
    await open(activist, caseId);
    const reading = await VaultReadingModel.findOne({ caseId, kind: 'opened' }).sort({ at: -1 }).lean();
    const [block] = await AuditBlockModel.find({ records: reading!._id }).lean<{ lines: string }[]>();
    expect(block!.lines).to.include('vault.opened').and.to.include(reading!.reason!);
  });

  it('does not open the vault when it cannot be written', async () => {
    const collection = AuditBlockModel.collection as unknown as { insertOne: unknown };
    const { insertOne } = collection;
    collection.insertOne = () => Promise.reject(new Error('disk full'));
    try {
      const answer = await activist.post(`/api/cases/${caseId}/identity/open`, { reason: 'visit' });
      expect(answer.status).to.be.greaterThanOrEqual(500);
      for (const trace of plantedTraces) expect(answer.text).to.not.include(trace);
      const change = await activist.post('/api/cases', caseInput());
      expect(change.status).to.equal(503);
      expect(change.headers.get('retry-after')).to.equal('5');
    } finally {
      collection.insertOne = insertOne as never;
    }
    expect((await activist.get(`/api/cases/${caseId}`)).status).to.equal(200);
    await auditEntries();
    expect((await walkAudit()).faults).to.deep.equal([]);
  });

  it('has an export on disk before its first byte, and how it ended after', async () => {
    const { expiresOn } = order();
    await coordinator.post('/api/referrals/exports', order({ recipient: 'Plantrim Secretaj' }));
    const entries = (await auditEntries()).filter(({ verb }) => verb === 'export');
    for (const { about } of entries)
      expect(about).to.deep.equal(['purpose:reporting', 'for:own_team', `until:${expiresOn}`]);
    expect(entries.at(-1)?.rows).to.be.a('number');
    expect(JSON.stringify(entries)).to.not.include('Secretaj');
    expect(entries.map(({ status, by }) => [status, by])).to.deep.equal([
      [0, coordinator.id],
      [200, coordinator.id],
    ]);
  });

  it('holds as an export whatever is taken along: a briefing, a letter, a release, also through a link', async () => {
    const earlier = (await auditEntries()).filter(({ verb }) => verb === 'export').length;
    await coordinator.get('/api/map/briefing/ferizaj?language=en');
    const paths = [
      '/api/letters/:id/letter.pdf',
      '/api/progress/:id/downloads/csv',
      '/api/shared/:id/downloads/csv',
    ];
    for (const path of paths)
      expect((await coordinator.get(path.replace(':id', newId()))).status).to.equal(404);
    const taken = (await auditEntries()).filter(({ verb }) => verb === 'export').slice(earlier);
    expect(taken.map(({ route, status }) => [route, status])).to.deep.equal(
      [
        ['GET /api/map/briefing/:municipality', 200],
        ['GET /api/letters/:id/letter.pdf', 404],
        ['GET /api/progress/:id/downloads/:format', 404],
        ['GET /api/shared/:token/downloads/:format', 404],
      ].flatMap(([route, status]) => [
        [route, 0],
        [route, status],
      ]),
    );
  });

  it('holds what sockets ask, and handshakes that were refused', async () => {
    const socket = await activist.socket();
    const ask = (id: string) => new Promise((resolve) => socket.emit('openCase', id, resolve));
    expect(await ask(caseId)).to.equal(true);
    const unknown = newId();
    expect(await ask(unknown)).to.equal(false);
    await server
      .stranger()
      .socket()
      .then(
        () => expect.fail('let in'),
        () => undefined,
      );
    const entries = (await auditEntries()).filter(({ route }) => route.startsWith('SOCKET'));
    expect(entries.map(({ route, ids, status }) => [route, ids[0] ?? null, status])).to.deep.equal([
      ['SOCKET openCase', caseId, 200],
      ['SOCKET openCase', unknown, 404],
      ['SOCKET connect', null, 401],
    ]);
  });

  it('holds what was refused before any endpoint, and counts strangers who come too often', async () => {
    await activist.send('POST', '/api/cases', {}, { Origin: 'https://elsewhere.example' });
    expect(await latest('POST -')).to.deep.include({ status: 403, code: 'origin.foreign' });
    const nobody = server.stranger();
    const before = (await auditEntries()).length;
    // Many more than are listed, on a slow machine too: fifty more may be listed each second.
    const asked = 1_500;
    for (let batch = 0; batch < asked / 60; batch += 1)
      await Promise.all(Array.from({ length: 60 }, () => nobody.get('/api/cases')));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await nobody.get('/api/cases');
    const entries = (await auditEntries()).slice(before);
    expect(entries.length).to.be.lessThan(asked);
    const counted = entries.filter(({ route }) => route === 'audit.leftOut');
    const listed = entries.filter(({ status }) => status === 401).length;
    expect(listed + counted.reduce((sum, { rows }) => sum + rows!, 0)).to.equal(asked + 1);
  });

  it('has an entry for every endpoint there is, whatever became of the request', async () => {
    const endsSession = /^(delete|post) \/api\/(session|sessions|me\/password)/;
    const items = server.app.endpoints.toSorted(
      (a, b) =>
        Number(endsSession.test(`${a.method} ${a.path}`)) - Number(endsSession.test(`${b.method} ${b.path}`)),
    );
    const person = await server.as('team_lead');
    for (const { method, path } of items)
      await person.send(
        method.toUpperCase(),
        path.replace(/:[a-zA-Z]+/g, caseId),
        method === 'get' || method === 'delete' ? undefined : {},
      );
    const recorded = new Set((await auditEntries()).map(({ route }) => route));
    const silent = items
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
      .filter((route) => !recorded.has(route));
    expect(silent).to.deep.equal([]);
  }).timeout(30_000);

  it('holds no name, number, word or link that was planted, anywhere', async () => {
    const id = newId();
    const words = {
      title: 'Plantrime Secretaj has no paper',
      description: 'Ask at +383 49 700 812',
      need: 'Hush',
    };
    await activist.post('/api/cases', caseInput({ id, ...words }));
    await keep(activist, id, planted);
    await open(activist, id);
    await activist.post(`/api/cases/${id}/notes`, { id: newId(), text: 'Plantrime called' });
    await activist.get('/api/cases?q=Plantrime%20Secretaj');
    await activist.get(`/api/cases/Plantrime-Secretaj`);
    await server.stranger().get('/api/answers/a-token-that-nobody-may-read');
    await server
      .stranger()
      .post('/api/session', { email: 'plantrime@example.org', password: 'hush hush hush' });
    await activist.send('GET', '/api/cases?Plantrime=1');
    await auditEntries();
    const dump = JSON.stringify(await auditBlocks());
    expect(dump).to.include(id);
    for (const trace of [
      ...plantedTraces,
      'Plantrime',
      'plantrime',
      'Hush',
      'hush',
      '700 812',
      'a-token-that',
    ])
      expect(dump, trace).to.not.include(trace);
  });

  it('carries in the readings that reached only their own record, once', async () => {
    const id = newId();
    await VaultReadingModel.create({
      _id: id,
      caseId,
      at: new Date(Date.now() - 86_400_000),
      kind: 'opened',
      by: activist.id,
      role: 'activist',
      reason: 'visit',
      fields: ['phone'],
    });
    expect(await mindAudit(new Date(), null)).to.equal(1);
    expect(await mindAudit(new Date(), null)).to.equal(0);
    const [entry] = (await auditEntries()).filter(({ ids }) => ids.includes(id));
    expect(entry).to.deep.include({ code: 'audit.carried', about: ['phone', 'visit'], by: activist.id });
  });

  it('is walked and cut by jobs, and sound after all this', async () => {
    const names = allJobs(settingsOf(server.env)).map(({ name }) => name);
    expect(names).to.include.members(['audit.mind', 'audit.check', 'audit.cut']);
    const walk = await walkAudit();
    expect(walk.faults).to.deep.equal([]);
    expect(walk.entries).to.be.greaterThan(100);
  });
});
