// Duty: everybody's own week: what each role finds of letters, promises, campaigns, issues, referrals and settings, and what it never finds.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { ReplyRuleModel } from '../../server/features/institutions/institutions.model.ts';
import { fallSilent } from '../../server/features/institutions/silence.commands.ts';
import type { MyWeek, WeekItem } from '../../shared/week.ts';
import { actionInput, activeCampaign, added, campaignOf, milestoneInput } from '../support/campaigns.ts';
import { inDays, logged } from '../support/cases.ts';
import { movedCommitment, recorded } from '../support/commitments.ts';
import { publishedRelease, quarter } from '../support/figures.ts';
import { issueMade } from '../support/issues.ts';
import { drafted, sentLetter } from '../support/letters.ts';
import { consented, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const weekOf = async (by: Person): Promise<MyWeek> => (await by.get('/api/my-week')).body.data;
const verbs = (items: WeekItem[]) => items.map(({ verb }) => verb).sort();

describe('GET /api/my-week', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let lead: Person;
  let elsewhere: Person;
  let partner: Person;
  let stranger: Person;
  let funder: Person;
  let administrator: Person;
  let campaign: string;
  let ids: Record<
    'draft' | 'silent' | 'waiting' | 'proposal' | 'promise' | 'overdue' | 'issue' | 'referral',
    string
  >;

  before(async () => {
    server = await startTestServer();
    const partnerId = await organisation();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    elsewhere = await server.as('activist', { municipality: 'prizren' });
    partner = await server.as('cso_member', { organisation: partnerId });
    stranger = await server.as('cso_member');
    funder = await server.as('funder');
    administrator = await server.as('administrator');
    // The visit that "since then" counts from.
    for (const by of [coordinator, activist, lead, elsewhere, partner, stranger, funder, administrator])
      await weekOf(by);
    clock.stopAt(new Date(Date.now() + 3_600_000));
    campaign = await activeCampaign(coordinator);
    const { version } = await campaignOf(coordinator, campaign);
    await coordinator.patch(`/api/campaigns/${campaign}`, {
      version,
      team: [activist.id],
      partners: [partnerId],
    });
    await added(coordinator, `/api/campaigns/${campaign}/actions`, actionInput({ on: inDays(3) }));
    await added(coordinator, `/api/campaigns/${campaign}/milestones`, milestoneInput({ due: inDays(-1) }));
    const draft = await drafted(activist);
    const waiting = await sentLetter(activist);
    const silent = await sentLetter(lead, { ask: 'Another programme.' }, inDays(-60));
    await fallSilent(clock.now());
    const proposal = await recorded(activist, { municipality: 'ferizaj' });
    const promise = await recorded(coordinator, {
      municipality: 'ferizaj',
      campaignIds: [campaign],
      dueOn: inDays(4),
      nextCheckOn: inDays(2),
    });
    const overdue = await recorded(coordinator, { municipality: 'ferizaj', dueOn: inDays(-3) });
    const issue = await issueMade(activist);
    const caseId = await logged(lead);
    await consented(lead, caseId, partnerId);
    ids = {
      draft,
      waiting,
      silent,
      proposal,
      promise,
      overdue,
      issue,
      referral: await referred(lead, caseId, partnerId),
    };
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  const of = (items: WeekItem[], id: string) =>
    items.filter((item) => item.id === id).map(({ verb }) => verb);

  it('gives an activist what is theirs: drafts, planned actions; what they wait for; what others changed', async () => {
    const { toDo, waiting, fresh, cases } = await weekOf(activist);
    expect(cases).to.not.equal(null);
    expect(verbs(toDo)).to.deep.equal(['campaign.action', 'campaign.milestone', 'letter.send']);
    expect(toDo[0], 'what is late comes first').to.include({ verb: 'campaign.milestone', late: true });
    expect(of(waiting, ids.waiting)).to.deep.equal(['letter.due']);
    expect(of(waiting, ids.proposal)).to.deep.equal(['commitment.waits']);
    expect(of(waiting, ids.issue)).to.deep.equal(['issue.waits']);
    expect(of(waiting, ids.promise)).to.deep.equal(['commitment.due']);
    expect(of(fresh, ids.silent)).to.deep.equal(['letter.fellSilent']);
    expect(of(fresh, campaign)).to.deep.equal(['campaign.changed']);
    expect(of(fresh, ids.draft), 'their own doing is no news').to.deep.equal([]);
  });

  it('gives a team lead the silence in the municipality, and the referral that is not answered', async () => {
    const { toDo, waiting } = await weekOf(lead);
    expect(of(toDo, ids.silent)).to.deep.equal(['letter.silent']);
    expect(of(toDo, ids.draft)).to.deep.equal(['letter.send']);
    expect(of(waiting, ids.referral)).to.deep.equal(['referral.pending']);
    expect(
      toDo.filter(({ verb }) => verb.startsWith('campaign.')),
      'not on the team',
    ).to.deep.equal([]);
  });

  it('gives a coordinator what to decide and to check, and what is overdue', async () => {
    const { toDo, cases } = await weekOf(coordinator);
    expect(of(toDo, ids.proposal)).to.deep.equal(['commitment.approve']);
    expect(of(toDo, ids.issue)).to.deep.equal(['issue.decide']);
    expect(of(toDo, ids.promise)).to.deep.equal(['commitment.check']);
    expect(of(toDo, ids.overdue)).to.deep.equal(['commitment.overdue']);
    expect(of(toDo, campaign)).to.include.members(['campaign.action', 'campaign.milestone']);
    expect(cases!.stuck).to.have.length(7);
    await movedCommitment(coordinator, ids.proposal, { move: 'approve' });
    expect(of((await weekOf(activist)).fresh, ids.proposal)).to.deep.equal(['commitment.changed']);
    expect(of((await weekOf(coordinator)).toDo, ids.proposal)).to.deep.equal([]);
  });

  it('gives a partner what its campaigns ask of it, and no other partner anything', async () => {
    const { toDo, fresh } = await weekOf(partner);
    expect(of(toDo, campaign).sort()).to.deep.equal(['campaign.action', 'campaign.milestone']);
    expect(of(toDo, ids.promise)).to.deep.equal(['commitment.check']);
    expect(of(fresh, campaign)).to.deep.equal(['campaign.changed']);
    const nothing = await weekOf(stranger);
    expect([nothing.toDo, nothing.waiting, nothing.fresh]).to.deep.equal([[], [], []]);
  });

  it('gives an activist elsewhere nothing of this place', async () => {
    const { toDo, waiting, fresh } = await weekOf(elsewhere);
    expect([toDo, waiting, fresh]).to.deep.equal([[], [], []]);
  });

  it('gives the administrator settings and open invitations in numbers, and nobody’s name or case', async () => {
    await administrator.post('/api/users', {
      id: crypto.randomUUID(),
      email: 'invited@example.org',
      name: 'Invited Namewhisper',
      role: 'activist',
      municipality: 'peja',
      organisation: null,
      language: 'sq',
    });
    await ReplyRuleModel.updateMany({}, { $set: { checked: false } });
    const { text, body } = await administrator.get('/api/my-week');
    const { cases, toDo, waiting, fresh } = body.data as MyWeek;
    expect(cases).to.equal(null);
    expect(verbs(toDo)).to.deep.equal(['rules.unchecked']);
    expect(toDo[0]!.count).to.equal(await ReplyRuleModel.countDocuments());
    expect(waiting).to.have.length(1);
    expect(waiting[0]).to.include({ verb: 'users.invited', count: 1 });
    expect(fresh).to.deep.equal([]);
    expect(text).not.to.match(/whisper|FER-|LET-|COM-|ISS-|CAM-/i);
  });

  it('gives who reads figures those that came out since, and others none of them', async () => {
    await publishedRelease(coordinator, quarter);
    for (const by of [funder, coordinator]) {
      const { fresh } = await weekOf(by);
      expect(fresh.filter(({ place }) => place === 'progress')).to.have.length(1);
    }
    for (const by of [activist, partner, administrator])
      expect((await weekOf(by)).fresh.some(({ place }) => place === 'progress')).to.equal(false);
  });

  it('gives the funder nothing that is about a person, a case or a place', async () => {
    const week = await weekOf(funder);
    expect(week).to.deep.include({ cases: null, toDo: [], waiting: [] });
    expect((await server.stranger().get('/api/my-week')).status).to.equal(401);
  });
});
