// Duty: the register of indicators through HTTP: targets and what is refused, where things stand today, the example releases.
import { expect } from 'chai';
import { seedReleases } from '../../seeds/releases.ts';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { newId } from '../../shared/api.ts';
import { figuresOf } from '../../shared/summaries.ts';
import { indicatorKeys } from '../../shared/summaryLists.ts';
import { caseAt, quarter } from '../support/figures.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Indicators', () => {
  let server: TestServer;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer({ SEED: 'example' });
    coordinator = await server.as('coordinator');
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  const entry = async (key: string) =>
    (await coordinator.get('/api/indicators')).body.data.find((item: any) => item.key === key);
  const add = async (key: string, fields: object) =>
    coordinator.post(`/api/indicators/${key}/targets`, {
      id: newId(),
      period: quarter,
      baseline: null,
      target: 10,
      version: (await entry(key)).version,
      ...fields,
    });

  describe('GET /api/indicators', () => {
    it('lists the shipped set with formula, unit, tables and version', async () => {
      const { data } = (await coordinator.get('/api/indicators')).body;
      expect(data.map(({ key }: { key: string }) => key)).to.deep.equal(indicatorKeys);
      for (const item of data) {
        expect(item.formulaVersion).to.be.greaterThan(0);
        expect(JSON.stringify(item).toLowerCase()).to.not.match(/roma|ashkali|egyptian|ethnic|communit/);
      }
    });
  });

  describe('PATCH /api/indicators/:key', () => {
    it('keeps owner and note; a stale version is refused', async () => {
      const { version } = await entry('cases.logged');
      const change = { owner: 'Coordination office', note: { en: 'Offline cases come late.' }, version };
      const { status, body } = await coordinator.patch('/api/indicators/cases.logged', change);
      expect([status, body.data.owner, body.data.note.en]).to.deep.equal([
        200,
        'Coordination office',
        'Offline cases come late.',
      ]);
      expect((await coordinator.patch('/api/indicators/cases.logged', change)).status).to.equal(409);
      expect((await coordinator.patch('/api/indicators/cases.unknown', change)).status).to.equal(404);
      expect(
        (await coordinator.patch('/api/indicators/cases.logged', { ...change, formula: 'x' })).status,
      ).to.equal(422);
    });
  });

  describe('POST /api/indicators/:key/targets', () => {
    it('refuses what is not a number, open-ended and overlapping periods; repeats do nothing', async () => {
      const wrong: [object, number][] = [
        [{ target: 'many' }, 422],
        [{ target: '12' }, 422],
        [{ target: Number.NaN }, 422],
        [{ target: -1 }, 422],
        [{ target: 1.5 }, 422],
        [{ target: null }, 422],
        [{ period: { kind: 'quarter', from: '2026-04-01' } }, 422],
        [{ period: { kind: 'project', from: '2026-04-01', to: '9999-12-31' } }, 422],
        [{ period: { kind: 'quarter', from: '2026-05-01', to: '2026-07-31' } }, 422],
        [{ period: { kind: 'month', from: '2026-04-30', to: '2026-04-01' } }, 422],
      ];
      for (const [fields, status] of wrong)
        expect((await add('referrals.ended', fields)).status, JSON.stringify(fields)).to.equal(status);
      const id = newId();
      const first = await add('referrals.ended', { id });
      expect([first.status, first.body.data.targets.length]).to.deep.equal([201, 1]);
      expect((await add('referrals.ended', { id })).body.data.targets).to.have.length(1);
      const second = await add('referrals.ended', {});
      expect([second.status, second.body.error.code]).to.deep.equal([422, 'target.overlaps']);
      const whole = { kind: 'project', from: '2026-01-01', to: '2027-12-31' };
      expect((await add('referrals.ended', { period: whole })).status).to.equal(201);
      const cut = { kind: 'project', from: '2027-06-01', to: '2028-05-31' };
      expect((await add('referrals.ended', { period: cut })).status).to.equal(422);
    });
  });

  describe('PATCH and DELETE /api/indicators/:key/targets/:id', () => {
    it('change and take out a target', async () => {
      const id = newId();
      const path = `/api/indicators/letters.due/targets/${id}`;
      const { version } = (await add('letters.due', { id })).body.data;
      const changed = await coordinator.patch(path, { target: 25, version });
      expect(changed.body.data.targets[0]).to.include({ target: 25, baseline: null });
      expect((await coordinator.patch(path, { target: 'x', version: version + 1 })).status).to.equal(422);
      expect((await coordinator.send('DELETE', path, { version })).status).to.equal(409);
      const gone = await coordinator.send('DELETE', path, { version: version + 1 });
      expect([gone.status, gone.body.data.targets]).to.deep.equal([200, []]);
      expect((await coordinator.send('DELETE', path, { version: version + 2 })).status).to.equal(404);
    });
  });

  describe('GET /api/figures', () => {
    it('says where a quarter stands today, where it leads, and what leaves it in doubt', async () => {
      clock.stopAt(new Date('2025-05-15T10:00:00Z'));
      await CaseModel.deleteMany({});
      await CaseModel.insertMany([
        ...Array.from({ length: 9 }, () => caseAt('2025-04-15')),
        caseAt('2025-05-15', { people: { count: 2, households: 1, ageBands: { '60+': 1 } } }),
        caseAt('2025-04-15', { status: 'in_progress', reference: 'FER-2026-0001' }),
        caseAt('2025-04-01', { status: 'resolved', resolvedAfter: 3, confirmationDue: '2025-04-18' }),
      ]);
      const spring = { kind: 'quarter', from: '2025-04-01', to: '2025-06-30' };
      expect((await add('cases.logged', { target: 60, period: spring })).status).to.equal(201);
      const { status, body, text } = await coordinator.get(
        '/api/figures?kind=quarter&from=2025-04-01&to=2025-06-30',
      );
      expect(status, text).to.equal(200);
      const logged = body.data.indicators.find(({ key }: { key: string }) => key === 'cases.logged');
      expect(logged).to.include({ value: 12, reachedPercent: 20, forecast: Math.round((12 * 91) / 45) });
      expect(body.data.countedTo).to.equal('2025-05-15');
      const gap = (name: string) => body.data.gaps.find((item: any) => item.gap === name);
      expect([gap('no_next_step').count, gap('no_next_step').cases[0].reference]).to.deep.equal([
        1,
        'FER-2026-0001',
      ]);
      expect([gap('not_confirmed').count, gap('no_age_bands').count]).to.deep.equal([1, 11]);
      for (const query of ['kind=quarter', 'kind=quarter&from=2025-02-01&to=2025-04-30', 'municipality=peja'])
        expect((await coordinator.get(`/api/figures?${query}`)).status, query).to.equal(422);
      expect(
        (await coordinator.get('/api/figures?kind=quarter&from=2025-10-01&to=2025-12-31')).status,
      ).to.equal(422);
    });

    it('counts in each gap exactly the cases that the list of that gap shows, page by page', async () => {
      // Another day than above: figures of one day are kept for some seconds.
      clock.stopAt(new Date('2025-05-16T10:00:00Z'));
      await CaseModel.deleteMany({});
      const known = { people: { count: 2, households: 1, ageBands: { '60+': 1 } } };
      await CaseModel.insertMany([
        ...Array.from({ length: 24 }, () => caseAt('2025-04-15')),
        caseAt('2025-04-01', { municipality: 'peja' }),
        caseAt('2025-06-30'),
        caseAt('2025-03-31'),
        caseAt('2025-07-01'),
        ...(['triaged', 'in_progress', 'waiting'] as const).map((status) =>
          caseAt('2025-01-15', { ...known, status }),
        ),
        caseAt('2025-01-15', { ...known, status: 'waiting', nextDue: '2025-05-20' }),
        caseAt('2025-01-15', {
          ...known,
          status: 'resolved',
          resolvedAfter: 3,
          confirmationDue: '2025-05-14',
        }),
        caseAt('2025-01-15', {
          ...known,
          status: 'resolved',
          resolvedAfter: 3,
          confirmationDue: '2025-05-16',
        }),
        caseAt('2025-01-15', { ...known, status: 'closed', resolvedAfter: 3, confirmationDue: '2025-04-15' }),
      ]);
      const spring = 'from=2025-04-01&to=2025-06-30';
      const { gaps } = (await coordinator.get(`/api/figures?kind=quarter&${spring}`)).body.data;
      const listed = async (who: Person, query: string) => {
        const found: string[] = [];
        let [cursor, total] = ['', 0];
        do {
          const { status, text, body } = await who.get(`/api/cases?limit=10&${query}${cursor}`);
          expect(status, text).to.equal(200);
          found.push(...body.data.map(({ reference }: any) => reference));
          total = body.total;
          cursor = body.next && `&cursor=${encodeURIComponent(body.next)}`;
        } while (cursor);
        expect(new Set(found).size, query).to.equal(total).and.to.equal(found.length);
        return found;
      };
      const counted: Record<string, number> = {};
      for (const { gap, count, cases } of gaps) {
        const query = `gap=${gap}${gap === 'no_age_bands' ? `&${spring}` : ''}`;
        for (const sort of ['newest', 'urgency']) {
          const found = await listed(coordinator, `${query}&sort=${sort}`);
          expect(found, query).to.have.length(count);
          expect(found).to.include.members(cases.map(({ reference }: any) => reference));
        }
        counted[gap] = count;
      }
      expect(counted).to.deep.equal({ no_next_step: 3, not_confirmed: 1, no_age_bands: 26 });
      const activist = await server.as('activist', { municipality: 'peja' });
      expect(await listed(activist, `gap=no_age_bands&${spring}`)).to.have.length(1);
      expect(await listed(coordinator, `gap=no_age_bands&${spring}&municipality=peja`)).to.have.length(1);
      const organisation = (await coordinator.get('/api/organisations')).body.data[0].id as string;
      await CaseModel.updateMany({}, { $set: { sharedWith: [organisation] } });
      const partner = await server.as('cso_member', { organisation });
      expect((await partner.get(`/api/cases?limit=50&${spring}`)).body.data).to.have.length(26);
      expect(await listed(partner, `gap=no_age_bands&${spring}`)).to.deep.equal([]);
      expect((await coordinator.get('/api/cases?gap=other')).status).to.equal(422);
      expect((await coordinator.get('/api/cases/counts?gap=no_next_step')).status).to.equal(422);
    });
    after(() => clock.stopAt(null));
  });

  describe('the example releases', () => {
    it('are two quarters in a row, marked as examples, once however often they are seeded', async () => {
      await seedReleases();
      const funder = await server.as('funder');
      const { newest, releases } = (await funder.get('/api/progress')).body.data;
      expect(releases).to.have.length(2);
      expect(newest.example).to.equal(true);
      expect(newest.previous.id).to.equal(releases[1].id);
      const figures = figuresOf(newest).map(({ figure }) => figure);
      expect(figures.filter(({ value }) => value !== null).length).to.equal(newest.counts.shown);
      expect(newest.counts.shown).to.be.greaterThan(20);
      expect(newest.counts.withheld).to.be.greaterThan(3);
      for (const { id, value, withheld } of figures) {
        expect((value === null) !== (withheld === null), id).to.equal(true);
        expect(value === null || Number.isInteger(value), id).to.equal(true);
      }
      expect(Object.keys(newest.story).sort()).to.deep.equal(['en', 'sq', 'sr']);
    });
  });
});
