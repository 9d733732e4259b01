// Duty: institutions, their offices, people in office and scorecards; reply rules and holidays; who may see and set what.
import { expect } from 'chai';
import fc from 'fast-check';
import { LetterModel } from '../../server/features/institutions/letters.model.ts';
import { promisesAreCountedBy } from '../../server/features/institutions/scorecards.queries.ts';
import { newId } from '../../shared/api.ts';
import { municipalitySlugs, roles } from '../../shared/directory.ts';
import { dayLater, daysBetween } from '../../shared/replyClock.ts';
import { drafted } from '../support/letters.ts';
import { faultsOf, type Person, startTestServer, type TestServer } from '../support/server.ts';

const rule = (changes = {}) => ({
  version: 0,
  days: 10,
  dayKind: 'working',
  extensionDays: 0,
  silence: 'nothing',
  law: { sq: 'Ligji', sr: 'Zakon', en: 'Law' },
  checked: false,
  ...changes,
});

describe('Institutions', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let administrator: Person;
  let funder: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    administrator = await server.as('administrator');
    funder = await server.as('funder');
  });
  after(() => server.stop());

  it('GET /api/institutions has an office of every municipal kind in each of the seven municipalities', async () => {
    const { data } = (await activist.get('/api/institutions?offices=true')).body;
    const kinds = (await activist.get('/api/institutions?level=municipal')).body.data;
    expect(kinds).to.have.length(12);
    for (const slug of municipalitySlugs)
      expect(
        data.filter((one: any) => one.municipality === slug),
        slug,
      ).to.have.length(12);
    expect(data.filter((one: any) => one.municipality === null)).to.have.length(15);
    const office = data.find((one: any) => one.id === 'civil-status-gjakova');
    expect(office.names).to.deep.equal({
      sq: 'Zyra e Gjendjes Civile (ZGJC), Komuna e Gjakovës',
      sr: 'Kancelarija civilnog stanja (matična služba), Opština Đakovica',
      en: 'Civil Status Office, Municipality of Gjakova',
    });
    const peja = (await activist.get('/api/institutions?municipality=peja&theme=housing')).body.data;
    expect(
      peja.every((one: any) => one.themes.includes('housing') && [null, 'peja'].includes(one.municipality)),
    ).to.equal(true);
  });

  it('GET /api/institutions/:id is there for those who work with it, and for nobody else', async () => {
    for (const role of roles) {
      const { status } = await (await server.as(role)).get('/api/institutions/aip');
      expect(status, role).to.equal(role === 'funder' || role === 'administrator' ? 404 : 200);
    }
    expect((await activist.get('/api/institutions/nobody')).status).to.equal(404);
  });

  it('PUT /api/institutions/:id/people keeps who holds office, for coordinators, without losing a colleague’s list', async () => {
    const mayor = { id: newId(), name: 'Emër Shembull', office: 'Kryetar', from: '2021-11-14', to: null };
    const path = '/api/institutions/municipality-peja/people';
    const heard: string[] = [];
    const socket = await activist.socket();
    socket.on('change', (name: string, change: any) => heard.push(`${name} ${change.id}`));
    const stranger = await funder.socket();
    stranger.onAny((...event: unknown[]) => heard.push(`funder ${JSON.stringify(event)}`));
    const kept = await coordinator.put(path, { version: 0, people: [mayor] });
    expect(kept.status, kept.text).to.equal(200);
    expect(kept.body.data).to.deep.include({ version: 1, people: [mayor] });
    const stale = await coordinator.put(path, { version: 0, people: [] });
    expect(stale.status).to.equal(409);
    expect(stale.body.error.extra.people).to.deep.equal([mayor]);
    expect((await activist.put(path, { version: 1, people: [] })).status).to.equal(403);
    expect((await administrator.put(path, { version: 1, people: [] })).status).to.equal(404);
    const backwards = { ...mayor, to: '2020-01-01' };
    expect(faultsOf(await coordinator.put(path, { version: 1, people: [backwards] }))).to.deep.equal([
      'people.0.to: before_start',
    ]);
    const twice = await coordinator.put(path, { version: 1, people: [mayor, mayor] });
    expect(faultsOf(twice)).to.deep.equal(['people.1.id: repeated']);
    expect((await activist.get('/api/institutions/municipality-peja')).body.data.people).to.deep.equal([
      mayor,
    ]);
    expect(heard).to.deep.equal(['institution.changed municipality-peja']);
  });

  it('counts the scorecard as a recount of its letters does, by year and in all', async () => {
    const base = (await LetterModel.findOne({
      _id: await drafted(coordinator, { municipality: 'prizren' }),
    }).lean())!;
    promisesAreCountedBy(async (id, municipality) =>
      id === 'urbanism' && municipality === 'prizren' ? [{ year: 2025, kept: 2, late: 1, broken: 1 }] : [],
    );
    const day = fc.integer({ min: 0, max: 900 }).map((at) => dayLater('2024-06-01', at));
    const one = fc.record({
      sentOn: day,
      after: fc.option(fc.integer({ min: 0, max: 60 })),
      silent: fc.boolean(),
      withdrawn: fc.boolean(),
      elsewhere: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 25 }), async (letters) => {
        await LetterModel.deleteMany({ institutionId: 'urbanism' });
        await LetterModel.insertMany(
          letters.map((letter, at) => ({
            ...base,
            _id: newId(),
            reference: `LET-2020-${at}`,
            municipality: letter.elsewhere ? 'peja' : 'prizren',
            sentOn: letter.sentOn,
            answeredOn: letter.after === null ? null : dayLater(letter.sentOn, letter.after),
            silentOn: letter.silent ? dayLater(letter.sentOn, 8) : null,
            status: letter.withdrawn ? 'withdrawn' : 'sent',
          })),
        );
        const { scorecard } = (await activist.get('/api/institutions/urbanism-prizren')).body.data;
        const kept = await LetterModel.find({
          institutionId: 'urbanism',
          municipality: 'prizren',
          status: 'sent',
        }).lean();
        for (const year of [2024, 2025, 2026]) {
          const own = kept.filter(({ sentOn }) => sentOn!.startsWith(String(year)));
          const shown = scorecard.years.find((card: any) => card.year === year);
          const days = own.flatMap(({ sentOn, answeredOn }) =>
            answeredOn ? [daysBetween(sentOn!, answeredOn)] : [],
          );
          const middle = days.sort((a, b) => a - b);
          const median = middle.length
            ? (middle[Math.floor((middle.length - 1) / 2)]! + middle[Math.ceil((middle.length - 1) / 2)]!) / 2
            : null;
          expect(shown?.lettersSent ?? 0).to.equal(own.length);
          expect(shown?.medianDays ?? null).to.equal(median);
          expect(shown?.silent ?? 0).to.equal(own.filter(({ silentOn }) => silentOn).length);
        }
        expect(scorecard.total.lettersSent).to.equal(kept.length);
        expect(scorecard.total).to.include({ kept: 2, late: 1, broken: 1 });
        const all = (await activist.get('/api/institutions/urbanism')).body.data.scorecard.total.lettersSent;
        expect(all).to.equal(letters.filter(({ withdrawn }) => !withdrawn).length);
      }),
      { numRuns: 12 },
    );
    promisesAreCountedBy(async () => []);
  });

  describe('Reply rules and holidays', () => {
    it('GET /api/reply-rules ships access to documents, to be checked with a lawyer', async () => {
      const { data, abilities } = (await administrator.get('/api/reply-rules')).body;
      expect(data).to.have.length(1);
      expect(data[0]).to.include({
        kind: 'access_to_documents',
        days: 7,
        extensionDays: 15,
        silence: 'refusal',
        checked: false,
      });
      expect(abilities).to.deep.equal({ editRules: true });
      expect((await activist.get('/api/reply-rules')).body.abilities).to.deep.equal({ editRules: false });
      expect((await funder.get('/api/reply-rules')).status).to.equal(404);
      expect((await funder.get('/api/holidays')).status).to.equal(404);
    });

    it('PUT /api/reply-rules/:kind refuses zero and negative days with code and field', async () => {
      const tries: [object, string][] = [
        [{ days: 0 }, 'days: not_positive'],
        [{ days: -3 }, 'days: not_positive'],
        [{ days: 400 }, 'days: too_large'],
        [{ extensionDays: -1 }, 'extensionDays: negative'],
        [{ law: { sq: '', sr: 'x', en: 'x' } }, 'law.sq: required'],
        [{ version: 5 }, 'version: not_a_version'],
      ];
      for (const [changes, fault] of tries) {
        const answer = await administrator.put('/api/reply-rules/complaint', rule(changes));
        expect(answer.status, fault).to.equal(422);
        expect(faultsOf(answer)).to.deep.equal([fault]);
      }
      expect((await administrator.get('/api/reply-rules')).body.data).to.have.length(1);
      expect((await coordinator.put('/api/reply-rules/complaint', rule())).status).to.equal(403);
      expect((await administrator.put('/api/reply-rules/poem', rule())).status).to.equal(404);
      expect((await administrator.put('/api/reply-rules/complaint', rule())).body.data.version).to.equal(1);
      expect((await administrator.put('/api/reply-rules/complaint', rule())).status).to.equal(409);
      expect(
        (await administrator.put('/api/reply-rules/complaint', rule({ version: 1, days: 12 }))).body.data
          .days,
      ).to.equal(12);
    });

    it('GET /api/holidays knows 2026 and 2027, and says which days are not sure', async () => {
      const { data } = (await administrator.get('/api/holidays')).body;
      expect(data.map((one: any) => one.year)).to.deep.equal(['2026', '2027']);
      const find = (day: string) => data.flatMap((one: any) => one.days).find((one: any) => one.day === day);
      expect(find('2026-02-17')).to.deep.include({ sure: true });
      expect(find('2027-03-29').names.en).to.equal('Catholic Easter Monday');
      expect(find('2026-05-27')).to.deep.include({ sure: false });
    });

    it('PUT /api/holidays/:year keeps a year as one list, in order, and refuses what is not of it', async () => {
      const names = { sq: 'Festë', sr: 'Praznik', en: 'Holiday' };
      const days = (...list: string[]) => list.map((day) => ({ day, names, sure: true }));
      const put = (body: object, by = administrator) => by.put('/api/holidays/2028', body);
      expect(faultsOf(await put({ version: 0, days: days('2027-01-01') }))).to.deep.equal([
        'days.0.day: not_in_year',
      ]);
      expect(faultsOf(await put({ version: 0, days: days('2028-01-01', '2028-01-01') }))).to.deep.equal([
        'days.1.day: repeated',
      ]);
      expect(faultsOf(await put({ version: 0, days: days('2028-02-30') }))[0]).to.match(/^days\.0\.day: /);
      expect((await put({ version: 0, days: days('2028-05-01') }, coordinator)).status).to.equal(403);
      const kept = await put({ version: 0, days: days('2028-05-01', '2028-01-01') });
      expect(kept.body.data.days.map((one: any) => one.day)).to.deep.equal(['2028-01-01', '2028-05-01']);
      expect((await put({ version: 0, days: [] })).status).to.equal(409);
    });
  });
});
