// Duty: walk the whole chain, case → issue → campaign → commitment → evidence and back, as every role, and hold what each may see of every link.
import { expect } from 'chai';
import { activeCampaign, campaignOf } from './support/campaigns.ts';
import { logged } from './support/cases.ts';
import { check, movedCommitment, recorded, withEvidence } from './support/commitments.ts';
import { issueMade } from './support/issues.ts';
import { organisation, sharedWithPartner } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

/** Each link is asked for at the near end, and found by what is there. */
const links = [
  'caseToIssue',
  'issueToCases',
  'issueToCampaign',
  'campaignToIssue',
  'issueToCommitment',
  'commitmentToIssue',
  'campaignToCommitment',
  'commitmentToCampaign',
  'commitmentToEvidence',
] as const;
type Link = (typeof links)[number];

const who = [
  'coordinator',
  'activist',
  'teamLead',
  'casePartner',
  'campaignPartner',
  'activistElsewhere',
  'otherPartner',
  'funder',
  'administrator',
] as const;
type Who = (typeof who)[number];

/** A promise is everybody's to read who works here; its links lead on only to what the viewer sees. */
const promise: Link[] = ['commitmentToEvidence'];
const expected: Record<Who, Link[]> = {
  coordinator: [...links],
  activist: [...links],
  teamLead: [...links],
  // Sees the case and with it the issue, no campaign.
  casePartner: ['caseToIssue', 'issueToCases', 'issueToCommitment', 'commitmentToIssue', ...promise],
  // Sees the campaign and with it the issue, no case.
  campaignPartner: [
    'issueToCampaign',
    'campaignToIssue',
    'issueToCommitment',
    'commitmentToIssue',
    'campaignToCommitment',
    'commitmentToCampaign',
    ...promise,
  ],
  activistElsewhere: promise,
  otherPartner: promise,
  funder: [],
  administrator: [],
};

describe('The chain from a case to the evidence of a promise kept', () => {
  let server: TestServer;
  let people: Record<Who, Person>;
  const ids = { case: '', issue: '', campaign: '', commitment: '', evidence: '' };

  before(async () => {
    server = await startTestServer();
    const [ofCase, ofCampaign] = [await organisation(), await organisation()];
    people = {
      coordinator: await server.as('coordinator'),
      activist: await server.as('activist'),
      teamLead: await server.as('team_lead'),
      casePartner: await server.as('cso_member', { organisation: ofCase }),
      campaignPartner: await server.as('cso_member', { organisation: ofCampaign }),
      activistElsewhere: await server.as('activist', { municipality: 'prizren' }),
      otherPartner: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    const { coordinator, activist } = people;
    ids.case = await logged(activist, { title: 'Titlewhisper of a case' });
    await sharedWithPartner(ids.case, people.casePartner, ofCase);
    ids.issue = await issueMade(coordinator);
    const linked = await activist.post(`/api/issues/${ids.issue}/cases`, { ids: [ids.case], act: 'link' });
    expect(linked.body.data[0].ok).to.equal(true);
    ids.campaign = await activeCampaign(coordinator);
    const { version } = await campaignOf(coordinator, ids.campaign);
    const revised = await coordinator.patch(`/api/campaigns/${ids.campaign}`, {
      version,
      issueIds: [ids.issue],
      partners: [ofCampaign],
    });
    expect(revised.status, revised.text).to.equal(200);
    ids.commitment = await recorded(coordinator, {
      municipality: 'ferizaj',
      issueIds: [ids.issue],
      campaignIds: [ids.campaign],
    });
    ids.evidence = await withEvidence(coordinator, ids.commitment);
    await movedCommitment(coordinator, ids.commitment, check('complete', [ids.evidence]));
  });
  after(() => server.stop());

  /** Whether the answer of that address names the id. */
  const names = async (by: Person, path: string, id: string): Promise<boolean> => {
    const { status, text } = await by.get(path);
    return status === 200 && text.includes(id);
  };
  const walk: Record<Link, (by: Person) => Promise<boolean>> = {
    caseToIssue: (by) => names(by, `/api/cases/${ids.case}/issue`, ids.issue),
    issueToCases: (by) => names(by, `/api/cases?issue=${ids.issue}`, ids.case),
    issueToCampaign: (by) => names(by, `/api/campaigns?issue=${ids.issue}`, ids.campaign),
    campaignToIssue: (by) => names(by, `/api/campaigns/${ids.campaign}`, ids.issue),
    issueToCommitment: async (by) =>
      (await by.get(`/api/issues/${ids.issue}`)).status === 200 &&
      names(by, `/api/commitments?issue=${ids.issue}`, ids.commitment),
    commitmentToIssue: (by) => names(by, `/api/commitments/${ids.commitment}`, ids.issue),
    campaignToCommitment: async (by) =>
      (await by.get(`/api/campaigns/${ids.campaign}`)).status === 200 &&
      names(by, `/api/commitments?campaign=${ids.campaign}`, ids.commitment),
    commitmentToCampaign: (by) => names(by, `/api/commitments/${ids.commitment}`, ids.campaign),
    commitmentToEvidence: async (by) =>
      (await names(by, `/api/commitments/${ids.commitment}`, ids.evidence)) &&
      (await by.get(`/api/commitments/${ids.commitment}/evidence/${ids.evidence}`)).status === 200,
  };

  for (const one of who) {
    it(`${one}: finds exactly the links that are theirs, and no word of the case beyond`, async () => {
      const found: Link[] = [];
      for (const link of links) if (await walk[link](people[one])) found.push(link);
      expect(found).to.have.members(expected[one]);
      for (const path of [
        `/api/issues/${ids.issue}`,
        `/api/campaigns/${ids.campaign}`,
        `/api/commitments/${ids.commitment}`,
      ]) {
        const { text } = await people[one].get(path);
        expect(text, path).not.to.include('Titlewhisper');
        expect(text, path).not.to.include(ids.case);
      }
    });
  }

  it('leads on to the successor when the issue is merged, from both ends', async () => {
    const { coordinator, activist, campaignPartner } = people;
    const before = ids.issue;
    ids.issue = await issueMade(coordinator);
    const merged = await coordinator.post(`/api/issues/${before}/merge`, { into: ids.issue, version: 1 });
    expect(merged.status, merged.text).to.equal(200);
    for (const link of [
      'caseToIssue',
      'campaignToIssue',
      'issueToCampaign',
      'issueToCommitment',
      'commitmentToIssue',
    ] as const)
      expect(await walk[link](activist), link).to.equal(true);
    expect((await campaignPartner.get(`/api/issues/${before}`)).body.data.mergedInto.id).to.equal(ids.issue);
  });
});
