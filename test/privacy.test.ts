// Duty: plant secrets in one municipality, drive every role through every endpoint and socket, and search all that comes out for them.
import { expect } from 'chai';
import { symbols } from 'pino';
import sharp from 'sharp';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { CommitmentModel } from '../server/features/commitments/commitments.model.ts';
import { UserModel } from '../server/features/directory/users.model.ts';
import { log } from '../server/log.ts';
import { newId } from '../shared/api.ts';
import { caseInput, inDays, move, triage } from './support/cases.ts';
import { commitmentInput, withEvidence } from './support/commitments.ts';
import { issueInput } from './support/issues.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

/** Invented, and found nowhere else. */
const planted = {
  name: 'Plantrime Secretaj',
  phone: '044 918 273',
  idNumber: '1928374650',
  note: 'Notewhisper',
  step: 'Stepwhisper',
  need: 'Needwhisper',
  reason: 'Reasonwhisper',
};

describe('Privacy', () => {
  let server: TestServer;
  let insider: Person;
  let outsiders: Record<string, Person>;
  let insiders: Record<string, Person>;
  const ids = { case: newId(), note: newId(), step: newId(), evidence: newId(), merge: newId() };
  let receipt = '';
  let neverTold: string[] = [];
  let reference = '';
  const logLines: string[] = [];
  const heard: { who: string; event: string }[] = [];

  before(async () => {
    server = await startTestServer();
    const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[symbols.streamSym]!;
    stream.write = (line) => {
      logLines.push(line);
    };
    log.level = 'debug';
    insider = await server.as('team_lead', { municipality: 'prizren', name: 'Prizren lead' });
    insiders = { insider, coordinator: await server.as('coordinator') };
    outsiders = {
      activist: await server.as('activist'),
      team_lead: await server.as('team_lead'),
      cso_member: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
      stranger: server.stranger(),
    };
    for (const [who, person] of Object.entries({ ...outsiders, ...insiders })) {
      if (!person.cookie) continue;
      const socket = await person.socket();
      socket.onAny((...event) => heard.push({ who, event: JSON.stringify(event) }));
    }
    const { status, body } = await insider.post(
      '/api/cases',
      caseInput({
        id: ids.case,
        municipality: 'prizren',
        settlement: null,
        title: `${planted.name} has no paper`,
        description: `Reach her at ${planted.phone}, number ${planted.idNumber}.`,
        need: planted.need,
      }),
    );
    expect(status).to.equal(201);
    ({ receipt, reference } = body.data);
    const ok = async (answer: Promise<{ status: number; text: string }>) => {
      const found = await answer;
      expect([200, 201], found.text).to.include(found.status);
    };
    await ok(insider.post(`/api/cases/${ids.case}/notes`, { id: ids.note, text: planted.note }));
    await ok(
      insider.post(`/api/cases/${ids.case}/steps`, { id: ids.step, title: planted.step, due: inDays(2) }),
    );
    const form = new FormData();
    const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    form.append('file', new Blob([new Uint8Array(picture)]), `${planted.name}.png`);
    await ok(insider.send('POST', `/api/cases/${ids.case}/evidence?id=${ids.evidence}`, form));
    // A proposal of the same id: every endpoint that takes an id meets it too.
    await ok(
      insider.post(
        '/api/commitments',
        commitmentInput({
          id: ids.case,
          title: `Told to ${planted.name}`,
          words: planted.note,
          person: planted.name,
          place: planted.phone,
        }),
      ),
    );
    await withEvidence(insider, ids.case, ids.evidence);
    await ok(
      insider.post(
        '/api/issues',
        issueInput({
          id: ids.case,
          municipalities: ['prizren'],
          title: `As told by ${planted.name}`,
          statement: `${planted.phone} ${planted.note}`,
        }),
      ),
    );
    await ok(insider.post(`/api/issues/${ids.case}/cases`, { ids: [ids.case], act: 'link' }));
    await ok(move(insider, ids.case, triage(insider.id)));
    await ok(move(insider, ids.case, { move: 'start' }));
    await ok(move(insider, ids.case, { move: 'resolve', outcome: 'achieved', note: planted.reason }));
    const kept = await CaseModel.findOne({ _id: ids.case }).lean();
    const promise = await CommitmentModel.findOne({ _id: ids.case }).lean();
    const users = await UserModel.find().lean();
    neverTold = [
      receipt,
      kept!.receiptHash!,
      kept!.evidence[0]!.file,
      promise!.evidence[0]!.file,
      ...users.map((user) => user.passwordHash!).filter(Boolean),
      '$argon2id',
    ];
  });
  after(async () => {
    log.level = 'silent';
    await server.stop();
  });

  /** What would do something on the planted case if it were allowed. */
  const bodies: Record<string, () => unknown> = {
    'post /api/cases': () => caseInput({ id: ids.case }),
    'patch /api/cases/:id': () => ({ version: 1, title: 'x' }),
    'post /api/cases/:id/moves': () => ({ move: 'reopen', reason: 'x', version: 7 }),
    'post /api/cases/:id/assignment': () => ({ lead: insider.id, collaborators: [], version: 7 }),
    'post /api/cases/:id/notes': () => ({ id: ids.note, text: 'x' }),
    'post /api/cases/:id/steps': () => ({ id: ids.step, title: 'x', due: inDays(1) }),
    'patch /api/cases/:id/steps/:step': () => ({ version: 1, title: 'x' }),
    'post /api/cases/bulk/triage': () => ({ ids: [ids.case], urgency: 'low', lead: insider.id }),
    'post /api/cases/bulk/assign': () => ({ ids: [ids.case], lead: insider.id }),
    'put /api/cases/:id/issue': () => ({ issue: null, version: 1 }),
    'post /api/issues': () => issueInput({ id: ids.case }),
    'patch /api/issues/:id': () => ({ version: 1, title: 'x' }),
    'post /api/issues/:id/moves': () => ({ move: 'decline', reason: 'x', version: 1 }),
    'post /api/issues/:id/merge': () => ({ into: ids.merge, version: 1 }),
    'post /api/issues/:id/split': () => ({ ...issueInput(), cases: [ids.case], version: 1 }),
    'post /api/issues/:id/cases': () => ({ ids: [ids.case], act: 'preview' }),
    'patch /api/commitments/:id': () => ({ version: 1, title: 'x' }),
    'post /api/commitments/:id/moves': () => ({ move: 'approve', version: 1 }),
    'post /api/hand-over': () => ({ from: insider.id, to: insider.id, ids: [ids.case] }),
  };
  const queries: Record<string, string[]> = {
    'get /api/cases': [
      '',
      '?q=plantrime',
      '?municipality=prizren',
      `?q=PRZ`,
      '?lead=none',
      '?sort=changed&late=false',
    ],
    'get /api/issues': ['', '?q=plantrime', '?municipality=prizren&status=proposed'],
    'get /api/cases/counts': ['', '?municipality=prizren'],
    'get /api/cases/similar': [
      `?theme=housing&municipality=prizren&text=${encodeURIComponent(`${planted.name} has no paper ${planted.need}`)}`,
    ],
    'get /api/hand-over': ['FROM'],
    'post /api/cases/:id/evidence': ['EVIDENCE'],
  };
  /** These end the very session that asks: last. */
  const endsSession = /^(delete|post) \/api\/(session|sessions|me\/password)/;

  function requestsOf(): { method: string; path: string; name: string }[] {
    return server.app.endpoints
      .map((item) => ({ item, name: `${item.method} ${item.path}` }))
      .sort((a, b) => Number(endsSession.test(a.name)) - Number(endsSession.test(b.name)))
      .flatMap(({ item, name }) => {
        const path = item.path
          .replace(':evidence', ids.evidence)
          .replace(':step', ids.step)
          .replace(/:[a-zA-Z]+/g, ids.case);
        return (queries[name] ?? ['']).map((query) => ({
          method: item.method.toUpperCase(),
          name,
          path:
            path + query.replace('FROM', `?from=${insider.id}`).replace('EVIDENCE', `?id=${ids.evidence}`),
        }));
      });
  }

  async function drive(person: Person) {
    const answers: { what: string; status: number; text: string; sampled: boolean }[] = [];
    for (const { method, path, name } of requestsOf()) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[name]?.() ?? {});
      const { status, text, headers } = await person.send(method, path, body);
      answers.push({
        what: `${method} ${path}`,
        status,
        text: text + JSON.stringify([...headers]),
        sampled: body === undefined || name in bodies,
      });
    }
    return answers;
  }

  const secrets = () => [...Object.values(planted), 'Plantrime', 'Secretaj', reference, ...neverTold];

  for (const who of ['activist', 'team_lead', 'cso_member', 'funder', 'administrator', 'stranger']) {
    it(`tells ${who} of elsewhere nothing, at any endpoint`, async () => {
      const answers = await drive(outsiders[who]!);
      for (const { what, text, status } of answers) {
        // The read log names a case by its number, so that "who opened it" can be answered, and says nothing else of it.
        const isReadLog = who === 'administrator' && what.startsWith('GET /api/read-log');
        for (const secret of secrets())
          if (!isReadLog || secret !== reference) expect(text, `${what} → ${status}`).not.to.include(secret);
        expect(status, what).to.be.lessThan(500);
      }
      const aboutTheCase = answers.filter(({ what }) => what.includes(`/api/cases/${ids.case}`));
      expect(aboutTheCase).to.have.length.greaterThan(8);
      const expected = who === 'stranger' ? 401 : 404;
      // Without a sample of what an endpoint takes, it may refuse the body before it looks for the case.
      for (const { what, status, sampled } of aboutTheCase)
        expect(sampled ? [expected] : [expected, 422], what).to.include(status);
    }).timeout(30_000);
  }

  it('changed nothing on the way, and shows it to those it is for', async () => {
    const { body, text } = await insider.get(`/api/cases/${ids.case}`);
    for (const secret of [planted.name, planted.phone, planted.note, planted.step, planted.reason])
      expect(text).to.include(secret);
    expect(body.data.status).to.equal('resolved');
    expect(body.data.notes).to.have.length(1);
    expect(body.data.evidence).to.have.length(1);
  });

  for (const who of ['insider', 'coordinator']) {
    it(`tells even ${who} no hash, no receipt and no name of a kept file`, async () => {
      const answers = await drive(insiders[who]!);
      expect(answers.filter(({ status }) => status === 200)).to.have.length.greaterThan(10);
      for (const { what, text, status } of answers) {
        for (const secret of neverTold) expect(text, `${what} → ${status}`).not.to.include(secret);
        expect(status, what).to.be.lessThan(500);
      }
    }).timeout(30_000);
  }

  it('sends no words through sockets, and strangers not even the id', () => {
    const words = secrets();
    expect(heard.filter(({ who }) => who === 'insider').length).to.be.greaterThan(5);
    for (const { who, event } of heard) {
      for (const secret of words) expect(event, who).not.to.include(secret);
      if (who in outsiders) expect(event, who).not.to.include(ids.case);
    }
  });

  it('writes no words to the log', () => {
    const words = secrets().filter((secret) => secret !== reference);
    log.info({ title: planted.name, nested: { text: planted.note } }, 'what a careless line would hold');
    expect(logLines.some((line) => line.includes('careless'))).to.equal(true);
    for (const line of logLines) for (const secret of words) expect(line).not.to.include(secret);
  });
});
