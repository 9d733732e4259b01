// Duty: the whole campaign table against one written out by hand: every stage × who × move, and who may add, see and link.
import { expect } from 'chai';
import { CampaignModel } from '../server/features/campaigns/campaigns.model.ts';
import { countPromisesWith } from '../server/features/campaigns/promises.commands.ts';
import { newId } from '../shared/api.ts';
import {
  type CampaignMoveName,
  type CampaignStage,
  campaignMoveNames,
  campaignStages,
} from '../shared/campaigns.ts';
import {
  actionInput,
  activeCampaign,
  campaignInput,
  demandInput,
  milestoneInput,
} from './support/campaigns.ts';
import { inDays } from './support/cases.ts';
import { issueMade } from './support/issues.ts';
import { organisation } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const people = [
  'coordinator',
  'otherCoordinator',
  'teamActivist',
  'activist',
  'teamLead',
  'partner',
  'partnerOnTeam',
  'otherPartner',
  'otherActivist',
  'otherTeamLead',
  'funder',
  'administrator',
] as const;
type Who = (typeof people)[number];

const blind: Who[] = ['otherPartner', 'otherActivist', 'otherTeamLead', 'funder', 'administrator'];
const coordinators: Who[] = ['coordinator', 'otherCoordinator'];
const acting: Who[] = [...coordinators, 'teamActivist', 'partner', 'partnerOnTeam'];

