// Duty: releases through HTTP: freeze, review, publish, correct, read; who may, what is refused, what never changes.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { countingDone, resumeFreezes } from '../../server/features/summaries/freeze.commands.ts';
import { settlePublications } from '../../server/features/summaries/releases.commands.ts';
import { LedgerModel, ReleaseModel } from '../../server/features/summaries/releases.model.ts';
import { newId } from '../../shared/api.ts';
import {
  beginFigures,
  caseAt,
  cellsOf,
  FigureDesk,
  indicatorOf,
  logMany,
  quarter,
} from '../support/figures.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Releases', () => {
  let server: TestServer;
  let coordinator: Person;
  let other: Person;
  let funder: Person;

  before(async () => {
    server = await startTestServer();
    clock.stopAt(new Date('2026-07-10T10:00:00Z'));
    coordinator = await server.as('coordinator');
    desk = new FigureDesk(coordinator);
    other = await server.as('coordinator');
    funder = await server.as('funder');
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  beforeEach(beginFigures);

  let desk: FigureDesk;
  const freeze: FigureDesk['freeze'] = (...of) => desk.freeze(...of);
  const read: FigureDesk['read'] = (id) => desk.read(id);
  const move: FigureDesk['move'] = (...of) => desk.move(...of);
  const publish: FigureDesk['publish'] = (period) => desk.publish(period);

  describe('POST /api/releases', () => {
    it('counts a quarter once, shows coordinators all and funders what is not small', async () => {
      await logMany({ ferizaj: 30, peja: 20, prizren: 14, gjakova: 12, mitrovica: 2 });
      const id = await freeze(quarter);
      const { data, abilities } = await read(id);
      expect(data.status).to.equal('draft');
      expect(abilities).to.include({ review: true, publish: false });
      expect(indicatorOf(data.whole, 'cases.logged').figure.value).to.equal(78);
      expect(cellsOf(data.whole, 'cases.logged', 'municipality')).to.include({ mitrovica: 2, gracanica: 0 });
      const told = data.told.funder;
      expect(indicatorOf(told, 'cases.logged').figure.value).to.equal(78);
      expect(cellsOf(told, 'cases.logged', 'municipality')).to.deep.equal({
        ferizaj: 30,
        'fushe-kosove': null,
        peja: null,
        prizren: 14,
        gjakova: 12,
        mitrovica: null,
        gracanica: null,
      });
      // All are about housing: to show that would tell it of every one of them.
      expect(Object.values(cellsOf(told, 'cases.logged', 'theme'))).to.deep.equal([null, null, null, null]);
      expect(data.told.public.smallestShown).to.equal(10);
      expect(Object.values(cellsOf(data.told.public, 'cases.logged', 'municipality'))).to.deep.equal(
        Array(7).fill(null),
      );
    });

    it('does it once when repeated, and one at a time', async () => {
      await logMany({ ferizaj: 6 });
      const id = newId();
      const [first, again] = [
        await coordinator.post('/api/releases', { id, period: quarter }),
        await coordinator.post('/api/releases', { id, period: quarter }),
      ];
      expect([first.status, again.status]).to.deep.equal([202, 202]);
      await countingDone();
      await ReleaseModel.updateOne({ _id: id }, { $set: { status: 'freezing' } });
      const busy = await other.post('/api/releases', { id: newId(), period: quarter });
      expect([busy.status, busy.body.error.code]).to.deep.equal([409, 'release.underWay']);
    });

    it('refuses what is no period, what has not begun, and what has no whole month yet', async () => {
      const wrong = [
        { kind: 'quarter', from: '2026-02-01', to: '2026-04-30' },
        { kind: 'month', from: '2026-02-01', to: '2026-02-27' },
        { kind: 'quarter', from: '2026-01-01' },
        { kind: 'week', from: '2026-01-01', to: '2026-01-07' },
        { kind: 'month', from: '2026-07-01', to: '2026-07-31' },
        { kind: 'month', from: '2026-09-01', to: '2026-09-30' },
      ];
      for (const period of wrong) {
        const answer = await coordinator.post('/api/releases', { id: newId(), period });
        expect(answer.status, JSON.stringify(period)).to.equal(422);
      }
      expect(await ReleaseModel.countDocuments()).to.equal(0);
    });

    it('says of a period under way that it is, and counts whole months alone', async () => {
      await CaseModel.insertMany([
        ...Array.from({ length: 8 }, () => caseAt('2026-06-30')),
        ...Array.from({ length: 9 }, () => caseAt('2026-07-01')),
      ]);
      const id = await freeze({ kind: 'project', from: '2026-06-01', to: '2027-05-31' });
      const { funder: told } = (await read(id)).data.told;
      expect(told).to.include({ running: true, countedTo: '2026-06-30' });
      expect(indicatorOf(told, 'cases.logged').figure.value).to.equal(8);
    });

    it('turns months at midnight in Kosovo', async () => {
      clock.stopAt(new Date('2026-04-30T22:30:00Z'));
      await CaseModel.insertMany([
        ...Array.from({ length: 5 }, () => caseAt('', { loggedAt: new Date('2026-03-31T21:59:59Z') })),
        ...Array.from({ length: 6 }, () => caseAt('', { loggedAt: new Date('2026-03-31T22:00:00Z') })),
        ...Array.from({ length: 7 }, () => caseAt('', { loggedAt: new Date('2026-04-30T21:59:59Z') })),
      ]);
      const id = await freeze({ kind: 'month', from: '2026-04-01', to: '2026-04-30' });
      const { data } = await read(id);
      expect(data.running).to.equal(false);
      expect(indicatorOf(data.whole, 'cases.logged').figure.value).to.equal(13);
    });

    it('counts what is resolved and confirmed by its own events, medians in whole days', async () => {
      const closed = (confirmedBy: string, days: number) =>
        caseAt('2026-04-10', { status: 'closed', confirmedBy: confirmedBy as never, resolvedAfter: days });
      await CaseModel.insertMany([
        ...Array.from({ length: 12 }, () => closed('person', 10)),
        ...Array.from({ length: 9 }, () => closed('authority_word_only', 30)),
        ...Array.from({ length: 6 }, () => caseAt('2026-04-10', { status: 'in_progress', startedAfter: 4 })),
        caseAt('2026-04-10', { status: 'closed', confirmedBy: 'person', resolvedAfter: 100 }),
      ]);
      const { whole, told } = (await read(await freeze(quarter))).data;
      const value = (key: string) => indicatorOf(whole, key).figure.value;
      expect([
        value('cases.resolved'),
        value('cases.confirmed'),
        value('cases.confirmedShare'),
      ]).to.deep.equal([21, 12, 57]);
      expect([value('cases.daysToOutcome'), value('people.reached')]).to.deep.equal([10, 28 * 3]);
      expect(indicatorOf(told.funder, 'cases.confirmedShare').figure.value).to.equal(57);
      expect(indicatorOf(told.funder, 'cases.daysToOutcome').figure.value).to.equal(10);
      expect(indicatorOf(told.public, 'cases.daysToOutcome').figure).to.include({
        value: null,
        withheld: 'base',
      });
    });

    it('refuses a month inside a quarter that is out, and adds up months that are', async () => {
      await logMany({ ferizaj: 12, peja: 9 }, '2026-01-20');
      await logMany({ ferizaj: 12, peja: 2, prizren: 1 }, '2026-04-20');
      const first = await publish({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' });
      const inside = await coordinator.post('/api/releases', {
        id: newId(),
        period: { kind: 'month', from: '2026-02-01', to: '2026-02-28' },
      });
      expect([inside.status, inside.body.error.code]).to.deep.equal([409, 'release.insideTold']);
      expect(inside.body.error.extra.id).to.equal(first);
      const half = await publish({ kind: 'half_year', from: '2026-01-01', to: '2026-06-30' });
      const told = (await funder.get(`/api/progress/${half}`)).body.data;
      expect(indicatorOf(told, 'cases.logged').figure.value).to.equal(36);
      // Withheld in a part is withheld in the whole: the difference would give it back.
      expect(cellsOf(told, 'cases.logged', 'municipality').peja).to.equal(null);
      const again = await coordinator.post('/api/releases', {
        id: newId(),
        period: { kind: 'half_year', from: '2026-01-01', to: '2026-06-30' },
      });
      expect(again.body.error.code).to.equal('release.alreadyOut');
    });
  });

  describe('POST /api/releases/:id/moves', () => {
    it('cancels a count, whoever counts', async () => {
      await logMany({ ferizaj: 6 });
      const id = newId();
      await coordinator.post('/api/releases', { id, period: quarter });
      const cancelled = await coordinator.post(`/api/releases/${id}/moves`, { move: 'cancel', version: 1 });
      await countingDone();
      const { status } = (await read(id)).data;
      if (cancelled.status === 200) expect(status).to.equal('cancelled');
      else expect([cancelled.status, status]).to.deep.equal([409, 'draft']);
    });

    it('publishes only what was reviewed; afterwards nothing moves it and its bytes stay', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await freeze(quarter);
      expect((await move(id, 'publish')).status).to.equal(409);
      expect((await funder.get(`/api/progress/${id}`)).status).to.equal(404);
      await move(id, 'review');
      expect((await move(id, 'publish')).status).to.equal(200);
      const before = (await funder.get(`/api/progress/${id}`)).text;
      for (const name of ['review', 'reopen', 'discard', 'cancel', 'publish'])
        expect((await move(id, name)).status, name).to.equal(409);
      const { data } = await read(id);
      const story = await coordinator.put(`/api/releases/${id}/story`, {
        story: { en: 'Later words' },
        version: data.version,
      });
      expect(story.status).to.equal(409);
      await logMany({ ferizaj: 50 });
      expect((await funder.get(`/api/progress/${id}`)).text).to.equal(before);
      expect((await coordinator.get(`/api/progress/${id}`)).text).to.equal(before);
    });

    it('lets one of two coordinators publish, and has another release decided anew', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      await logMany({ ferizaj: 11, peja: 14 }, '2026-01-20');
      const one = await freeze(quarter);
      const two = await freeze({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' });
      await move(one, 'review');
      await move(two, 'review');
      const { version } = (await read(one)).data;
      const body = { move: 'publish', version };
      const same = await Promise.all([
        coordinator.post(`/api/releases/${one}/moves`, body),
        other.post(`/api/releases/${one}/moves`, body),
      ]);
      expect(same.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const late = await move(two, 'publish', other);
      expect([late.status, late.body.error.code]).to.deep.equal([409, 'release.reviewAgain']);
      expect((await read(two)).data.status).to.equal('draft');
      await move(two, 'review');
      expect((await move(two, 'publish')).status).to.equal(200);
      const { releases } = (await funder.get('/api/progress')).body.data;
      expect(releases.map(({ id }: { id: string }) => id)).to.deep.equal([two, one]);
    });

    it('publishes two at once in some order, never both unseen', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      await logMany({ ferizaj: 11, peja: 14 }, '2026-01-20');
      const ids = [
        await freeze(quarter),
        await freeze({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' }),
      ];
      for (const id of ids) await move(id, 'review');
      const answers = await Promise.all(ids.map((id, at) => move(id, 'publish', at ? other : coordinator)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect((await LedgerModel.findById('releases').lean())!.sequence).to.equal(1);
    });

    it('completes a publication that a stop cut short, and takes back one that had no place', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await freeze(quarter);
      await move(id, 'review');
      const kept = await ReleaseModel.findById(id).lean();
      const bytes = { funder: '{"data":{}}', public: '{"data":{}}' };
      const publishedAt = new Date('2026-07-10T09:00:00Z');
      await ReleaseModel.updateOne({ _id: id }, { $set: { publishing: 1, publishedAt, bytes } });
      await settlePublications(clock.now());
      expect((await ReleaseModel.findById(id).lean())!.publishing).to.equal(null);
      await ReleaseModel.updateOne({ _id: id }, { $set: { publishing: 1, publishedAt, bytes } });
      await LedgerModel.updateOne({ _id: 'releases' }, { $set: { sequence: 1, last: id } });
      await settlePublications(clock.now());
      expect((await read(id)).data.status).to.equal('published');
      expect(kept!.status).to.equal('reviewed');
    });

    it('goes on counting after a stop in the middle', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await freeze(quarter);
      const before = (await read(id)).data.whole;
      await ReleaseModel.updateOne(
        { _id: id },
        {
          $set: {
            status: 'freezing',
            holder: 'gone',
            heldUntil: new Date('2026-07-10T09:00:00Z'),
            whole: null,
            told: null,
            stretches: [],
          },
        },
      );
      expect(await resumeFreezes(clock.now())).to.equal(1);
      const { data } = await read(id);
      expect(data.status).to.equal('draft');
      expect(data.whole.indicators).to.deep.equal(before.indicators);
    });
  });

  describe('PUT /api/releases/:id/story', () => {
    it('takes figures by their ids, and no number typed by hand', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await freeze(quarter);
      const { version } = (await read(id)).data;
      const put = (en: string) => coordinator.put(`/api/releases/${id}/story`, { story: { en }, version });
      const wrong: [string, string][] = [
        ['Of {{cases.lost}} cases', 'unknown_figure'],
        ['3 families in one street', 'number_by_hand'],
        ['Of {{cases logged', 'open_brace'],
      ];
      for (const [words, code] of wrong) {
        const { status, body } = await put(words);
        expect([status, body.error.faults[0].code], words).to.deep.equal([422, code]);
      }
      const told = await put('In 2026 {{cases.logged}} cases were logged.');
      expect(told.status, told.text).to.equal(200);
      expect(told.body.data.told.funder.story.en).to.deep.equal([
        { text: 'In 2026 ' },
        { figure: 'cases.logged' },
        { text: ' cases were logged.' },
      ]);
    });
  });

  describe('GET /api/progress', () => {
    it('is the newest release and the list; no question can be put to it', async () => {
      expect((await funder.get('/api/progress')).body.data).to.deep.equal({ newest: null, releases: [] });
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await publish(quarter);
      const { newest, releases } = (await funder.get('/api/progress')).body.data;
      expect([newest.id, newest.audience, releases.length]).to.deep.equal([id, 'funder', 1]);
      for (const query of ['municipality=ferizaj', 'theme=housing&municipality=peja', 'audience=coordinator'])
        for (const path of ['/api/progress', `/api/progress/${id}`])
          expect((await funder.get(`${path}?${query}`)).status, query).to.equal(422);
    });

    it('is for funders and coordinators; all else of figures is for coordinators', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const id = await freeze(quarter);
      const forCoordinators = ['/api/releases', `/api/releases/${id}`, '/api/indicators', '/api/figures'];
      const people = {
        coordinator: [200, 200],
        funder: [200, 404],
        activist: [404, 404],
        team_lead: [404, 404],
        cso_member: [404, 404],
        administrator: [404, 404],
      } as const;
      for (const [role, [progress, figures]] of Object.entries(people)) {
        const person = await server.as(role as never);
        expect((await person.get('/api/progress')).status, role).to.equal(progress);
        for (const path of forCoordinators)
          expect((await person.get(path)).status, `${role} ${path}`).to.equal(figures);
        if (figures === 404) {
          const writes = [
            await person.post('/api/releases', { id: newId(), period: quarter }),
            await person.post(`/api/releases/${id}/moves`, { move: 'review', version: 1 }),
            await person.post(`/api/releases/${id}/corrections`, { id: newId(), reason: 'x' }),
            await person.put(`/api/releases/${id}/story`, { story: {}, version: 1 }),
            await person.patch('/api/indicators/cases.logged', { owner: 'x', version: 0 }),
          ];
          for (const { status } of writes) expect(status, role).to.equal(404);
        }
      }
      expect((await server.stranger().get('/api/progress')).status).to.equal(401);
    });

    it('is announced live to funders and coordinators, by id alone; a count only to coordinators', async () => {
      await logMany({ ferizaj: 16, peja: 14 });
      const heard: Record<string, [string, object][]> = { coordinator: [], funder: [], activist: [] };
      for (const [who, person] of Object.entries({
        coordinator,
        funder,
        activist: await server.as('activist'),
      })) {
        const socket = await person.socket();
        socket.on('change', ((name: string, change: object) => heard[who]!.push([name, change])) as never);
      }
      const id = await publish(quarter);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const told = heard.funder!.map(([name]) => name).filter((name) => name !== 'notification.added');
      expect(told).to.deep.equal(['release.published']);
      const [, change] = heard.funder!.find(([name]) => name === 'release.published')!;
      expect(change).to.deep.equal({ id, version: (change as { version: number }).version, actor: null });
      expect(heard.coordinator!.map(([name]) => name)).to.include.members([
        'release.changed',
        'release.published',
      ]);
      expect(heard.activist).to.deep.equal([]);
    });
  });
});
