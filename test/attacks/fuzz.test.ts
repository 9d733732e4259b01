// Duty: drive every endpoint of the API's own description with hostile input, as every role and as a stranger, and judge all that comes out.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { newId } from '../../shared/api.ts';
import { roles } from '../../shared/directory.ts';
import { seeded, seeds } from '../database/seeds.ts';
import { actionInput, activeCampaign, added, campaignOf } from '../support/campaigns.ts';
import { caseInput, inDays, logged } from '../support/cases.ts';
import { commitmentInput, recorded, sourceInput } from '../support/commitments.ts';
import {
  Dice,
  echo,
  harmless,
  hostile,
  mutantsOf,
  type Pool,
  type Shape,
  sampleOf,
} from '../support/fuzz.ts';
import { issueInput, issueMade } from '../support/issues.ts';
import { listenToLog } from '../support/logLines.ts';
import { consented, organisation, referred } from '../support/referrals.ts';
import { type Person, type Reply, startTestServer, type TestServer } from '../support/server.ts';

interface Operation {
  method: string;
  path: string;
  body: Shape | null;
  query: Record<string, Shape>;
  params: string[];
}

/** As a list's own cursors are written, with values that none has. */
const forgedCursors = [
  ['newest', '9007199254740991', 'x'],
  ['oldest', '9007199254740991', 'x'],
  ['oldest', '-8640000000000001', 'x'],
  ['changed', '-8640000000000000', '\u0000'],
  ['urgency', '1', '8640000000000000', 'x'],
  ['next_step', 'zzzz', 'x'],
  ['oldest', { $gt: 0 }, { $ne: null }],
  ['__proto__', 1, 'x'],
  [],
  null,
  { length: 3 },
].map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url'));

const secretWords = ['Fuzzsecretaj', '044 777 313', 'Fuzznoteword'];

/** Sign-outs end the very session that asks: last. */
const endsSession = /^(delete|post) \/api\/(session|sessions|me\/password)/;