/** From the lifecycles. */
const table: Record<CampaignMoveName, { from: CampaignStage[]; to: CampaignStage }> = {
  plan: { from: ['proposed'], to: 'planning' },
  activate: { from: ['planning'], to: 'active' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  monitor: { from: ['active'], to: 'monitoring' },
  ask_again: { from: ['monitoring'], to: 'active' },
  close: { from: ['active', 'monitoring', 'paused'], to: 'closed' },
};

describe('Who may do what to a campaign', () => {
  let server: TestServer;
  let everybody: Record<Who, Person>;
  let id: string;
  let issue: string;
  let putBack: () => void;

  before(async () => {
    server = await startTestServer();
    putBack = countPromisesWith(async () => ({ made: 1, slipping: 1 }));
    const [mine, theirs] = [await organisation(), await organisation()];
    everybody = {
      coordinator: await server.as('coordinator'),
      otherCoordinator: await server.as('coordinator'),
      teamActivist: await server.as('activist'),
      activist: await server.as('activist'),
      teamLead: await server.as('team_lead'),
      partner: await server.as('cso_member', { organisation: mine }),
      partnerOnTeam: await server.as('cso_member', { organisation: mine }),
      otherPartner: await server.as('cso_member', { organisation: theirs }),
      otherActivist: await server.as('activist', { municipality: 'peja' }),
      otherTeamLead: await server.as('team_lead', { municipality: 'peja' }),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    const { coordinator, teamActivist, partnerOnTeam } = everybody;
    issue = await issueMade(coordinator);
    id = await activeCampaign(coordinator);
    const { body } = await coordinator.get(`/api/campaigns/${id}`);
    const { status } = await coordinator.patch(`/api/campaigns/${id}`, {
      version: body.data.version,
      partners: [mine],
      team: [teamActivist.id, partnerOnTeam.id],
    });
    expect(status).to.equal(200);
  });
  after(async () => {
    putBack();
    await server.stop();
  });

  /** Puts the campaign where the test begins, behind the API's back. */
  async function stand(stage: CampaignStage): Promise<number> {
    const changed = await CampaignModel.findOneAndUpdate(
      { _id: id },
      { $set: { stage, reviewOn: null, result: null }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    ).lean();
    return changed!.version;
  }

  const inputs = (): Record<CampaignMoveName, object> => ({
    plan: { issueIds: [issue], municipalities: ['ferizaj'], whyNow: 'Now' },
    activate: {},
    pause: { reason: 'Elections', reviewOn: inDays(5) },
    resume: { reason: 'They are over' },
    monitor: {},
    ask_again: { reason: 'Nothing came' },
    close: { result: 'won', lessons: 'Begin early' },
  });

  for (const move of campaignMoveNames)
    it(`${move}: exactly the table`, async () => {
      const { from, to } = table[move];
      for (const stage of campaignStages) {
        // Who is refused has changed nothing: the next one finds it as it was.
        let version = await stand(stage);
        for (const person of people) {
          const answer = await everybody[person].post(`/api/campaigns/${id}/moves`, {
            move,
            version,
            ...inputs()[move],
          });
          const expected = blind.includes(person)
            ? 404
            : !coordinators.includes(person)
              ? 403
              : from.includes(stage)
                ? 200
                : 409;
          expect(answer.status, `${person} in ${stage}: ${answer.text.slice(0, 200)}`).to.equal(expected);
          if (expected === 409) expect(answer.body.error.code).to.equal('campaign.notFromHere');
          const now = (await CampaignModel.findOne({ _id: id }).lean())!.stage;
          expect(now).to.equal(expected === 200 ? to : stage);
          if (expected === 200) version = await stand(stage);
        }
      }
    }).timeout(60_000);

  it('tells everybody beforehand which moves and additions are theirs, in step with what is allowed', async () => {
    for (const stage of campaignStages) {
      await stand(stage);
      for (const person of people) {
        const { status, body } = await everybody[person].get(`/api/campaigns/${id}`);
        expect(status, `${person} in ${stage}`).to.equal(blind.includes(person) ? 404 : 200);
        if (status === 404) continue;
        const writes = coordinators.includes(person);
        const open = stage !== 'closed';
        const expected: Record<string, boolean> = {
          edit: writes && open,
          act: acting.includes(person) && open,
          useCases: writes && open,
          calendar: writes,
        };
        for (const move of campaignMoveNames) expected[move] = writes && table[move].from.includes(stage);
        expect(body.abilities, `${person} in ${stage}`).to.deep.equal(expected);
      }
    }
  });

  it('lets coordinators write, the team and partners act, and nobody else', async () => {
    await stand('planning');
    const writes: [string, string, () => unknown][] = [
      ['PATCH', '', () => ({ version: 1, title: 'Roofs before winter' })],
      ['POST', '/demands', demandInput],
      ['POST', '/milestones', milestoneInput],
      ['POST', '/calendar', () => ({})],
      ['DELETE', '/calendar', () => undefined],
    ];
    for (const person of people) {
      const may = (list: Who[]) => (blind.includes(person) ? 404 : list.includes(person) ? 200 : 403);
      for (const [method, path, body] of writes) {
        const { status } = await everybody[person].send(method, `/api/campaigns/${id}${path}`, body());
        expect(status, `${person} ${method} ${path}`).to.equal(may(coordinators));
      }
      const { status } = await everybody[person].post(`/api/campaigns/${id}/actions`, actionInput());
      expect(status, `${person} acts`).to.equal(may(acting));
    }
  });

  it('lists to everybody exactly those that they may open, and hides the rest from filters too', async () => {
    await stand('active');
    for (const person of people) {
      const queries = ['', `?issue=${issue}`, '?municipality=ferizaj&stage=active', '?institution=urbanism'];
      for (const query of queries) {
        const { status, text } = await everybody[person].get(`/api/campaigns${query}`);
        if (person === 'funder' || person === 'administrator') expect(status).to.equal(404);
        else expect(text.includes(id), `${person} ${query}`).to.equal(!blind.includes(person));
      }
      const timeline = await everybody[person].get(
        `/api/campaigns/timeline?from=${inDays(-400)}&to=${inDays(300)}&campaigns=${id}`,
      );
      expect(timeline.text.includes(id), `${person} timeline`).to.equal(!blind.includes(person));
    }
  });

  it('shows partners the issues behind their campaign, and nobody else of their kind', async () => {
    expect((await everybody.partner.get(`/api/issues/${issue}`)).status).to.equal(200);
    expect((await everybody.otherPartner.get(`/api/issues/${issue}`)).status).to.equal(404);
    const page = await everybody.partner.get(`/api/campaigns/${id}`);
    expect(page.body.data.issues.map((one: any) => one.id)).to.deep.equal([issue]);
  });

  it('goes on with an issue’s successor when issues are merged', async () => {
    const { coordinator } = everybody;
    const successor = await issueMade(coordinator);
    const campaign = campaignInput({ issueIds: [issue] });
    expect((await coordinator.post('/api/campaigns', campaign)).status).to.equal(201);
    const { body } = await coordinator.get(`/api/issues/${issue}`);
    const merged = await coordinator.post(`/api/issues/${issue}/merge`, {
      into: successor,
      version: body.data.version,
    });
    expect(merged.status, merged.text).to.equal(200);
    const after = await coordinator.get(`/api/campaigns/${campaign.id}`);
    expect(after.body.data.issues.map((one: any) => one.id)).to.deep.equal([successor]);
    const late = await coordinator.post('/api/campaigns', campaignInput({ issueIds: [issue] }));
    expect(late.body.error.faults[0]).to.include({ code: 'issue_over' });
    expect(
      (await coordinator.post('/api/campaigns', campaignInput({ issueIds: [newId()] }))).status,
    ).to.equal(422);
  });

  it('tells changes to those who see it, and to nobody else', async () => {
    const version = await stand('active');
    const heard: Record<string, unknown[]> = {};
    for (const person of people) {
      const own: unknown[] = [];
      heard[person] = own;
      (await everybody[person].socket()).onAny((...event) => own.push(event));
    }
    const title = 'Roofwhisper';
    await everybody.coordinator.patch(`/api/campaigns/${id}`, { version, title });
    await everybody.coordinator.patch(`/api/campaigns/${id}`, { version: version + 1, partners: [] });
    await new Promise((resolve) => setTimeout(resolve, 150));
    for (const person of people) {
      const own = JSON.stringify(heard[person]);
      expect(own.includes(id), person).to.equal(!blind.includes(person));
      expect(own).not.to.include(title);
    }
    expect(JSON.stringify(heard.partner)).to.include('campaign.withdrawn');
    expect(JSON.stringify(heard.activist)).not.to.include('campaign.withdrawn');
  });
});
