// Duty: prove that equity answers cannot be tied to anybody: not by what is kept, not by sums, not by any question of the API.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { clock } from '../../server/clock.ts';
import { sumOf } from '../../server/features/identities/equity.queries.ts';
import type { Community } from '../../shared/equity.ts';
import { caseInput, logged } from '../support/cases.ts';
import { planted, plantedTraces } from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let coordinator: Person;

const answer = (by: Person, communities: Community[], ownWords = '') =>
  by.post('/api/equity-answers', { communities, ownWords });
const many = (count: number, ...communities: Community[]) =>
  Array.from({ length: count }, () => ({ communities, ownWords: '' }));

describe('Equity answers', () => {
  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    coordinator = await server.as('coordinator');
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  describe('POST /api/equity-answers', () => {
    it('takes several choices, other with own words, or a wish not to say; answers nothing', async () => {
      for (const [communities, words] of [
        [['roma'], ''],
        [['roma', 'ashkali'], ''],
        [['other'], 'Gabel'],
        [['prefer_not_to_say'], ''],
      ] as [Community[], string][]) {
        const given = await answer(activist, communities, words);
        expect([given.status, given.text]).to.deep.equal([204, '']);
      }
    });

    it('refuses contradictions, digits in own words, and everything that would link it', async () => {
      const wrong = [
        { communities: [] },
        { communities: ['roma', 'prefer_not_to_say'] },
        { communities: ['roma', 'roma'] },
        { communities: ['roma'], ownWords: 'Gabel' },
        { communities: ['other'], ownWords: '044 123 456' },
        { communities: ['other'], ownWords: 'x'.repeat(41) },
        { communities: ['roma'], caseId: 'x' },
        { communities: ['roma'], case: 'FER-2026-0001' },
        { communities: ['roma'], person: 'Name' },
        { communities: ['roma'], userId: 'x' },
        { communities: ['roma'], municipality: 'ferizaj' },
        { communities: ['roma'], at: '2026-11-21' },
      ];
      for (const body of wrong)
        expect((await activist.post('/api/equity-answers', body)).status, JSON.stringify(body)).to.equal(422);
    });

    it('is not for funders, administrators or strangers', async () => {
      for (const role of ['funder', 'administrator'] as const)
        expect((await answer(await server.as(role), ['roma'])).status).to.equal(403);
      expect((await answer(server.stranger(), ['roma'])).status).to.equal(401);
    });

    it('keeps the month and the choices, and nothing else, in no order', async () => {
      await mongoose.connection.collection('equityAnswers').deleteMany({});
      const sent = Array.from(
        { length: 30 },
        (_, at) => `words${String.fromCharCode(97 + (at % 26))}${'x'.repeat(Math.floor(at / 26))}`,
      );
      for (const words of sent) expect((await answer(activist, ['other'], words)).status).to.equal(204);
      const kept = await mongoose.connection.collection('equityAnswers').find().toArray();
      expect(kept).to.have.length(1);
      expect(Object.keys(kept[0]!).sort()).to.deep.equal(['_id', 'answers', 'version']);
      expect(String(kept[0]!._id)).to.match(/^\d{4}-\d{2}$/);
      for (const item of kept[0]!.answers)
        expect(Object.keys(item).sort()).to.deep.equal(['communities', 'ownWords']);
      const order = kept[0]!.answers.map((item: { ownWords: string }) => item.ownWords);
      expect(order).to.have.members(sent);
      expect(order, 'shuffled (a false alarm once in 30!)').to.not.deep.equal(sent);
      expect(JSON.stringify(kept)).to.not.include(activist.id);
    });

    it('loses none of many that arrive together', async () => {
      await mongoose.connection.collection('equityAnswers').deleteMany({});
      const statuses = await Promise.all(Array.from({ length: 12 }, () => answer(activist, ['roma'])));
      const accepted = statuses.filter(({ status }) => status === 204).length;
      const [kept] = await mongoose.connection.collection('equityAnswers').find().toArray();
      expect(kept!.answers).to.have.length(accepted);
      expect(accepted).to.equal(12);
    });

    it('tells nobody live', async () => {
      const heard: unknown[] = [];
      const socket = await coordinator.socket();
      socket.on('change', (...change) => heard.push(change));
      await answer(activist, ['roma']);
      await new Promise((resolve) => setTimeout(resolve, 150));
      socket.disconnect();
      expect(heard).to.deep.equal([]);
    });
  });

  describe('GET /api/equity-answers/summary', () => {
    it('is for coordinators, takes no filter, and leaves out the month under way', async () => {
      await mongoose.connection.collection('equityAnswers').deleteMany({});
      await mongoose.connection.collection('equityAnswers').insertOne({
        _id: '2026-01' as never,
        version: 1,
        answers: [...many(23, 'roma'), ...many(12, 'ashkali'), ...many(11, 'egyptian')],
      });
      clock.stopAt(new Date('2026-02-10T10:00:00Z'));
      const before = (await coordinator.get('/api/equity-answers/summary')).body.data;
      expect(before.months).to.deep.equal({ from: '2026-01', to: '2026-01' });
      expect(before.communities).to.deep.include({ roma: 20, ashkali: 10, egyptian: 10 });
      await answer(activist, ['roma']);
      expect((await coordinator.get('/api/equity-answers/summary')).body.data).to.deep.equal(before);
      for (const query of [
        'community=roma',
        'municipality=ferizaj',
        'month=2026-01',
        'theme=housing',
        'from=2026-01',
      ])
        expect((await coordinator.get(`/api/equity-answers/summary?${query}`)).status, query).to.equal(422);
      clock.stopAt(null);
      for (const role of ['activist', 'team_lead', 'cso_member', 'funder', 'administrator'] as const)
        expect((await (await server.as(role)).get('/api/equity-answers/summary')).status).to.equal(403);
    });
  });

  describe('The sum of equity answers', () => {
    it('withholds cells under ten, and a second one where the first could be worked out', () => {
      const sum = sumOf([
        ...many(40, 'roma'),
        ...many(9, 'ashkali'),
        ...many(22, 'egyptian'),
        ...many(11, 'other'),
        ...many(15, 'prefer_not_to_say'),
      ]);
      expect(sum.communities).to.deep.equal({
        roma: 40,
        ashkali: null,
        egyptian: 20,
        other: null,
        prefer_not_to_say: 15,
      });
      expect(sum.answers).to.equal(95);
    });

    it('says nothing at all under ten answers', () => {
      const sum = sumOf(many(9, 'roma'));
      expect(sum.answers).to.equal(null);
      expect(Object.values(sum.communities)).to.deep.equal([null, null, null, null, null]);
    });

    it('never moves by one person', () => {
      for (let count = 30; count < 34; count += 1)
        expect(sumOf(many(count, 'roma')).communities.roma).to.equal(30);
    });

    it('shows own words only where ten people used them', () => {
      const words = (count: number, ownWords: string) =>
        Array.from({ length: count }, () => ({ communities: ['other' as Community], ownWords }));
      expect(sumOf([...words(12, 'gabel'), ...words(9, 'zylfije plantedsecretova')]).ownWords).to.deep.equal([
        { words: 'gabel', count: 10 },
      ]);
    });
  });

  describe('Named people by ethnicity', () => {
    const words = [
      'ethnicity',
      'community',
      'communities',
      'etnia',
      'komuniteti',
      'roma',
      'ashkali',
      'egyptian',
    ];
    const values = ['roma', 'ashkali', 'egyptian', 'Roma', 'RAE'];
    let caseId: string;
    let readers: Person[];

    before(async () => {
      caseId = await logged(activist);
      await activist.put(`/api/cases/${caseId}/identity`, { version: 0, fields: planted });
      for (const community of ['roma', 'ashkali', 'egyptian'] as const) await answer(activist, [community]);
      readers = [
        activist,
        coordinator,
        await server.as('team_lead'),
        await server.as('cso_member'),
        await server.as('funder'),
        await server.as('administrator'),
      ];
    });

    it('are returned by no GET, with no parameter of any such name or value, to nobody', async () => {
      for (const { method, path } of server.app.endpoints) {
        if (method !== 'get') continue;
        const address = path.replace(/:\w+/g, caseId);
        for (const reader of readers) {
          const plain = await reader.get(address);
          for (const trace of plantedTraces) expect(plain.text, path).to.not.include(trace);
          if (plain.status !== 200) continue;
          for (const word of words) {
            const asked = await reader.get(
              `${address}?${word}=${values[words.indexOf(word) % values.length]}`,
            );
            expect(asked.status, `${path}?${word}`).to.be.oneOf([422, 200]);
            // A parameter that an endpoint does not know changes nothing at all.
            if (asked.status === 200)
              expect(stable(asked.text), `${path}?${word}`).to.equal(stable(plain.text));
          }
        }
      }
    }).timeout(120_000);

    it('are found by no search, sort or filter of cases', async () => {
      for (const value of values) {
        const found = await coordinator.get(`/api/cases?q=${value}`);
        expect(found.body.data, value).to.deep.equal([]);
        for (const query of [
          `sort=${value}`,
          `theme=${value}`,
          `lead=${value}`,
          `status=${value}`,
          `settlement=${value}`,
        ]) {
          const answered = await coordinator.get(`/api/cases?${query}`);
          if (answered.status === 200) expect(answered.body.data, query).to.deep.equal([]);
          else expect(answered.status).to.equal(422);
        }
      }
    });

    it('cannot be kept: no case, identity or user takes such a field', async () => {
      for (const field of ['ethnicity', 'community', 'communities']) {
        expect((await activist.post('/api/cases', { ...caseInput(), [field]: 'roma' })).status).to.equal(422);
        expect(
          (await activist.put(`/api/cases/${caseId}/identity`, { version: 1, fields: { [field]: 'roma' } }))
            .status,
        ).to.equal(422);
        expect((await activist.patch('/api/me', { [field]: 'roma' })).status).to.equal(422);
        const caseChange = await activist.patch(`/api/cases/${caseId}`, { version: 1, [field]: 'roma' });
        expect(caseChange.status).to.equal(422);
      }
    });

    it('have no field anywhere in the database but the month of unlinked answers', async () => {
      for (const { name } of await mongoose.connection.db!.listCollections().toArray()) {
        if (name === 'equityAnswers') continue;
        const documents = await mongoose.connection.db!.collection(name).find().toArray();
        const keys = new Set(documents.flatMap((document) => keysOf(document)));
        for (const word of ['ethnicity', 'community', 'communities'])
          expect([...keys], `${name}.${word}`).to.not.include(word);
      }
    });
  });

  /** Without what differs between any two answers: times and numbers of requests. */
  const stable = (text: string) =>
    text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'time').replace(/"requestId":"[^"]+"/g, '');

  function keysOf(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(keysOf);
    if (value === null || typeof value !== 'object' || value instanceof Date) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
  }
});
