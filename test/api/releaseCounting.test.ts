// Duty: what counts in a figure and how that is said: a withdrawn consent, a sum that one group makes up, a period under way.
import { expect } from 'chai';
import { readSheet } from 'read-excel-file/node';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { ConsentModel } from '../../server/features/identities/consents.model.ts';
import { ReferralModel } from '../../server/features/referrals/referrals.model.ts';
import { speakers } from '../../server/words.ts';
import { newId } from '../../shared/api.ts';
import type { MunicipalitySlug } from '../../shared/directory.ts';
import { consentInput } from '../support/consents.ts';
import { beginFigures, caseAt, cellsOf, FigureDesk, indicatorOf, quarter } from '../support/figures.ts';
import { readPdf } from '../support/pdfText.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('What counts in a release', () => {
  let server: TestServer;
  let coordinator: Person;
  let funder: Person;
  let desk: FigureDesk;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    funder = await server.as('funder', { name: 'A Fund' });
    desk = new FigureDesk(coordinator);
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  beforeEach(beginFigures);

  const groups = (counts: number[], municipality: MunicipalitySlug) =>
    counts.map((count) =>
      caseAt('2026-04-15', { municipality, people: { count, households: 1, ageBands: {} } }),
    );

  describe('a case whose person took back the consent to statistics', () => {
    const give = async (caseId: string, purpose: 'statistics' | 'case_work') => {
      const consent = consentInput(coordinator.id, {
        purpose,
        givenOn: '2026-04-15',
        expiresOn: '2027-04-15',
      });
      const answer = await coordinator.post(`/api/cases/${caseId}/consents`, consent);
      expect(answer.status, answer.text).to.equal(201);
    };
    const withdraw = async (caseId: string) => {
      const answer = await coordinator.post(`/api/cases/${caseId}/consents/withdraw`, {});
      expect(answer.status, answer.text).to.equal(200);
    };
    const logged = async () =>
      indicatorOf((await desk.read(await desk.freeze(quarter))).data.whole, 'cases.logged');

    it('is in no count from then on, until it is given again; who never spoke of it counts', async () => {
      const cases = groups([3, 3, 3, 3, 3, 3], 'ferizaj');
      await CaseModel.insertMany(cases);
      const referral = {
        _id: newId(),
        kind: 'referral',
        caseId: cases[0]!._id,
        status: 'accepted',
        replyBy: '2026-05-10',
        sentAt: new Date('2026-05-01T10:00:00Z'),
        changedAt: new Date('2026-05-20T10:00:00Z'),
        history: [],
      };
      await ReferralModel.collection.insertOne(referral as never);
      expect((await logged()).figure.value).to.equal(6);
      await give(cases[0]!._id, 'statistics');
      await give(cases[1]!._id, 'case_work');
      expect((await logged()).figure.value).to.equal(6);
      await withdraw(cases[0]!._id);
      await withdraw(cases[1]!._id);
      expect((await logged()).figure.value).to.equal(5);
      const { indicators } = (
        await coordinator.get('/api/figures?kind=quarter&from=2026-04-01&to=2026-06-30')
      ).body.data;
      const now = (key: string) => indicators.find((item: { key: string }) => item.key === key).value;
      expect([now('cases.logged'), now('people.reached'), now('referrals.due')]).to.deep.equal([5, 15, 0]);
      clock.stopAt(new Date('2026-07-11T10:00:00Z'));
      const again = consentInput(coordinator.id, {
        purpose: 'statistics',
        givenOn: '2026-07-11',
        expiresOn: '2027-04-15',
      });
      expect((await coordinator.post(`/api/cases/${cases[0]!._id}/consents`, again)).status).to.equal(201);
      const { whole } = (await desk.read(await desk.freeze(quarter))).data;
      expect(
        ['cases.logged', 'referrals.due'].map((key) => indicatorOf(whole, key).figure.value),
      ).to.deep.equal([6, 1]);
      await Promise.all([ConsentModel.deleteMany({}), ReferralModel.deleteMany({})]);
    });
  });

  describe('a sum of people that one group makes up', () => {
    it('is withheld with another beside it, while the cases are shown', async () => {
      await CaseModel.insertMany([
        ...groups([200, 1, 1, 1, 1, 1], 'gjakova'),
        ...groups(Array(9).fill(9), 'prizren'),
        ...(['fushe-kosove', 'ferizaj', 'peja', 'mitrovica', 'gracanica'] as const).flatMap((place) =>
          groups(Array(7).fill(8), place),
        ),
      ]);
      const { told, whole } = (await desk.read(await desk.freeze(quarter))).data;
      expect(cellsOf(whole, 'people.reached', 'municipality').gjakova).to.equal(205);
      expect(cellsOf(told.funder, 'cases.logged', 'municipality').gjakova).to.equal(6);
      const people = cellsOf(told.funder, 'people.reached', 'municipality');
      expect(people.gjakova).to.equal(null);
      const hidden = Object.keys(people).filter((cell) => people[cell] === null);
      expect(hidden.length).to.be.greaterThan(1);
      expect(people.prizren).to.equal(81);
      const sum = hidden.reduce(
        (all, cell) => all + cellsOf(whole, 'people.reached', 'municipality')[cell],
        0,
      );
      expect(200 / sum).to.be.at.most(0.8);
      expect(indicatorOf(told.funder, 'people.reached').figure.value).to.equal(205 + 81 + 5 * 56);
      expect(Object.values(cellsOf(told.public, 'people.reached', 'municipality'))).to.deep.equal(
        Array(7).fill(null),
      );
    });

    it('is withheld as a whole where it is all that was reached', async () => {
      await CaseModel.insertMany(groups([300, ...Array(12).fill(2)], 'ferizaj'));
      const { told } = (await desk.read(await desk.freeze(quarter))).data;
      expect(indicatorOf(told.funder, 'cases.logged').figure.value).to.equal(13);
      expect(indicatorOf(told.funder, 'people.reached').figure).to.include({
        value: null,
        withheld: 'protected',
      });
    });
  });

  describe('a table that nobody publishes', () => {
    it('is refused by a code and words of its own, to whoever asks, and tells nothing', async () => {
      await CaseModel.insertMany(groups(Array(12).fill(3), 'ferizaj'));
      const id = await desk.publish(quarter);
      for (const query of [
        'municipality=peja',
        'theme=housing&municipality=peja',
        'ageBand=0-5',
        'indicators=x',
      ])
        for (const [person, path] of [
          [funder, '/api/progress'],
          [funder, `/api/progress/${id}`],
          [coordinator, '/api/figures'],
        ] as const) {
          const { status, body, text } = await person.get(`${path}?${query}`);
          expect([status, body.error.code], path).to.deep.equal([422, 'release.noSuchTable']);
          expect(body.error.faults[0].path).to.deep.equal([query.split('=')[0]]);
          expect(text).not.to.include('"data"');
        }
      for (const language of ['sq', 'sr', 'en'] as const)
        expect(speakers[language].say('error.release.noSuchTable')).to.match(/\w+ \w+ .{20}/);
    });
  });

  describe('an answer that was frozen', () => {
    it('is compressed for who takes that, and the same bytes to everybody', async () => {
      await CaseModel.insertMany(groups(Array(12).fill(3), 'ferizaj'));
      const id = await desk.publish(quarter);
      const taken = (accepted: string) =>
        fetch(`${server.url}/api/progress/${id}`, {
          headers: { Cookie: funder.cookie, 'Accept-Encoding': accepted },
        });
      const [plain, zipped, refused] = [
        await taken('identity'),
        await taken('br, gzip'),
        await taken('gzip;q=0'),
      ];
      expect([plain, zipped, refused].map(({ headers }) => headers.get('content-encoding'))).to.deep.equal([
        null,
        'gzip',
        null,
      ]);
      expect(zipped.headers.get('vary')).to.match(/accept-encoding/i);
      expect(Number(zipped.headers.get('content-length'))).to.be.lessThan(
        Number(plain.headers.get('content-length')) / 3,
      );
      const text = await plain.text();
      expect([await zipped.text(), await refused.text()]).to.deep.equal([text, text]);
    });
  });

  describe('a period under way', () => {
    it('is said to be on every page of a report, every row, every sheet, and beside every release that is listed', async () => {
      await CaseModel.insertMany(groups(Array(12).fill(3), 'ferizaj'));
      const id = await desk.publish({ kind: 'project', from: '2026-04-01', to: '2027-03-31' });
      const copy = async (format: string, language: string) => {
        const path = `/api/progress/${id}/downloads/${format}?language=${language}`;
        const response = await fetch(server.url + path, { headers: { Cookie: funder.cookie } });
        return Buffer.from(await response.arrayBuffer());
      };
      for (const language of ['sq', 'sr', 'en'] as const) {
        const day = { sq: '30 qershor 2026', sr: '30. jun 2026.', en: '30 June 2026' }[language];
        const { say } = speakers[language];
        const { pages } = await readPdf(await copy('pdf', language));
        expect(pages.length).to.be.greaterThan(2);
        for (const page of pages) expect(page).to.include(say('summaries.running.short', { day }));
        const running = say('summaries.running', { day });
        const [head, ...rows] = await readSheet(await copy('xlsx', language), 1);
        expect(head).to.include(running);
        expect(rows.length).to.be.greaterThan(20);
        expect((await readSheet(await copy('xlsx', language), 2)).flat()).to.include(running);
        const lines = (await copy('csv', language)).toString('utf8').trim().split('\n').slice(2);
        for (const line of lines) expect(line).to.include(running).and.to.include('2026-06-30');
      }
      expect(JSON.parse((await copy('json', 'en')).toString('utf8')).data).to.include({
        running: true,
        countedTo: '2026-06-30',
      });
      const { newest, releases } = (await funder.get('/api/progress')).body.data;
      for (const release of [newest, ...releases])
        expect(release).to.include({ running: true, countedTo: '2026-06-30' });
    });
  });
});
