// Duty: who is told what of a campaign, once: its team, its days, and coordinators alone of a case that left; letters and promises that hang on it.
import { expect } from 'chai';
import { dayAfter, dayOf } from '../server/clock.ts';
import { promisesOf } from '../server/features/campaigns/promises.commands.ts';
import { CommitmentModel } from '../server/features/commitments/commitments.model.ts';
import { tellCampaignDays } from '../server/features/notifications/campaignNews.commands.ts';
import { everythingTold, tellWhatWasMissed } from '../server/features/notifications/telling.commands.ts';
import { newId } from '../shared/api.ts';
import {
  activeCampaign,
  added,
  campaignOf,
  demandInput,
  exampleCase,
  milestoneInput,
  movedCampaign,
  usedCase,
} from './support/campaigns.ts';
import { organisation } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

/** In Kosovo, where days turn earlier than in UTC. */
const inDays = (days: number) => dayAfter(dayOf(new Date()), days);

describe('What is told of campaigns', () => {
  let server: TestServer;
  let coordinator: Person;
  let other: Person;
  let member: Person;
  let teamMate: Person;
  let partner: Person;
  let campaign: string;
  let reference: string;

  before(async () => {
    server = await startTestServer();
    const mine = await organisation();
    coordinator = await server.as('coordinator');
    other = await server.as('coordinator');
    member = await server.as('activist');
    teamMate = await server.as('activist');
    partner = await server.as('cso_member', { organisation: mine });
    campaign = await activeCampaign(coordinator, { title: 'Titlewhisper' });
    const page = await campaignOf(coordinator, campaign);
    reference = page.reference;
    await coordinator.patch(`/api/campaigns/${campaign}`, {
      version: page.version,
      partners: [mine],
      team: [member.id, partner.id],
    });
  });
  after(() => server.stop());

  const noticesOf = async (person: Person) => {
    await everythingTold();
    const { body, text } = await person.get('/api/notifications?limit=100');
    expect(text).not.to.include('whisper');
    const about = body.data.filter((one: any) => one.subject?.id === campaign);
    for (const one of about) expect(one).to.deep.include({ reference, caseId: null });
    return about.map((one: any) => one.event);
  };

  it('tells who joins, and the team of each move, never who made it', async () => {
    expect(await noticesOf(member)).to.deep.equal(['campaign.joined']);
    expect(await noticesOf(partner)).to.deep.equal(['campaign.joined']);
    await movedCampaign(other, campaign, { move: 'pause', reason: 'Reasonwhisper', reviewOn: inDays(0) });
    expect(await noticesOf(member)).to.include('campaign.moved');
    expect(await noticesOf(coordinator)).to.deep.equal(['campaign.moved']);
    expect(await noticesOf(other)).to.deep.equal([]);
    expect(await noticesOf(teamMate)).to.deep.equal([]);
  });

  it('tells each day that has come once, however often and in however many processes it is looked at', async () => {
    await added(coordinator, `/api/campaigns/${campaign}/milestones`, milestoneInput({ due: inDays(0) }));
    await added(coordinator, `/api/campaigns/${campaign}/milestones`, milestoneInput({ due: inDays(1) }));
    await added(
      coordinator,
      `/api/campaigns/${campaign}/demands`,
      demandInput({ startsOn: inDays(-9), endsOn: inDays(-1) }),
    );
    const [first, second] = await Promise.all([tellCampaignDays(), tellCampaignDays()]);
    // Milestone and demand to three, the review to two coordinators.
    expect(first + second).to.equal(8);
    expect(await tellCampaignDays()).to.equal(0);
    expect(await noticesOf(partner)).to.have.members([
      'campaign.joined',
      'campaign.moved',
      'campaign.milestoneDue',
      'campaign.demandOver',
    ]);
    expect(await noticesOf(other)).to.deep.equal(['campaign.reviewDue']);
    const later = new Date(Date.now() + 2 * 86_400_000);
    expect(await tellCampaignDays(later, new Date())).to.equal(3);
  });

  it('tells coordinators alone that a case left', async () => {
    const caseId = await exampleCase(member);
    await usedCase(coordinator, campaign, caseId);
    expect((await member.post(`/api/cases/${caseId}/consents/withdraw`, {})).status).to.equal(200);
    expect(await noticesOf(other)).to.include('campaign.caseEnded');
    expect(await noticesOf(partner)).not.to.include('campaign.caseEnded');
    expect(await noticesOf(member)).not.to.include('campaign.caseEnded');
    expect(await tellWhatWasMissed()).to.equal(0);
  });

  it('counts what commitments know: promises made, and those that slip without evidence', async () => {
    const asked = await activeCampaign(coordinator);
    expect(await promisesOf(asked)).to.deep.equal({ made: 0, slipping: 0 });
    const kept = (changes: object) =>
      CommitmentModel.collection.insertOne({
        _id: newId() as never,
        reference: newId(),
        campaignIds: [asked],
        status: 'open',
        formality: 'written',
        verified: null,
        dueOn: inDays(9),
        ...changes,
      });
    await kept({ formality: 'sought' });
    await kept({ status: 'proposed' });
    await kept({});
    expect(await promisesOf(asked)).to.deep.equal({ made: 1, slipping: 0 });
    await kept({ dueOn: inDays(-2) });
    await kept({ dueOn: inDays(-2), verified: 'substantial' });
    expect(await promisesOf(asked)).to.deep.equal({ made: 3, slipping: 1 });
  });
});
