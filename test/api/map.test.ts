// Duty: the map's endpoints and the counts: scope, filters, recount, refusals, and no place finer than a settlement.
import { expect } from 'chai';
import { catchUpCaseIndex } from '../../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { newId } from '../../shared/api.ts';
import type { CaseRow } from '../../shared/caseViews.ts';
import { type Municipality, municipalitySlugs } from '../../shared/directory.ts';
import { decodePoints, type MapView } from '../../shared/mapViews.ts';
import { logged, move, pageOf, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const everywhere = 'bbox=19,41,23,44&zoom=10';

describe('The map', () => {
  let server: TestServer;
  let ferizaj: Person;
  let teamLead: Person;
  let prizren: Person;
  let coordinator: Person;
  let directory: Municipality[];

  const settlementsOf = (slug: string) => directory.find((one) => one.slug === slug)!.settlements;
  const viewOf = async (by: Person, query = everywhere): Promise<MapView> => {
    const answer = await by.get(`/api/map/clusters?${query}`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.data;
  };
  const pointsOf = (view: MapView) =>
    decodePoints(view.points!, view.places, (slug) => directory.find((one) => one.slug === slug)!.code);

  before(async () => {
    server = await startTestServer();
    ferizaj = await server.as('activist', { municipality: 'ferizaj' });
    teamLead = await server.as('team_lead', { municipality: 'ferizaj' });
    prizren = await server.as('activist', { municipality: 'prizren' });
    coordinator = await server.as('coordinator');
    directory = (await coordinator.get('/api/municipalities')).body.data;
    const zaskok = settlementsOf('ferizaj').find(({ names }) => names.sq === 'Zaskok')!.id;
    const dubrava = settlementsOf('ferizaj').find(({ names }) => names.sr === 'Dubrava')!.id;
    await logged(ferizaj, { settlement: zaskok });
    await logged(ferizaj, {
      settlement: zaskok,
      theme: 'employment',
      subTheme: 'training',
      urgency: 'critical',
    });
    await logged(ferizaj, { settlement: dubrava, theme: 'covid19', subTheme: 'relief' });
    await logged(ferizaj, { settlement: dubrava, precision: 'municipality' });
    await logged(ferizaj, { settlement: null });
    await logged(prizren, { municipality: 'prizren', settlement: settlementsOf('prizren')[0]!.id });
  });
  after(() => server.stop());

  describe('GET /api/map/clusters', () => {
    it('shows a team its own municipality, a coordinator all', async () => {
      expect((await viewOf(ferizaj)).total).to.equal(5);
      expect((await viewOf(prizren)).total).to.equal(1);
      expect((await viewOf(coordinator)).total).to.equal(6);
      const own = pointsOf(await viewOf(ferizaj));
      expect(own.every(({ place }) => place.municipality === 'ferizaj')).to.equal(true);
    });

    it('shows a partner only what is shared with its organisation, no finer than the case tells', async () => {
      const organisation = newId();
      const partner = await server.as('cso_member', { organisation });
      expect((await viewOf(partner)).total).to.equal(0);
      const hidden = await CaseModel.findOne({ precision: 'municipality' }).lean();
      await CaseModel.updateOne(
        { _id: hidden!._id },
        { $set: { sharedWith: [organisation], changedAt: new Date() }, $inc: { version: 1 } },
      );
      await catchUpCaseIndex();
      const view = await viewOf(partner);
      expect(view.total).to.equal(1);
      expect(view.places.map(({ id }) => id)).to.deep.equal(['ferizaj']);
      const bySettlement = await viewOf(partner, `${everywhere}&settlement=${hidden!.settlement}`);
      expect(bySettlement.total).to.equal(0);
    });

    it('tells of each case what it is, by reference', async () => {
      const points = pointsOf(await viewOf(ferizaj, `${everywhere}&urgency=critical`));
      expect(points).to.have.length(1);
      expect(points[0]).to.deep.include({
        theme: 'employment',
        subTheme: 'training',
        status: 'new',
        urgency: 'critical',
        late: false,
      });
      const row = (await ferizaj.get(`/api/map/cases?reference=${points[0]!.reference}`)).body
        .data[0] as CaseRow;
      expect(row.subTheme).to.equal('training');
    });

    it('answers every filter with what the list answers', async () => {
      for (const query of [
        'theme=housing',
        'theme=housing,covid19&urgency=normal',
        'subTheme=training',
        'status=new',
        'status=triaged',
        'lead=me',
        'lead=none',
        'late=true',
        'from=2020-01-01&to=2020-12-31',
        'from=2020-01-01',
        `settlement=${settlementsOf('ferizaj').at(-1)!.id}`,
        'municipality=prizren',
        `campaign=${newId()}`,
        `issue=${newId()}`,
      ]) {
        for (const person of [ferizaj, coordinator]) {
          const onMap = (await viewOf(person, `${everywhere}&${query}`)).total;
          const all: CaseRow[] = (await person.get(`/api/cases?${query}&limit=100`)).body.data;
          expect(onMap, query).to.equal(all.length);
          const counted = (await person.get(`/api/cases/counts?${query}`)).body.data.total;
          expect(counted, query).to.equal(onMap);
        }
      }
    });

    it('counts only what stands in the box', async () => {
      const { lng, lat } = settlementsOf('prizren')[0]!;
      const box = `bbox=${lng - 0.01},${lat - 0.01},${lng + 0.01},${lat + 0.01}&zoom=14`;
      expect((await viewOf(coordinator, box)).total).to.equal(1);
      expect((await viewOf(coordinator, 'bbox=19,41,19.1,41.1&zoom=14')).total).to.equal(0);
    });

    it('when a case is logged or moved, shows it in the very next answer', async () => {
      const before = await viewOf(coordinator);
      const id = await logged(ferizaj, { settlement: null, theme: 'civil_registration', subTheme: 'census' });
      const after = await viewOf(coordinator);
      expect(after.total).to.equal(before.total + 1);
      await move(teamLead, id, triage(teamLead.id));
      const moved = pointsOf(await viewOf(coordinator, `${everywhere}&subTheme=census`));
      expect(moved.map(({ status }) => status)).to.deep.equal(['triaged']);
      expect((await pageOf(ferizaj, id)).status).to.equal('triaged');
    });

    it('when another process writes, shows it after catching up', async () => {
      const before = (await viewOf(coordinator)).total;
      const one = await CaseModel.findOne({ municipality: 'prizren' }).lean();
      await CaseModel.collection.insertOne({
        ...one,
        _id: newId(),
        reference: 'PRZ-2026-9999',
        changedAt: new Date(),
      } as never);
      await catchUpCaseIndex();
      expect((await viewOf(coordinator)).total).to.equal(before + 1);
    });

    it('holds no place finer than a settlement, even where a point was planted', async () => {
      const planted = { lng: 20.7654321, lat: 42.1234567 };
      const one = await CaseModel.findOne({ municipality: 'prizren' }).lean();
      await CaseModel.collection.updateOne({ _id: one!._id as never }, {
        $set: {
          point: planted,
          location: { coordinates: [planted.lng, planted.lat] },
          changedAt: new Date(),
        },
        $inc: { version: 1 },
      } as never);
      await catchUpCaseIndex();
      const known = new Set(
        directory
          .flatMap(({ town, settlements }) => [town, ...settlements])
          .map(({ lng, lat }) => `${lng},${lat}`),
      );
      const paths = [
        `/api/map/clusters?bbox=19,41,23,44&zoom=16`,
        `/api/map/cases?limit=100`,
        '/api/map/areas',
        '/api/map/facets',
      ];
      for (const person of [prizren, coordinator]) {
        for (const path of paths) {
          const { text } = await person.get(path);
          expect(text, path).not.to.include('42.1234567').and.not.to.include('20.7654321');
        }
        for (const { lng, lat } of (await viewOf(person, 'bbox=19,41,23,44&zoom=22')).places)
          expect(known.has(`${lng},${lat}`), `${lng},${lat}`).to.equal(true);
      }
    });

    it('when the question is wrong, says which part', async () => {
      const cases: [string, string][] = [
        ['bbox=1,2,3&zoom=9', 'bbox'],
        ['bbox=21,42,20,43&zoom=9', 'bbox'],
        ['bbox=19,41,23,44', 'zoom'],
        ['bbox=19,41,23,44&zoom=99', 'zoom'],
        [`${everywhere}&theme=weather`, 'theme'],
        [`${everywhere}&secret=1`, 'secret'],
        [`${everywhere}&theme[$gt]=`, 'theme[$gt]'],
      ];
      for (const [query, field] of cases) {
        const answer = await coordinator.get(`/api/map/clusters?${query}`);
        expect(answer.status, query).to.equal(422);
        expect(answer.body.error.faults[0].path[0], query).to.equal(field);
      }
    });

    it('answers a browser without gzip too, and keeps out of caches', async () => {
      const plain = await coordinator.send('GET', `/api/map/clusters?${everywhere}`, undefined, {
        'Accept-Encoding': 'identity',
      });
      expect(plain.headers.get('content-encoding')).to.equal(null);
      expect(plain.body.data.total).to.be.greaterThan(0);
      expect(plain.headers.get('cache-control')).to.equal('no-store');
    });
  });

  describe('GET /api/map/cases', () => {
    it('lists the cases of a place, newest first, page by page, and no others', async () => {
      const view = await viewOf(coordinator, `bbox=19,41,23,44&zoom=22&municipality=ferizaj`);
      for (const [index, place] of view.places.entries()) {
        const first = await coordinator.get(`/api/map/cases?place=${place.id}&municipality=ferizaj&limit=1`);
        expect(first.body.total).to.equal(view.byPlace[index]!.count);
        const found: CaseRow[] = [...first.body.data];
        for (let next = first.body.next; next; ) {
          const page = await coordinator.get(
            `/api/map/cases?place=${place.id}&municipality=ferizaj&limit=1&cursor=${next}`,
          );
          found.push(...page.body.data);
          next = page.body.next;
        }
        expect(new Set(found.map(({ id }) => id)).size).to.equal(view.byPlace[index]!.count);
      }
    });

    it('when a reference is another team’s, finds nothing', async () => {
      const [theirs] = (await prizren.get('/api/cases')).body.data as CaseRow[];
      expect((await prizren.get(`/api/map/cases?reference=${theirs!.reference}`)).body.total).to.equal(1);
      expect((await ferizaj.get(`/api/map/cases?reference=${theirs!.reference}`)).body).to.deep.equal({
        data: [],
        next: null,
        total: 0,
      });
    });
  });

  describe('GET /api/map/areas', () => {
    it('counts per municipality, and per 1,000 persons declared in the census', async () => {
      const cases = (await coordinator.get('/api/map/areas?measure=cases')).body.data;
      expect(cases.map((area: { municipality: string }) => area.municipality)).to.deep.equal([
        ...municipalitySlugs,
      ]);
      const share = (await ferizaj.get('/api/map/areas?measure=per1000&theme=covid19')).body.data;
      expect(share).to.have.length(1);
      expect(share[0]).to.deep.include({
        municipality: 'ferizaj',
        cases: 1,
        declared: 3956,
        censusYear: 2024,
      });
      expect(share[0].value).to.equal(0.3);
    });
  });

  describe('GET /api/map/facets', () => {
    it('says for each choice what it would leave, and cases per month', async () => {
      const { data } = (await ferizaj.get('/api/map/facets?theme=housing&municipality=ferizaj')).body;
      const all = (await ferizaj.get('/api/map/facets')).body.data;
      expect(data.theme).to.deep.equal(all.theme);
      expect(data.total).to.equal(all.theme.housing);
      expect(Object.values(all.months as Record<string, number>).reduce((sum, n) => sum + n, 0)).to.equal(
        all.total,
      );
    });
  });

  it('is not there for those without cases', async () => {
    const paths = [
      `/api/map/clusters?${everywhere}`,
      '/api/map/areas',
      '/api/map/facets',
      '/api/map/cases',
      '/api/cases/counts',
    ];
    for (const role of ['funder', 'administrator'] as const) {
      const person = await server.as(role);
      for (const path of paths) expect((await person.get(path)).status, `${role} ${path}`).to.equal(404);
    }
    for (const path of paths) expect((await server.stranger().get(path)).status, path).to.equal(401);
  });
});
