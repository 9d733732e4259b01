// Duty: the example campaigns: each in its stage, marked as example, made once however often seeding is repeated, and linked to case and promise.
import { expect } from 'chai';
import { exampleCampaignId, seedCampaigns } from '../seeds/campaigns.ts';
import { fixedId } from '../seeds/facts.ts';
import { CampaignModel } from '../server/features/campaigns/campaigns.model.ts';
import { LetterModel } from '../server/features/institutions/letters.model.ts';
import { newId } from '../shared/api.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

describe('Example campaigns', () => {
  let server: TestServer;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer({ SEED: 'example' });
    coordinator = await server.as('coordinator');
  });
  after(() => server.stop());

  it('stand in different stages and say that they are examples', async () => {
    const { body } = await coordinator.get('/api/campaigns');
    const stages = Object.fromEntries(body.data.map((row: any) => [row.theme, row.stage]));
    expect(stages).to.deep.equal({
      housing: 'monitoring',
      civil_registration: 'planning',
      employment: 'closed',
      covid19: 'proposed',
    });
    for (const row of body.data) expect(row.example).to.equal(true);
  });

  it('lead from the case to the promise', async () => {
    const id = exampleCampaignId('kolonia');
    const ofCase = await coordinator.get(`/api/cases/${fixedId('EX-06')}/campaigns`);
    expect(ofCase.body.data.map((one: any) => one.id)).to.deep.equal([id]);
    const { body } = await coordinator.get(`/api/commitments?campaign=${id}`);
    expect(body.data).to.have.length(1);
    const page = await coordinator.get(`/api/campaigns/${id}`);
    expect(page.body.data.cases).to.deep.include({ total: 1, toCheck: 0 });
    expect(page.body.data.history.map((one: any) => one.what)).to.include('caseChecked');
  });

  it('show their letters on the timeline to whoever sees these, and without those about a case', async () => {
    const id = exampleCampaignId('kolonia');
    const letter = (changes: object) =>
      LetterModel.collection.insertOne({
        _id: newId() as never,
        reference: newId(),
        campaignId: id,
        caseId: null,
        municipality: 'gjakova',
        subject: 'Where are the keys?',
        sentOn: '2026-03-02',
        status: 'silent',
        ...changes,
      });
    await letter({});
    await letter({ caseId: newId(), subject: 'Casewhisper' });
    const path = `/api/campaigns/timeline?campaigns=${id}&from=2026-03-01&to=2026-03-31`;
    const { body, text } = await coordinator.get(path);
    expect(body.data.find(({ kind }: any) => kind === 'letter')).to.include({ late: true, campaignId: id });
    expect(text).not.to.include('Casewhisper');
    const elsewhere = await server.as('activist', { municipality: 'peja' });
    expect((await elsewhere.get(path)).body.data).to.deep.equal([]);
  });

  it('are made once', async () => {
    const kept = async () => JSON.stringify(await CampaignModel.find().sort({ _id: 1 }).lean());
    const before = await kept();
    await seedCampaigns();
    expect(await kept()).to.equal(before);
  });
});
