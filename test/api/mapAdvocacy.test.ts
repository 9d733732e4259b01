// Duty: advocacy on the map and the printed briefing: scopes, what is stuck and who is to move, indexes, one page, nothing that points at anybody.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { countedHref } from '../../client/features/map/advocacyLinks.ts';
import { clock } from '../../server/clock.ts';
import { fallSilent } from '../../server/features/institutions/silence.commands.ts';
import { briefingFor, toldCases } from '../../server/features/map/briefing.queries.ts';
import { print } from '../../server/features/map/briefingPdf.ts';
import { projectRoot } from '../../server/root.ts';
import { type AdvocacyPlace, advocacyLayers } from '../../shared/mapAdvocacy.ts';
import { type Theme, themes } from '../../shared/themeLists.ts';
import { actionInput, activeCampaign, added, movedCampaign, proposed } from '../support/campaigns.ts';
import { inDays, logged, move, triage } from '../support/cases.ts';
import { check, movedCommitment, recorded } from '../support/commitments.ts';
import { issueMade } from '../support/issues.ts';
import { drafted, sentLetter } from '../support/letters.ts';
import { readPdf } from '../support/pdfText.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

/** To look at; not committed. */
const pictures = join(projectRoot, 'test', 'browser', 'pictures');

describe('Advocacy on the map', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let teamLead: Person;
  let elsewhere: Person;
  /** In Ferizaj: silent, without a next action, broken, to be decided. */
  const stuck = { letter: '', campaign: '', promise: '', issue: '' };

  const placesOf = async (by: Person): Promise<AdvocacyPlace[]> => {
    const answer = await by.get('/api/map/advocacy');
    expect(answer.status, answer.text).to.equal(200);
    return answer.body.data;
  };
  const placeOf = async (by: Person, slug: string | null) =>
    (await placesOf(by)).find(({ municipality }) => municipality === slug)!;
  const textOf = async (by: Person, slug: string, language = 'en') => {
    const answer = await fetch(`${server.url}/api/map/briefing/${slug}?language=${language}`, {
      headers: { Cookie: by.cookie },
    });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.equal('application/pdf');
    return readPdf(new Uint8Array(await answer.arrayBuffer()));
  };

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator', { name: 'Coordinator Mapova' });
    activist = await server.as('activist', { name: 'Activist Briefova' });
    teamLead = await server.as('team_lead', { name: 'Lead Briefova' });
    elsewhere = await server.as('team_lead', { municipality: 'prizren', name: 'Elsewhere Lead' });
    await logged(activist);
    const handled = await logged(activist);
    await move(teamLead, handled, triage(activist.id));
    stuck.letter = await sentLetter(activist, {}, inDays(-40));
    await fallSilent();
    stuck.campaign = await activeCampaign(coordinator);
    stuck.promise = await recorded(coordinator, {
      municipality: 'ferizaj',
      promisedOn: inDays(-60),
      dueOn: inDays(-20),
    });
    await movedCommitment(coordinator, stuck.promise, check('no_evidence', []));
    stuck.issue = await issueMade(activist);
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  describe('GET /api/map/advocacy', () => {
    it('answers a coordinator every municipality and the centre, a team its own, everybody else 404', async () => {
      expect(await placesOf(coordinator)).to.have.length(8);
      expect((await placesOf(activist)).map(({ municipality }) => municipality)).to.deep.equal(['ferizaj']);
      for (const role of ['cso_member', 'funder', 'administrator'] as const) {
        const outsider = await server.as(role);
        expect((await outsider.get('/api/map/advocacy')).status, role).to.equal(404);
        expect((await outsider.get('/api/map/briefing/ferizaj')).status, role).to.equal(404);
      }
      expect((await server.stranger().get('/api/map/advocacy')).status).to.equal(401);
    });

    it('says what is stuck and who is to move: cases, letters, campaigns, commitments, issues', async () => {
      const here = await placeOf(coordinator, 'ferizaj');
      expect(here.cases).to.deep.equal({
        untriaged: 1,
        late: 0,
        withoutLead: 1,
        triager: { role: 'team_lead', name: 'Lead Briefova' },
      });
      expect(here.letters).to.deep.include({ count: 1, silent: 1 });
      expect(here.letters.items[0]).to.deep.include({
        id: stuck.letter,
        why: 'letter.silent',
        rung: 'reminder',
        mover: { role: 'activist', name: 'Activist Briefova' },
      });
      expect(here.letters.items[0]!.institution!.en).to.include('Ferizaj');
      expect(here.campaigns.byStage).to.deep.equal({ active: 1 });
      expect(here.campaigns.items.find(({ id }) => id === stuck.campaign)).to.deep.include({
        why: 'campaign.noAction',
        mover: { role: 'coordinator', name: 'Coordinator Mapova' },
      });
      expect(here.commitments).to.deep.include({ count: 1, broken: 1 });
      expect(here.commitments.items[0]).to.deep.include({
        id: stuck.promise,
        why: 'commitment.broken',
        days: 20,
        rung: 'communities_office',
        mover: { role: 'coordinator', name: null },
      });
      expect(here.issues.items[0]).to.deep.include({ id: stuck.issue, why: 'issue.proposed' });
      expect(await placeOf(activist, 'ferizaj')).to.deep.equal(here);
      expect((await placeOf(elsewhere, 'prizren')).letters.count).to.equal(0);
    });

    it('frees a campaign once something is planned, and holds it up again when that or its end is past', async () => {
      const campaign = await activeCampaign(coordinator, { municipalities: ['peja'] });
      const why = async () => (await placeOf(coordinator, 'peja')).campaigns.items[0]!.why;
      await added(coordinator, `/api/campaigns/${campaign}/actions`, actionInput({ municipality: 'peja' }));
      expect(await why()).to.equal(null);
      clock.stopAt(new Date(`${inDays(10)}T10:00:00Z`));
      expect(await why()).to.equal('campaign.actionLate');
      clock.stopAt(new Date(`${inDays(91)}T10:00:00Z`));
      expect(await why()).to.equal('campaign.ended');
    });

    it('tells a team nothing of a campaign, letter or proposal of elsewhere', async () => {
      const title = 'Roofs of Prizren alone';
      await proposed(coordinator, { municipalities: ['prizren'], title });
      const proposal = await recorded(elsewhere, {
        municipality: 'prizren',
        promisedOn: inDays(-60),
        dueOn: inDays(-5),
      });
      await sentLetter(coordinator, { municipality: 'prizren' }, inDays(-40));
      const { text } = await activist.get('/api/map/advocacy');
      for (const secret of [title, proposal, 'prizren']) expect(text).not.to.include(secret);
      expect((await placeOf(elsewhere, 'prizren')).letters.items[0]!.why).to.equal('letter.late');
    });

    it('leads from each count to the list of exactly what is counted, for whoever asks', async () => {
      const municipality = 'fushe-kosove' as const;
      const closed = await activeCampaign(coordinator, { municipalities: [municipality] });
      await movedCampaign(coordinator, closed, { move: 'close', result: 'dropped', lessons: 'None.' });
      await proposed(coordinator, { municipalities: [municipality] });
      await recorded(coordinator, { municipality, promisedOn: inDays(-60), dueOn: inDays(-5) });
      await recorded(coordinator, { municipality, dueOn: inDays(50) });
      await recorded(coordinator, {
        institutionId: 'mespi',
        municipality: null,
        promisedOn: inDays(-60),
        dueOn: inDays(-5),
      });
      await sentLetter(coordinator, { municipality }, inDays(-40));
      await sentLetter(coordinator, { municipality }, inDays(0));
      await drafted(coordinator, { municipality });
      const [, over] = [
        await issueMade(coordinator, { municipalities: [municipality] }),
        await issueMade(coordinator, { municipalities: [municipality] }),
      ];
      const { version } = (await coordinator.get(`/api/issues/${over}`)).body.data;
      const ended = await coordinator.post(`/api/issues/${over}/moves`, {
        move: 'close',
        reason: 'Over',
        version,
      });
      expect(ended.status, ended.text).to.equal(200);
      const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
      for (const person of [coordinator, teamLead])
        for (const place of await placesOf(person))
          for (const layer of advocacyLayers) {
            const href = countedHref(layer, place.municipality);
            // What names no municipality is counted in these two alone.
            if (!place.municipality && (layer === 'campaigns' || layer === 'issues')) continue;
            const list = await person.get(`/api${href}&limit=100`);
            expect(list.status, href).to.equal(200);
            expect([list.body.total, ids(list.body.data)], href).to.deep.equal([
              place[layer].count,
              ids(place[layer].items),
            ]);
          }
      for (const layer of advocacyLayers) {
        const all = await coordinator.get(`/api/${layer}?municipality=${municipality}`);
        expect(all.body.total, layer).to.be.greaterThan(
          (await placeOf(coordinator, municipality))[layer].count,
        );
      }
      expect((await placeOf(coordinator, null)).commitments.count).to.be.greaterThan(0);
    });

    it('reads by indexes alone, each collection at most twice', async () => {
      const asked: { find: string; filter: unknown }[] = [];
      const watched = /^(issues|letters|campaigns|commitments|institutions)$/;
      mongoose.set('debug', (find: string, method: string, filter: unknown) => {
        if (method.startsWith('find') && watched.test(find)) asked.push({ find, filter });
      });
      for (const person of [coordinator, activist]) await placesOf(person);
      mongoose.set('debug', false);
      expect(asked.length).to.be.within(8, 16);
      for (const { find, filter } of asked) {
        const plan = await mongoose.connection
          .db!.collection(String(find))
          .find(filter as never)
          .explain();
        expect(JSON.stringify(plan), `${find} ${JSON.stringify(filter)}`).not.to.include('COLLSCAN');
      }
    });
  });

  describe('GET /api/map/briefing/:municipality', () => {
    it('tells what is asked, promised and silent, and no case, no person, no colleague', async () => {
      const secretTitle = 'Family Briefsecretaj has no roof';
      const caseId = await logged(activist, { title: secretTitle });
      await move(teamLead, caseId, triage(activist.id));
      await move(activist, caseId, { move: 'start' });
      await move(activist, caseId, { move: 'wait', party: 'authority', until: inDays(20) });
      const aboutCase = await drafted(activist, { caseId, ask: 'For the Briefsecretaj family.' });
      const answer = await activist.post(`/api/letters/${aboutCase}/moves`, {
        move: 'send',
        on: inDays(-40),
        way: 'post',
        version: (await activist.get(`/api/letters/${aboutCase}`)).body.data.version,
      });
      expect(answer.status, answer.text).to.equal(200);
      await fallSilent();
      const { text: lines, pages, info } = await textOf(coordinator, 'ferizaj');
      const text = lines.replace(/\s+/g, ' ');
      expect(pages).to.have.length(1);
      expect(text).to.include('BROKEN: Twelve flats in the settlement');
      expect(text).to.include('20 days late');
      expect(text).to.include('Put twenty-five families on the list');
      expect(text).to.include('LET-');
      const told = `${text} ${JSON.stringify(info)}`;
      const aboutCaseReference = (await activist.get(`/api/letters/${aboutCase}`)).body.data.reference;
      for (const secret of ['Briefsecretaj', 'Briefova', 'Mapova', 'Testovski', 'FER-', aboutCaseReference])
        expect(told).not.to.include(secret);
      expect((await activist.get('/api/map/briefing/prizren')).status).to.equal(404);
      expect((await coordinator.get('/api/map/briefing/nowhere')).status).to.equal(404);
      expect((await coordinator.get('/api/map/briefing/ferizaj?language=xx')).status).to.equal(422);
    });

    it('keeps the letters of Albanian and Serbian in the text layer', async () => {
      const sq = (await textOf(teamLead, 'ferizaj', 'sq')).text;
      expect(sq).to.include('Çfarë kërkojmë');
      expect(sq).to.include('Çfarë u premtua');
      await recorded(coordinator, { municipality: 'ferizaj', title: 'Ulična česma — ž š đ ć č ë ç' });
      const sr = (await textOf(coordinator, 'ferizaj', 'sr')).text;
      expect(sr).to.include('Šta je obećano');
      expect(sr).to.include('Uroševac');
      expect(sr).to.include('ž š đ ć č ë ç');
    });

    it('is one page of A4 however much there is, and says how much more', async () => {
      const viewer = {
        id: coordinator.id,
        role: 'coordinator',
        municipality: null,
        organisation: null,
      } as never;
      const briefing = await briefingFor(viewer, 'ferizaj');
      const long =
        'Komuna do ta përfundojë rrugën, kanalizimin dhe ndriçimin e lagjes së re për të gjitha familjet që presin prej vitesh. '.repeat(
          3,
        );
      const names = { sq: long, sr: long, en: long };
      const much = {
        ...briefing,
        promises: Array.from({ length: 60 }, () => ({
          ...briefing.promises[0]!,
          title: long,
          institution: names,
          slips: 12,
          daysLate: 1234,
        })),
        demands: Array.from({ length: 40 }, () => ({ text: long, institution: names, endsOn: inDays(3) })),
        silence: Array.from({ length: 80 }, () => ({ ...briefing.silence[0]!, institution: names })),
      };
      for (const language of ['sq', 'sr', 'en'] as const) {
        const file = await print({ briefing: much, language });
        mkdirSync(pictures, { recursive: true });
        writeFileSync(join(pictures, `briefing-full-${language}.pdf`), file);
        const { pages, text } = await readPdf(file);
        expect(pages, language).to.have.length(1);
        expect(text.match(/LET-/g)!.length).to.be.greaterThan(0);
      }
    }).timeout(30_000);
  });

  describe('The counts of a briefing', () => {
    it('never give a small number back, whoever subtracts', () => {
      const counts = [0, 1, 5, 9, 10, 11, 20];
      const tables = counts.flatMap((a) =>
        counts.flatMap((b) => counts.flatMap((c) => counts.map((d) => [a, b, c, d]))),
      );
      for (const cells of tables) {
        const byTheme = Object.fromEntries(themes.map((theme, at) => [theme, cells[at]!])) as Record<
          Theme,
          number
        >;
        const told = toldCases(byTheme);
        const isSmall = (count: number) => count > 0 && count < 10;
        const total = cells.reduce((sum, one) => sum + one, 0);
        if (told.total === null) expect(isSmall(total)).to.equal(true);
        else expect(isSmall(told.total)).to.equal(false);
        if (!told.byTheme) continue;
        const shown = themes.map((theme) => told.byTheme![theme] ?? 0);
        expect(shown.some(isSmall)).to.equal(false);
        // What is left of the total after any of the shown ones is no small number of somebody else's.
        expect(isSmall(told.total! - shown.reduce((sum, one) => sum + one, 0))).to.equal(false);
        expect(shown.filter((one) => one > 0).length === 1, 'all of one theme').to.equal(false);
      }
    });

    it('leave no second table consistent with fewer than the withheld ones', () => {
      // A withheld theme could be anything between none and all: at least two tables fit what is told.
      expect(toldCases({ housing: 12, employment: 9 })).to.deep.equal({ total: 21, byTheme: null });
      expect(toldCases({ housing: 9 })).to.deep.equal({ total: null, byTheme: null });
      expect(toldCases({ housing: 18 })).to.deep.equal({ total: 18, byTheme: null });
      expect(toldCases({ housing: 18, employment: 10 }).byTheme).to.deep.equal({
        housing: 18,
        employment: 10,
      });
    });
  });
});
