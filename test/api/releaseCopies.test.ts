// Duty: a release taken along: every form says the same figures to the digit in every language, each copy says whose it is, links end as they should.
import { expect } from 'chai';
import { readSheet } from 'read-excel-file/node';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { speakers } from '../../server/words.ts';
import { newId } from '../../shared/api.ts';
import { makeFormats } from '../../shared/format.ts';
import { type FrozenRelease, figuresOf } from '../../shared/summaries.ts';
import { figureText } from '../../shared/summaryWords.ts';
import { caseAt, publishedRelease, quarter } from '../support/figures.ts';
import { readPdf } from '../support/pdfText.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const languages = ['sq', 'sr', 'en'] as const;
const withBom = '\uFEFF';
const commaOutsideQuotes = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

describe('Copies of a release', () => {
  let server: TestServer;
  let coordinator: Person;
  let funder: Person;
  let id: string;
  let release: FrozenRelease;

  before(async () => {
    server = await startTestServer();
    clock.stopAt(new Date('2026-07-10T10:00:00Z'));
    coordinator = await server.as('coordinator');
    funder = await server.as('funder', { name: 'A Fund' });
    const counts = { ferizaj: 30, peja: 20, prizren: 14, gjakova: 12, mitrovica: 2 };
    await CaseModel.insertMany(
      Object.entries(counts).flatMap(([municipality, count]) =>
        Array.from({ length: count }, (_, at) =>
          caseAt('2026-04-15', {
            municipality: municipality as never,
            theme: at % 3 ? 'housing' : 'employment',
            ...(at % 2 ? { resolvedAfter: 9 + at, startedAfter: 3 } : {}),
          }),
        ),
      ),
    );
    id = await publishedRelease(coordinator, quarter, {
      sq: 'Në këtë tremujor u regjistruan {{cases.logged}} raste: shtëpi, punë, çështje.',
      sr: 'U ovom kvartalu zabeleženo je {{cases.logged}} slučajeva: kuće, posao, đubre, ćerke.',
      en: 'This quarter {{cases.logged}} cases were logged.',
    });
    release = (await funder.get(`/api/progress/${id}`)).body.data;
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  async function bytes(by: Person, path: string) {
    const response = await fetch(server.url + path, { headers: { Cookie: by.cookie } });
    return { response, content: Buffer.from(await response.arrayBuffer()) };
  }
  const copy = async (format: string, language = 'sq', who = funder) => {
    const { response, content } = await bytes(
      who,
      `/api/progress/${id}/downloads/${format}?language=${language}`,
    );
    expect(response.status, content.toString('utf8').slice(0, 300)).to.equal(200);
    expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="kosint-2026-04-01-/);
    return content;
  };
  const rowsOfCsv = (content: Buffer) => {
    const text = content.toString('utf8');
    expect(text.startsWith(withBom)).to.equal(true);
    return text
      .slice(1)
      .trim()
      .split('\n')
      .map((line) => line.split(commaOutsideQuotes).map((field) => field.replace(/^"(.*)"$/, '$1')));
  };

  for (const language of languages)
    it(`say the same figures in every form: ${language}`, async () => {
      const told = figuresOf(release);
      const json = JSON.parse((await copy('json', language)).toString('utf8'));
      expect(json.data).to.deep.equal(release);
      const [head, tags, ...csv] = rowsOfCsv(await copy('csv', language));
      expect(head).to.have.length(tags!.length);
      expect(tags!.every((tag) => tag.startsWith('#'))).to.equal(true);
      const [, ...sheet] = await readSheet(await copy('xlsx', language), 1);
      const { text } = await readPdf(await copy('pdf', language));
      const speech = {
        say: speakers[language].say,
        formats: makeFormats(language, 'Europe/Belgrade'),
        municipality: (slug: string) => slug,
      };
      expect(csv).to.have.length(told.length);
      expect(sheet).to.have.length(told.length);
      told.forEach(({ figure, indicator }, at) => {
        expect(csv[at]![0]).to.equal(figure.id);
        expect(csv[at]![4], figure.id).to.equal(figure.value === null ? '' : String(figure.value));
        expect(sheet[at]![0]).to.equal(figure.id);
        expect(sheet[at]![4] ?? null, figure.id).to.equal(figure.value);
        expect(text, figure.id).to.include(figureText(figure, indicator.unit, speech));
      });
      expect(text).to.include(speech.say('app.name')).and.to.include('A Fund');
    });

  it('print every letter of Albanian and Serbian, and put the figure into the story', async () => {
    const logged = figuresOf(release).find(({ figure }) => figure.id === 'cases.logged')!.figure.value;
    expect((await readPdf(await copy('pdf', 'sq'))).text).to.include(
      `u regjistruan ${logged} raste: shtëpi, punë, çështje.`,
    );
    expect((await readPdf(await copy('pdf', 'sr'))).text).to.include(
      `${logged} slučajeva: kuće, posao, đubre, ćerke.`,
    );
  });

  it('carry whose they are and the day on every page and row', async () => {
    const { pages } = await readPdf(await copy('pdf', 'en'));
    expect(pages.length).to.be.greaterThan(2);
    for (const page of pages) expect(page).to.include('A Fund · 10 July 2026');
    const [, , ...rows] = rowsOfCsv(await copy('csv', 'en'));
    for (const row of rows) expect(row.at(-1)).to.equal('A Fund · 10 July 2026');
    expect(JSON.parse((await copy('json')).toString('utf8')).copy).to.deep.equal({
      recipient: 'A Fund',
      on: '2026-07-10',
    });
  });

  it('hold no withheld figure in any form', () => {
    const cells = figuresOf(release).filter(({ figure }) => figure.withheld !== null);
    expect(cells.length).to.be.greaterThan(3);
    for (const { figure } of cells) expect(figure.value).to.equal(null);
  });

  it('are for those who read progress alone, of releases that are out, in forms that there are', async () => {
    for (const role of ['activist', 'team_lead', 'cso_member', 'administrator'] as const)
      expect((await (await server.as(role)).get(`/api/progress/${id}/downloads/pdf`)).status, role).to.equal(
        404,
      );
    expect((await server.stranger().get(`/api/progress/${id}/downloads/pdf`)).status).to.equal(401);
    expect((await funder.get(`/api/progress/${newId()}/downloads/pdf`)).status).to.equal(404);
    expect((await funder.get(`/api/progress/${id}/downloads/exe`)).status).to.equal(404);
    expect((await funder.get(`/api/progress/${id}/downloads/pdf?language=rom`)).status).to.equal(422);
  });

  describe('through a link', () => {
    const make = async (input: Record<string, unknown> = {}) => {
      const answer = await coordinator.post('/api/release-shares', {
        id: newId(),
        releaseId: id,
        recipient: 'Roma Initiatives Office',
        days: 7,
        once: false,
        ...input,
      });
      return {
        answer,
        token: String(answer.body?.link ?? '')
          .split('/')
          .at(-1)!,
        share: answer.body?.data,
      };
    };
    const open = (token: string) => server.stranger().post(`/api/shared/${token}`);
    const take = (token: string, query = '') =>
      bytes(server.stranger(), `/api/shared/${token}/downloads/pdf?${query}`);

    it('show the release to whoever holds it, with the recipient on each copy, and count the openings', async () => {
      const { token, share } = await make();
      for (const _ of [1, 2]) {
        const { status, body } = await open(token);
        expect(status).to.equal(200);
        expect(body.data).to.deep.equal(release);
        expect(body.pass).to.equal(null);
      }
      const { content } = await take(token, 'language=en');
      expect((await readPdf(content)).text).to.include('Roma Initiatives Office · 10 July 2026');
      const list = (await coordinator.get(`/api/progress/${id}/shares`)).body.data;
      expect(list.find((one: { id: string }) => one.id === share.id).opened).to.equal(2);
      expect(JSON.stringify(list)).not.to.include(token);
    });

    it('open once where they may open once, and let only that browser take copies', async () => {
      const { token } = await make({ once: true });
      expect((await take(token)).response.status).to.equal(410);
      const answers = await Promise.all([open(token), open(token), open(token)]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410]);
      const { pass } = answers.find(({ status }) => status === 200)!.body;
      expect((await take(token, `pass=${pass}`)).response.status).to.equal(200);
      expect((await take(token, 'pass=another')).response.status).to.equal(410);
      clock.stopAt(new Date('2026-07-10T11:30:00Z'));
      expect((await take(token, `pass=${pass}`)).response.status).to.equal(410);
      clock.stopAt(new Date('2026-07-10T10:00:00Z'));
    });

    it('end by time and by revoking, and say which', async () => {
      const { token, share } = await make({ days: 1 });
      clock.stopAt(new Date('2026-07-11T10:00:01Z'));
      expect((await open(token)).body.error.code).to.equal('link.expired');
      clock.stopAt(new Date('2026-07-10T10:00:00Z'));
      expect((await coordinator.delete(`/api/release-shares/${share.id}`)).status).to.equal(200);
      expect((await open(token)).body.error.code).to.equal('link.revoked');
      expect((await take(token)).response.status).to.equal(410);
      expect((await open(`${token.slice(0, -2)}xx`)).status).to.equal(404);
    });

    it('are made, seen and revoked by coordinators alone; bad input says what is wrong', async () => {
      const { share } = await make();
      for (const role of ['funder', 'activist', 'administrator', 'cso_member'] as const) {
        const person = role === 'funder' ? funder : await server.as(role);
        const input = { id: newId(), releaseId: id, recipient: 'x', days: 1, once: false };
        expect((await person.post('/api/release-shares', input)).status, role).to.equal(404);
        expect((await person.get(`/api/progress/${id}/shares`)).status, role).to.equal(404);
        expect((await person.delete(`/api/release-shares/${share.id}`)).status, role).to.equal(404);
      }
      for (const [wrong, field] of [
        [{ days: 0 }, 'days'],
        [{ days: 91 }, 'days'],
        [{ recipient: '  ' }, 'recipient'],
      ] as const) {
        const { answer } = await make(wrong);
        expect(answer.status).to.equal(422);
        expect(answer.body.error.faults[0].path).to.deep.equal([field]);
      }
      expect((await make({ releaseId: newId() })).answer.status).to.equal(404);
      expect((await make({ id: share.id })).answer.status).to.equal(409);
    });
  });
});
