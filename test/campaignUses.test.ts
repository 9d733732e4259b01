// Duty: the do-no-harm check: no case is used without it or without the person's word; what they take back is out at once; small numbers stay withheld.
import { expect } from 'chai';
import { clock } from '../server/clock.ts';
import { CampaignModel } from '../server/features/campaigns/campaigns.model.ts';
import { keepUsesRight } from '../server/features/campaigns/uses.commands.ts';
import { catchUpCaseIndex } from '../server/features/cases/caseIndexFeed.ts';
import { newId } from '../shared/api.ts';
import {
  activeCampaign,
  added,
  campaignOf,
  checkInput,
  demandInput,
  exampleCase,
  moveCampaign,
  movedCampaign,
  planInput,
  proposed,
  refusal,
  usedCase,
} from './support/campaigns.ts';
import { inDays, logged, pageOf } from './support/cases.ts';
import { issueMade } from './support/issues.ts';
import { organisation } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

describe('Cases in campaigns', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let elsewhere: Person;
  let partner: Person;
  let partnerOrganisation: string;
  let campaign: string;

  before(async () => {
    server = await startTestServer();
    partnerOrganisation = await organisation();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    elsewhere = await server.as('activist', { municipality: 'peja' });
    partner = await server.as('cso_member', { organisation: partnerOrganisation });
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  beforeEach(async () => {
    campaign = await activeCampaign(coordinator, { municipalities: ['ferizaj', 'peja'] });
    const { version } = await campaignOf(coordinator, campaign);
    await coordinator.patch(`/api/campaigns/${campaign}`, { version, partners: [partnerOrganisation] });
  });

  const uses = (by = coordinator, of = campaign) => by.get(`/api/campaigns/${of}/uses`);
  const choose = (...caseIds: string[]) => coordinator.post(`/api/campaigns/${campaign}/uses`, { caseIds });
  const check = (caseId: string, changes = {}, by = coordinator) =>
    by.post(`/api/campaigns/${campaign}/uses/${caseId}/check`, checkInput(changes));

  it('chooses all or none: a case without live consent to be an example is refused with its field', async () => {
    const willing = await exampleCase(activist);
    const silent = await logged(activist);
    expect(await refusal(choose(willing, silent))).to.deep.equal([
      422,
      'campaign.caseRefused',
      'caseIds.1: advocacy_not_consented',
    ]);
    expect(await refusal(choose(newId()))).to.include('caseIds.0: not_found');
    expect((await uses()).body.data).to.deep.equal([]);
    expect((await choose(willing)).status).to.equal(200);
    expect((await choose(willing)).status).to.equal(200);
    expect((await uses()).body.data.map((row: any) => row.standing)).to.deep.equal(['chosen']);
    expect((await pageOf(coordinator, willing)).campaigns).to.deep.equal([]);
  });

  it('uses a case only once the four questions are answered, by a coordinator', async () => {
    const id = await exampleCase(activist);
    await choose(id);
    expect((await check(id, {}, activist)).status).to.equal(403);
    expect((await check(id, {}, elsewhere)).status).to.equal(403);
    expect((await check(await exampleCase(activist))).status).to.equal(404);
    expect(await refusal(check(id, { byWhom: '' }))).to.include('byWhom: required');
    expect(await refusal(check(id, { harm: ' ' }))).to.include('harm: required');
    expect(await refusal(check(id, { aware: false }))).to.include('aware: must_know');
    expect(await refusal(check(id, { awareHow: '' }))).to.include('awareHow: required');
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([]);
    expect((await check(id)).status).to.equal(200);
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([campaign]);
    const [row] = (await uses()).body.data;
    expect(row).to.include({ caseId: id, standing: 'checked', detail: 'told_inside' });
    expect(row.check).to.include({ recognised: 'by_those_around' });
    const [theirs] = (await uses(activist)).body.data;
    expect(theirs).to.include({ caseId: id, check: null });
    expect((await uses(elsewhere)).body.data).to.deep.equal([]);
    expect((await uses(partner)).body.data).to.deep.equal([]);
    const ofCase = await activist.get(`/api/cases/${id}/campaigns`);
    expect(ofCase.body.data.map((one: any) => one.id)).to.deep.equal([campaign]);
    expect((await elsewhere.get(`/api/cases/${id}/campaigns`)).status).to.equal(404);
  });

  it('never tells a case about a child in public, also when that turns out later', async () => {
    const child = await exampleCase(
      activist,
      { concernsChild: true, guardianConsent: true },
      { givenBy: 'guardian' },
    );
    const turned = await exampleCase(activist);
    await choose(child, turned);
    expect(await refusal(check(child, { detail: 'told_in_public' }))).to.include('detail: minor_not_public');
    expect((await check(child)).status).to.equal(200);
    expect((await check(turned, { detail: 'told_in_public' })).status).to.equal(200);
    const { version } = await pageOf(activist, turned);
    await activist.patch(`/api/cases/${turned}`, { version, concernsChild: true });
    const details = Object.fromEntries((await uses()).body.data.map((row: any) => [row.caseId, row.detail]));
    expect(details).to.deep.equal({ [child]: 'told_inside', [turned]: 'told_inside' });
  });

  it('when a chosen case has no check, or its consent ran out, is not activated', async () => {
    const id = await proposed(coordinator);
    await movedCampaign(coordinator, id, planInput(await issueMade(coordinator)));
    await added(coordinator, `/api/campaigns/${id}/demands`, demandInput());
    const caseId = await exampleCase(activist, {}, { expiresOn: inDays(20) });
    await added(coordinator, `/api/campaigns/${id}/uses`, { caseIds: [caseId] });
    const activate = () => refusal(moveCampaign(coordinator, id, { move: 'activate' }));
    expect(await activate()).to.deep.equal([422, 'campaign.notReady', 'uses: check_needed']);
    await added(coordinator, `/api/campaigns/${id}/uses/${caseId}/check`, checkInput());
    const { version } = await campaignOf(coordinator, id);
    clock.stopAt(new Date(Date.now() + 30 * 86_400_000));
    const late = moveCampaign(coordinator, id, { move: 'activate', version });
    expect(await refusal(late)).to.deep.equal([422, 'campaign.notReady', 'uses: advocacy_not_consented']);
    clock.stopAt(null);
    expect((await moveCampaign(coordinator, id, { move: 'activate', version })).status).to.equal(200);
  });

  it('takes a case out of every campaign at once when consent is withdrawn, with history and live', async () => {
    const id = await exampleCase(activist);
    const second = await activeCampaign(coordinator);
    await usedCase(coordinator, campaign, id);
    await usedCase(coordinator, second, id);
    const heard: string[] = [];
    (await coordinator.socket()).onAny((_event, name, change) => heard.push(`${name} ${change.id}`));
    expect((await activist.post(`/api/cases/${id}/consents/withdraw`, {})).status).to.equal(200);
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([]);
    for (const one of [campaign, second]) {
      const [row] = (await uses(coordinator, one)).body.data;
      expect(row).to.include({ standing: 'ended' });
      expect(row.ended.why).to.equal('consent_withdrawn');
      const { history, cases } = await campaignOf(coordinator, one);
      expect(history.at(-1)).to.include({ what: 'caseEnded', reason: 'consent_withdrawn' });
      expect(cases.total).to.equal(0);
      expect(heard).to.include(`campaign.changed ${one}`);
    }
    expect((await uses(activist)).body.data).to.deep.equal([]);
    const theirs = await campaignOf(activist, campaign);
    expect(theirs.history.map(({ what }) => what)).not.to.include('caseEnded');
    expect(await refusal(choose(id))).to.include('caseIds.0: advocacy_not_consented');
  });

  it('drops what ran out by the job, once, and by the first look at the page', async () => {
    const [first, second] = [
      await exampleCase(activist, {}, { expiresOn: inDays(2) }),
      await exampleCase(activist, {}, { expiresOn: inDays(2) }),
    ];
    await usedCase(coordinator, campaign, first);
    const other = await activeCampaign(coordinator);
    await usedCase(coordinator, other, second);
    clock.stopAt(new Date(Date.now() + 4 * 86_400_000));
    expect((await campaignOf(coordinator, other)).cases.total).to.equal(0);
    expect(await keepUsesRight()).to.equal(1);
    expect(await keepUsesRight()).to.equal(0);
    const [row] = (await uses()).body.data;
    expect(row.ended.why).to.equal('consent_expired');
    expect((await pageOf(coordinator, first)).campaigns).to.deep.equal([]);
    clock.stopAt(null);
  });

  it('completes what a stop left between campaign and case', async () => {
    const id = await exampleCase(activist);
    await choose(id);
    const by = coordinator.id;
    const answers = { ...checkInput(), by, at: new Date() };
    await CampaignModel.updateOne(
      { _id: campaign },
      { $set: { 'uses.0.check': answers, usesPending: true }, $inc: { version: 1 } },
    );
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([]);
    await Promise.all([keepUsesRight(), keepUsesRight()]);
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([campaign]);
    expect((await CampaignModel.findOne({ _id: campaign }).lean())!.usesPending).to.equal(false);
  });

  it('is taken out by a coordinator, also after the campaign is closed', async () => {
    const id = await exampleCase(activist);
    await usedCase(coordinator, campaign, id);
    await movedCampaign(coordinator, campaign, { move: 'close', result: 'not_won', lessons: 'Too late' });
    expect(await refusal(check(id))).to.deep.equal([409, 'campaign.closed']);
    const path = `/api/campaigns/${campaign}/uses/${id}`;
    expect((await activist.delete(path)).status).to.equal(403);
    expect((await coordinator.delete(path)).status).to.equal(200);
    expect((await coordinator.delete(path)).status).to.equal(404);
    expect((await pageOf(coordinator, id)).campaigns).to.deep.equal([]);
  });

  it('counts for coordinators exactly, for others without any number that could tell who it is', async () => {
    const cast = async (municipality: 'ferizaj' | 'peja', count: number) => {
      const by = municipality === 'peja' ? elsewhere : activist;
      for (let made = 0; made < count; made += 1)
        await usedCase(
          coordinator,
          campaign,
          await exampleCase(by, { municipality, title: `Titlewhisper ${made}` }),
        );
      await catchUpCaseIndex();
    };
    await cast('ferizaj', 4);
    expect((await campaignOf(coordinator, campaign)).cases).to.deep.include({
      total: 4,
      byTheme: { housing: 4 },
      toCheck: 0,
    });
    // Their own four they can count anyway; the partner sees none of them.
    expect((await campaignOf(activist, campaign)).cases).to.deep.include({ total: 4, own: 4, toCheck: null });
    expect((await campaignOf(elsewhere, campaign)).cases).to.deep.include({ total: null, byTheme: null });
    expect((await campaignOf(partner, campaign)).cases).to.deep.include({ total: null, own: 0 });
    await cast('peja', 1);
    expect((await campaignOf(partner, campaign)).cases).to.deep.include({
      total: 5,
      byTheme: { housing: 5 },
      byStatus: null,
    });
    // Five in all, minus the own four: the one elsewhere would be told.
    expect((await campaignOf(activist, campaign)).cases).to.deep.include({ total: null, byTheme: null });
    for (const path of ['', '/uses'])
      expect((await partner.get(`/api/campaigns/${campaign}${path}`)).text).not.to.match(
        /Titlewhisper|FER-|PEJ-/,
      );
    expect((await elsewhere.get(`/api/campaigns/${campaign}/uses`)).text).not.to.include('FER-');
    expect((await activist.get(`/api/campaigns/${campaign}/uses`)).text).not.to.include('PEJ-');
  }).timeout(20_000);
});
