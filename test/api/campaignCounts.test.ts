// Duty: the stages of the campaign board, counted for every viewer and filter, against a recount after random changes.
import { expect } from 'chai';
import { type CampaignFile, CampaignModel } from '../../server/features/campaigns/campaigns.model.ts';
import { campaignStages } from '../../shared/campaignLists.ts';
import { copiesOf, proposed } from '../support/campaigns.ts';
import { organisation } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('GET /api/campaigns, counted', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;
  let partnerOrganisation: string;

  before(async () => {
    server = await startTestServer();
    partnerOrganisation = await organisation();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    partner = await server.as('cso_member', { organisation: partnerOrganisation });
  });
  after(() => server.stop());

  it('counts the stages as a recount does, for everybody and every filter, after whatever changed', async () => {
    const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(Math.random() * from.length)]!;
    const towns = ['ferizaj', 'prizren', 'gjakova'] as const;
    const someOf = <Item>(from: readonly Item[]) => from.filter(() => Math.random() < 0.5);
    const chances = () => ({
      stage: pick(campaignStages),
      municipalities: someOf(towns),
      partners: someOf([partnerOrganisation, 'another']),
      theme: pick(['housing', 'employment'] as const),
    });
    await CampaignModel.deleteMany({});
    await copiesOf(await proposed(coordinator), 60);
    const ids = (await CampaignModel.find({}, { _id: 1 }).lean()).map(({ _id }) => _id);
    const lead = await server.as('team_lead', { municipality: 'prizren' });
    const viewers: [Person, (campaign: CampaignFile) => boolean][] = [
      [coordinator, () => true],
      [activist, ({ municipalities }) => municipalities.includes('ferizaj')],
      [lead, ({ municipalities }) => municipalities.includes('prizren')],
      [partner, ({ partners }) => partners.includes(partnerOrganisation)],
    ];
    const filters: [string, (campaign: CampaignFile) => boolean][] = [
      ['', () => true],
      ['underWay=true', ({ stage }) => stage !== 'closed'],
      ['stage=active', ({ stage }) => stage === 'active'],
      ['municipality=prizren', ({ municipalities }) => municipalities.includes('prizren')],
      ['theme=housing&underWay=true', ({ theme, stage }) => theme === 'housing' && stage !== 'closed'],
    ];
    for (let round = 0; round < 3; round += 1) {
      for (const _id of ids)
        if (Math.random() < 0.7) await CampaignModel.updateOne({ _id }, { $set: chances() });
      await CampaignModel.deleteOne({ _id: pick(ids) });
      const all = await CampaignModel.find().lean<CampaignFile[]>();
      for (const [viewer, sees] of viewers)
        for (const [filter, fits] of filters) {
          const wanted = all.filter((campaign) => sees(campaign) && fits(campaign));
          const byStage: Record<string, number> = {};
          for (const { stage } of wanted) byStage[stage] = (byStage[stage] ?? 0) + 1;
          const { body } = await viewer.get(`/api/campaigns?limit=1&${filter}`);
          expect([body.total, body.byStage], filter).to.deep.equal([wanted.length, byStage]);
        }
    }
    // Only the embedded database counts so; on a MongoDB the answer is all that is promised.
    if (process.env.MONGODB_URI) return;
    const query = { $and: [{ municipalities: 'prizren' }, { stage: 'active' }] };
    const count = { count: 'campaigns', query };
    const plan = await CampaignModel.db.db!.command({ explain: count, verbosity: 'executionStats' });
    expect(plan.executionStats.totalDocsExamined).to.equal(0);
  });
});