describe('Hostile input at every endpoint', function () {
  this.timeout(60_000);
  let server: TestServer;
  let people: Record<string, Person>;
  let operations: Operation[];
  let theirs: { ids: string[]; secrets: string[]; reference: string };
  let ours: string[];
  /** Ids by slice or by the name of a path's part. */
  let about: Record<string, string[]>;
  let named: Pool['named'];
  let log: ReturnType<typeof listenToLog>;

  before(async () => {
    server = await startTestServer();
    const partner = await organisation();
    people = {};
    for (const role of roles)
      people[role] = await server.as(role, role === 'cso_member' ? { organisation: partner } : {});
    people.stranger = server.stranger();
    const insider = await server.as('team_lead', { municipality: 'prizren', name: 'Prizren Insiderova' });
    const [secretCase, note, step] = [newId(), newId(), newId()];
    const created = await insider.post(
      '/api/cases',
      caseInput({
        id: secretCase,
        municipality: 'prizren',
        title: `${secretWords[0]} has no paper`,
        description: `Reach her at ${secretWords[1]}`,
      }),
    );
    expect(created.status, created.text).to.equal(201);
    await insider.post(`/api/cases/${secretCase}/notes`, { id: note, text: secretWords[2] });
    await insider.post(`/api/cases/${secretCase}/steps`, { id: step, title: 'Go there', due: inDays(2) });
    theirs = {
      ids: [secretCase, note, step],
      secrets: [...secretWords],
      reference: created.body.data.reference,
    };
    const proposal = await recorded(insider, {
      title: `${secretWords[0]} was promised`,
      words: secretWords[2]!,
    });
    theirs.ids.push(proposal);
    const victim = await server.as('activist');
    const promised = [
      await recorded(people.coordinator!, commitmentInput()),
      await recorded(people.activist!, commitmentInput()),
    ];
    const paper = sourceInput();
    await people.activist!.post('/api/commitment-sources', paper);
    const cases = [await logged(people.activist!), await logged(people.team_lead!)];
    const issues = [await issueMade(people.coordinator!), await issueMade(people.activist!)];
    const secretIssue = issueInput({
      municipalities: ['prizren'],
      title: `${secretWords[0]} and others`,
      statement: secretWords[2]!,
    });
    await insider.post('/api/issues', secretIssue);
    theirs.ids.push(secretIssue.id);
    const addressed = await organisation({ name: 'Without accounts' });
    await consented(people.team_lead!, cases[0]!, addressed);
    const consent = await consented(people.team_lead!, cases[0]!, partner);
    const referrals = [
      await referred(people.team_lead!, cases[0]!, addressed),
      await referred(people.team_lead!, cases[0]!, partner),
    ];
    const campaign = await activeCampaign(people.coordinator!);
    const demand = (await campaignOf(people.coordinator!, campaign)).demandList[0]!.id;
    const action = actionInput();
    await added(people.coordinator!, `/api/campaigns/${campaign}/actions`, action);
    ours = [...cases, campaign, victim.id, partner, newId()];
    about = {
      cases,
      users: [victim.id],
      organisations: [partner, addressed],
      referrals,
      commitments: promised,
      'commitment-sources': [paper.id],
      issues,
      campaigns: [campaign],
      item: [demand, action.id],
      step: [newId()],
      evidence: [newId()],
      'saved-filters': [newId()],
      'consent-overrides': [consent],
    };
    named = {
      version: [1, 1, 2, 3, 4, 5, 6, 7, 8],
      id: [...Array.from({ length: 30 }, () => newId()), ...cases, ...referrals, ...promised, paper.id],
      into: issues,
      issue: issues,
      municipality: ['ferizaj'],
      institutionId: ['urbanism', 'csw'],
      institution: ['urbanism'],
      sourceId: [paper.id],
      lead: [people.activist!.id, people.team_lead!.id],
      worker: [people.cso_member!.id],
      recipient: [partner, addressed],
      email: Array.from({ length: 20 }, (_, index) => `fuzzed-${index}@example.org`),
      bbox: ['20,41,22,44', '-180,-90,180,90', '21.1,42.3,21.2,42.4', 'NaN,0,Infinity,1', '0,0,0,0'],
      zoom: ['0', '9', '22', '1e1', '-1'],
      limit: ['1', '100', '0', '1e99', '0x10'],
      cursor: [...forgedCursors, 'zzzzzzzzzzzzzz', '0', '', 'AA', '%00'],
    };
    operations = await describedOperations();
    log = listenToLog();
  });
  after(async () => {
    log.silence();
    await server.stop();
  });

  async function describedOperations(): Promise<Operation[]> {
    const { body } = await server.stranger().get('/api/openapi.json');
    const found: Operation[] = [];
    for (const [path, methods] of Object.entries<any>(body.paths))
      for (const [method, { parameters, requestBody }] of Object.entries<any>(methods))
        found.push({
          method,
          path: path.replace(/\{(\w+)\}/g, ':$1'),
          body: requestBody?.content['application/json'].schema ?? null,
          query: Object.fromEntries(
            parameters.filter((one: any) => one.in === 'query').map((one: any) => [one.name, one.schema]),
          ),
          params: parameters.filter((one: any) => one.in === 'path').map((one: any) => one.name),
        });
    expect(found).to.have.length(server.app.endpoints.length);
    const last = ({ method, path }: Operation) => Number(endsSession.test(`${method} ${path}`));
    return found.sort((a, b) => last(a) - last(b));
  }

  /** Everything that is kept, but for what counts attempts and visits. */
  async function everythingKept(): Promise<Record<string, string>> {
    const kept: Record<string, string> = {};
    for (const { name } of await mongoose.connection.db!.listCollections().toArray()) {
      if (['sessions', 'signInAttempts', 'trustedPlaces', 'jobs', 'municipalities'].includes(name)) continue;
      // Every refusal is an entry there, as it should be; that none holds a word is asked in test/api/audit.test.ts.
      if (name.startsWith('audit')) continue;
      const found = await mongoose.connection.db!.collection(name).find().sort({ _id: 1 }).toArray();
      const text = JSON.stringify(found, (key, value) => (key === 'lastSeenAt' ? undefined : value));
      kept[name] = `${found.length} ${createHash('sha256').update(text).digest('base64url')}`;
    }
    return kept;
  }

  function judge(what: string, who: string, answer: Reply<any>): void {
    const all = answer.text + JSON.stringify([...answer.headers]);
    expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).to.be.lessThan(500);
    // The shapes of municipalities are facts that are the same for everybody.
    if (answer.status >= 400 || !what.includes('/api/map/shapes'))
      expect(answer.headers.get('cache-control'), what).to.equal('no-store');
    if (answer.status >= 400) {
      expect(Object.keys(answer.body), what).to.deep.equal(['error']);
      expect(answer.body.error.code, what).to.match(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/);
      expect(answer.body.error.requestId, what).to.be.a('string');
      // A conflict shows both sides to whoever wrote one of them.
      if (answer.status !== 409) expect(answer.text, what).not.to.include(echo);
      expect(answer.text, what).not.to.match(/node_modules|\bat \w+.*:\d+:\d+|Mongo|BSON|Zod/);
    }
    if (who === 'coordinator') return;
    for (const secret of theirs.secrets) expect(all, what).not.to.include(secret);
    // The read log says by reference which record was opened, and nothing more of it.
    if (who !== 'administrator' || !what.includes('/api/read-log'))
      expect(all, what).not.to.include(theirs.reference);
  }

  function pathOf(operation: Operation, dice: Dice, pool: Pool): string {
    return operation.path.replace(/:(\w+)/g, (_, name) =>
      name === 'token' ? 'x'.repeat(43) : encodeURIComponent(dice.pick(idsFor(operation.path, name, pool))),
    );
  }

  function queryOf(operation: Operation, dice: Dice, pool: Pool): string {
    const pairs = Object.entries(operation.query)
      .filter(([name]) => ['id', 'from', 'bbox', 'zoom'].includes(name) || dice.roll() < 0.25)
      .map(([name, shape]) => {
        const value = sampleOf(shape, dice, pool, name);
        return `${name}=${encodeURIComponent(String(value).replace(/[\ud800-\udfff]/g, '?'))}`;
      });
    return pairs.length > 0 ? `?${pairs.join('&')}` : '';
  }

  /** Mostly the things that path is about, so that the rest is not only told that nothing is there. */
  function idsFor(path: string, name: string, pool: Pool): readonly string[] {
    const slice = path.split('/')[2]!;
    const meant = (name === 'id' ? about[slice] : about[name]) ?? [];
    return [...pool.ids, ...Array.from({ length: 3 }, () => [...meant, ...meant]).flat()];
  }

  const json = { 'Content-Type': 'application/json' };

  for (const seed of seeds) {
    it(
      seeded('refuses every body that differs in one place, in the one shape, and keeps nothing', seed),
      async () => {
        const dice = new Dice(seed);
        const pool = harmless(ours);
        const everybody = Object.entries(people);
        let turn = dice.below(everybody.length);
        let sent = 0;
        const before = await everythingKept();
        for (const operation of operations) {
          const { method, path, body } = operation;
          if (!body) continue;
          for (const { what, text } of mutantsOf(sampleOf(body, dice, pool))) {
            turn += 1;
            // A third of them each time: the seeds of many days see them all.
            if (dice.roll() < 0.6) continue;
            const [who, person] = everybody[turn % everybody.length]!;
            const target = pathOf(operation, dice, pool) + queryOf(operation, dice, pool);
            const answer = await person.send(method.toUpperCase(), target, text, json);
            const said = `${who}: ${method} ${path} with ${what}`;
            judge(said, who, answer);
            expect(answer.status, `${said}: ${text.slice(0, 300)}`).to.be.within(400, 499);
            sent += 1;
          }
          expect(await everythingKept(), `${method} ${path}`).to.deep.equal(before);
        }
        expect(sent).to.be.greaterThan(500);
        expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
      },
    );
  }

  it('refuses unknown, doubled and forged query keys, whoever asks', async () => {
    const dice = new Dice(1);
    const hostileQueries = [
      '__proto__[polluted]=1',
      '__proto__=1',
      'constructor=1',
      'constructor[prototype][polluted]=1',
      '$where=1',
      `unknown=${echo}`,
      '%00=1',
      '%ff=%ff',
    ];
    for (const operation of operations) {
      const own = Object.keys(operation.query).flatMap((name) => [
        `${name}[$ne]=x`,
        `${name}[]=x&${name}[]=y`,
      ]);
      for (const query of [...hostileQueries, ...own]) {
        // Doors that open for one role alone must refuse it too.
        for (const [who, person] of query === '__proto__=1'
          ? Object.entries(people)
          : [dice.pick(Object.entries(people))]) {
          if (endsSession.test(`${operation.method} ${operation.path}`) && who !== 'stranger') continue;
          const body = operation.method === 'get' || operation.method === 'delete' ? undefined : {};
          const target = `${pathOf(operation, dice, harmless(ours))}?${query}`;
          const answer = await person.send(operation.method.toUpperCase(), target, body);
          const said = `${who}: ${operation.method} ${target}`;
          judge(said, who, answer);
          expect(answer.status, said).to.be.within(400, 499);
        }
      }
    }
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it('refuses bodies in other types, and other things in them', async () => {
    const dice = new Dice(2);
    const odd: [string, string | Uint8Array<ArrayBuffer>][] = [
      ['text/plain', '{"a":1}'],
      ['application/x-www-form-urlencoded', 'email[$gt]=&password[$gt]='],
      ['multipart/form-data; boundary=x', '--x--'],
      ['multipart/form-data', 'x'],
      ['application/json; charset=utf-7', '{}'],
      ['application/json; charset=utf-16', '{}'],
      ['application/json', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['application/json', '\ufeff{'],
      ['application/ld+json', '{"$gt":1}'],
      ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
      ['nonsense', 'x'],
    ];
    for (const operation of operations.filter(({ body }) => body !== null)) {
      for (const [type, content] of odd) {
        const [who, person] = dice.pick(Object.entries(people));
        const target = pathOf(operation, dice, harmless(ours));
        const answer = await person.send(operation.method.toUpperCase(), target, content, {
          'Content-Type': type,
        });
        const said = `${who}: ${operation.method} ${target} as ${type}`;
        judge(said, who, answer);
        // Nothing to say is something to say at the few endpoints that take an empty body.
        const takesNothing = (operation.body!.required ?? []).length === 0;
        if (!takesNothing) expect(answer.status, said).to.be.within(400, 499);
      }
    }
  });

  for (const seed of seeds) {
    it(
      seeded('survives well-formed input with hostile words, numbers, days and ids, as everybody', seed),
      async () => {
        const dice = new Dice(seed);
        const accepted = new Set<string>();
        for (const operation of operations) {
          const { method, path, body } = operation;
          for (const [who, person] of Object.entries(people)) {
            if (endsSession.test(`${method} ${path}`) && who !== 'stranger') continue;
            const pool = hostile(who === 'coordinator' ? ours : [...ours, ...theirs.ids], named);
            for (let round = 0; round < 3; round += 1) {
              const target = pathOf(operation, dice, pool) + queryOf(operation, dice, pool);
              const sample = body ? JSON.stringify(sampleOf(body, dice, pool)) : undefined;
              const answer = await person.send(method.toUpperCase(), target, sample, sample ? json : {});
              judge(`${who}: ${method} ${target} ${sample ?? ''}`, who, answer);
              if (answer.status < 300) accepted.add(`${method} ${path}`);
            }
          }
        }
        expect(accepted.size).to.be.greaterThan(35);
      },
    );
  }

  it('reads everything that the fuzz has left, as everybody who may', async () => {
    const dice = new Dice(3);
    for (const operation of operations.filter(({ method }) => method === 'get'))
      for (const [who, person] of Object.entries(people))
        for (const target of new Set(ours.map((id) => pathOf(operation, dice, harmless([id]))))) {
          const answer = await person.get(target);
          const said = `${who}: get ${target}`;
          expect(answer.status, `${said} ${answer.text.slice(0, 300)}`).to.be.lessThan(500);
          if (who !== 'coordinator')
            for (const secret of theirs.secrets) expect(answer.text, said).not.to.include(secret);
        }
  });

  it('wrote neither what was sent nor what is kept to the log', () => {
    expect(log.lines.length).to.be.greaterThan(100);
    for (const line of log.lines) {
      expect(line).not.to.include('"fault"');
      for (const secret of [...secretWords, echo, 'x'.repeat(43)]) expect(line).not.to.include(secret);
    }
  });
});
