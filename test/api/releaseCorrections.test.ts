// Duty: corrections of releases and public acts in them through HTTP: what is told anew, what is refused, what is told whole.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { CampaignModel } from '../../server/features/campaigns/campaigns.model.ts';
import { directionIn } from '../../server/features/commitments/figures.queries.ts';
import { countingDone } from '../../server/features/summaries/freeze.commands.ts';
import { newId } from '../../shared/api.ts';
import { measures } from '../../shared/indicators.ts';
import { beginFigures, cellsOf, FigureDesk, indicatorOf, logMany, quarter } from '../support/figures.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Releases, later', () => {
  let server: TestServer;
  let coordinator: Person;
  let funder: Person;

  before(async () => {
    server = await startTestServer();
    clock.stopAt(new Date('2026-07-10T10:00:00Z'));
    coordinator = await server.as('coordinator');
    desk = new FigureDesk(coordinator);
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

  describe('POST /api/releases/:id/corrections', () => {
    const correct = async (id: string) => {
      const newer = newId();
      const answer = await coordinator.post(`/api/releases/${id}/corrections`, {
        id: newer,
        reason: 'Found more',
      });
      expect(answer.status, answer.text).to.equal(202);
      await countingDone();
      return newer;
    };

    it('makes a new version that shows nothing the first withheld; the first stays as it was', async () => {
      await logMany({ ferizaj: 30, prizren: 14, gjakova: 12, peja: 11, mitrovica: 4 });
      const first = await publish(quarter);
      const bytes = (await funder.get(`/api/progress/${first}`)).text;
      await logMany({ ferizaj: 5, mitrovica: 5 });
      const second = await correct(first);
      await move(second, 'review');
      expect((await move(second, 'publish')).status).to.equal(200);
      const told = (await funder.get(`/api/progress/${second}`)).body.data;
      expect(told).to.include({ version: 2 });
      expect(told.corrects).to.deep.equal({ id: first, version: 1, reason: 'Found more' });
      expect(cellsOf(told, 'cases.logged', 'municipality')).to.include({ ferizaj: 35, mitrovica: null });
      expect((await funder.get(`/api/progress/${first}`)).text).to.equal(bytes);
      const { releases } = (await funder.get('/api/progress')).body.data;
      expect(releases.map((row: any) => [row.version, row.superseded])).to.deep.equal([
        [2, false],
        [1, true],
      ]);
    });

    it('refuses one whose change tells of few, and names the cells to coordinators alone', async () => {
      await logMany({ ferizaj: 30, prizren: 14, gjakova: 12, peja: 11, mitrovica: 4 });
      const first = await publish(quarter);
      await logMany({ ferizaj: 1 });
      const second = await correct(first);
      const { data, abilities } = await read(second);
      expect(data.telling.map(({ figure }: { figure: string }) => figure)).to.include.members([
        'cases.logged',
        'cases.logged/municipality/ferizaj',
      ]);
      await move(second, 'review');
      expect(abilities.publish).to.equal(false);
      const refused = await move(second, 'publish');
      expect([refused.status, refused.body.error.code]).to.deep.equal([409, 'release.tells']);
      expect((await funder.get(`/api/progress/${second}`)).status).to.equal(404);
      expect((await funder.get('/api/progress')).text).to.not.include(second);
    });

    it('never adds up figures of two formulas', async () => {
      await logMany({ ferizaj: 30, peja: 14 }, '2026-01-20');
      await logMany({ ferizaj: 30, peja: 14 });
      await publish({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' });
      const measure = measures['cases.logged'];
      measure.formulaVersion = 2;
      try {
        const next = (await read(await freeze(quarter))).data.told.funder;
        expect(indicatorOf(next, 'cases.logged')).to.include({ formulaVersion: 2, formulaChanged: true });
        expect(indicatorOf(next, 'cases.logged').trend[0].comparable).to.equal(false);
        expect(indicatorOf(next, 'cases.logged').figure.before).to.equal(null);
        expect(indicatorOf(next, 'cases.resolved').formulaChanged).to.equal(false);
        const half = await freeze({ kind: 'half_year', from: '2026-01-01', to: '2026-06-30' });
        const told = (await read(half)).data.told.funder;
        expect(indicatorOf(told, 'cases.logged').figure).to.include({ value: null, withheld: 'formula' });
      } finally {
        measure.formulaVersion = 1;
      }
    });
  });

  describe('what is public anyway', () => {
    it('is told whole: campaigns by stage, promises with their documents, no person in office', async () => {
      await CampaignModel.deleteMany({});
      const campaign = (stage: string, moves: [string, string, string][], result: string | null = null) => ({
        _id: newId(),
        version: 1,
        reference: newId(),
        title: stage === 'proposed' ? 'Whispered title' : 'Titles for homes',
        municipalities: ['peja'],
        theme: 'housing',
        stage,
        stageSince: new Date(),
        result,
        createdAt: new Date('2026-01-10T10:00:00Z'),
        createdBy: coordinator.id,
        changedAt: new Date(),
        history: moves.map(([day, from, to]) => ({
          at: new Date(`${day}T10:00:00Z`),
          by: null,
          what: 'moved',
          from,
          to,
        })),
      });
      await CampaignModel.insertMany([
        campaign('active', [['2026-05-01', 'planning', 'active']]),
        // Closed after the quarter: on its last day it was still at work.
        campaign(
          'closed',
          [
            ['2026-02-01', 'planning', 'active'],
            ['2026-07-02', 'active', 'closed'],
          ],
          'won',
        ),
        campaign('closed', [['2026-05-20', 'active', 'closed']], 'partly_won'),
        campaign('closed', [['2026-01-20', 'active', 'closed']], 'won'),
        campaign('proposed', []),
      ] as never);
      const { whole, told } = (await read(await freeze(quarter))).data;
      for (const release of [whole, told.funder, told.public]) {
        expect(cellsOf(release, 'campaigns.byStage', 'stage')).to.include({
          active: 2,
          closed: 2,
          paused: 0,
          proposed: 1,
        });
        expect(cellsOf(release, 'campaigns.byResult', 'result')).to.include({ partly_won: 1, won: 0 });
        expect(JSON.stringify(release)).to.not.include('Whispered');
      }
      // At work on the quarter's last day, or ended in it: what was asked of institutions is known to them.
      expect(told.funder.campaigns.map(({ stage, result }: any) => [stage, result])).to.have.deep.members([
        ['active', null],
        ['active', null],
        ['closed', 'partly_won'],
      ]);
      for (const named of told.funder.campaigns)
        expect(named).to.have.all.keys('id', 'title', 'stage', 'result', 'municipalities');
      expect(told.funder.commitments.length).to.be.greaterThan(5);
      for (const commitment of told.funder.commitments)
        expect(commitment).to.have.all.keys(
          'id',
          'words',
          'language',
          'institution',
          'municipality',
          'dueOn',
          'authorityReported',
          'verified',
          'movedInPeriod',
          'evidence',
        );
    });

    it('knows which way a promise moved in a period', () => {
      const checks = [
        { completion: 'limited' as const, checkedOn: '2026-03-01' },
        { completion: 'substantial' as const, checkedOn: '2026-05-01' },
        { completion: 'not_started' as const, checkedOn: '2026-06-30' },
      ];
      expect(directionIn(checks, '2026-04-01', '2026-05-31')).to.equal('forward');
      expect(directionIn(checks, '2026-04-01', '2026-06-30')).to.equal('back');
      expect(directionIn(checks, '2026-01-01', '2026-02-28')).to.equal(null);
    });
  });
});
