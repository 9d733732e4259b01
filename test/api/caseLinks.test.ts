// Duty: the case's side of the chain: an issue and campaigns on a case, the filters for them, and what of it each reader sees.
import { expect } from 'chai';
import { smallestTold, toldOf } from '../../server/features/cases/behind.queries.ts';
import { catchUpCaseIndex } from '../../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import {
  endCampaignUse,
  linkIssue,
  passToIssue,
  unlinkIssue,
  useInCampaign,
} from '../../server/features/cases/links.commands.ts';
import { viewerNow } from '../../server/features/directory/users.queries.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import { caseStatuses } from '../../shared/cases.ts';
import { logged, pageOf } from '../support/cases.ts';
import { sharedWithPartner } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const listQueries = ['', '&sort=oldest', '&sort=urgency', '&q=water'];

describe('A case behind an issue and in campaigns', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;
  let asCoordinator: Viewer;
  const organisation = newId();
  const issue = { id: newId(), reference: 'ISS-2026-0001' };
  const other = { id: newId(), reference: 'ISS-2026-0002' };
  const campaign = newId();

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    partner = await server.as('cso_member', { organisation });
    asCoordinator = (await viewerNow(coordinator.id))!;
  });
  after(() => server.stop());

  async function found(by: Person, filter: string): Promise<number[]> {
    const lists = await Promise.all(
      listQueries.map(async (query) => (await by.get(`/api/cases?${filter}${query}`)).body.total),
    );
    const counted = (await by.get(`/api/cases/counts?${filter}`)).body.data.total;
    const onMap = (await by.get(`/api/map/facets?${filter}`)).body.data.total;
    return [...lists, counted, onMap];
  }
  const all = (count: number) => Array.from({ length: listQueries.length + 2 }, () => count);

  it('is found by its issue in every list, count and map, and by no other', async () => {
    const id = await logged(activist);
    await logged(activist);
    await linkIssue(asCoordinator, id, issue);
    for (const by of [coordinator, activist]) {
      expect(await found(by, `issue=${issue.id}`)).to.deep.equal(all(1));
      expect(await found(by, `issue=${other.id}`)).to.deep.equal(all(0));
      expect(await found(by, `issue=${issue.id}&campaign=${campaign}`)).to.deep.equal(all(0));
    }
    await useInCampaign(asCoordinator, id, campaign);
    expect(await found(coordinator, `issue=${issue.id}&campaign=${campaign}`)).to.deep.equal(all(1));
    await passToIssue(null, id, issue.id, other);
    expect(await found(coordinator, `issue=${issue.id}`)).to.deep.equal(all(0));
    expect(await found(coordinator, `issue=${other.id}`)).to.deep.equal(all(1));
    await passToIssue(null, id, issue.id, issue);
    expect((await pageOf(activist, id)).issue, 'it stood behind another one by then').to.equal(other.id);
    await unlinkIssue(asCoordinator, id, issue);
    expect((await pageOf(activist, id)).issue).to.equal(other.id);
    await unlinkIssue(asCoordinator, id, other);
    await endCampaignUse(null, id, campaign);
    const page = await pageOf(activist, id);
    expect([page.issue, page.campaigns]).to.deep.equal([null, []]);
    expect(page.history.map(({ what, issue: named }) => [what, named])).to.deep.equal([
      ['logged', null],
      ['issueLinked', issue.reference],
      ['campaignUsed', null],
      ['issueLinked', other.reference],
      ['issueUnlinked', other.reference],
      ['campaignEnded', null],
    ]);
  });

  it('when repeated, changes nothing', async () => {
    const id = await logged(activist);
    await linkIssue(asCoordinator, id, issue);
    await useInCampaign(asCoordinator, id, campaign);
    const { version } = await pageOf(activist, id);
    await linkIssue(asCoordinator, id, issue);
    await useInCampaign(asCoordinator, id, campaign);
    await endCampaignUse(null, id, newId());
    expect((await pageOf(activist, id)).version).to.equal(version);
  });

  it('when the link changed since it was read, answers with both sides and keeps it', async () => {
    const id = await logged(activist);
    const { version } = await pageOf(activist, id);
    await linkIssue(asCoordinator, id, issue, { version });
    const late = await linkIssue(asCoordinator, id, other, { version }).catch((error: unknown) => error);
    expect(late).to.include({ status: 409, code: 'case.stale' });
    expect((late as { details: { extra: object } }).details.extra).to.have.nested.include({
      'conflicts[0].yours': other.id,
      'conflicts[0].theirs': issue.id,
    });
    expect((await pageOf(activist, id)).issue).to.equal(issue.id);
  });

  it('when the case is older than issues and campaigns, opens, lists and links like any other', async () => {
    const id = await logged(activist);
    await CaseModel.collection.updateOne(
      { _id: id as never },
      { $unset: { issue: '', campaigns: '' }, $inc: { version: 1 }, $set: { changedAt: new Date() } },
    );
    await catchUpCaseIndex();
    const page = await pageOf(activist, id);
    expect([page.issue, page.campaigns]).to.deep.equal([null, []]);
    await linkIssue(asCoordinator, id, issue);
    await useInCampaign(asCoordinator, id, campaign);
    const after = await pageOf(activist, id);
    expect([after.issue, after.campaigns]).to.deep.equal([issue.id, [campaign]]);
  });

  it('tells a partner that sees the case its issue, and of campaigns nothing', async () => {
    const id = await logged(activist);
    await sharedWithPartner(id, partner, organisation);
    await linkIssue(asCoordinator, id, issue);
    await useInCampaign(asCoordinator, id, campaign);
    const page = await pageOf(partner, id);
    expect([page.issue, page.campaigns]).to.deep.equal([issue.id, []]);
    expect(page.history.map(({ what }) => what)).to.deep.equal(['logged', 'issueLinked']);
    expect(await found(partner, `issue=${issue.id}`)).to.deep.equal(all(1));
  });

  it('tells the team and whoever has the case open, live, and nobody else', async () => {
    const id = await logged(activist);
    const heard: string[] = [];
    for (const [name, by] of Object.entries({
      activist,
      stranger: await server.as('activist', { municipality: 'peja' }),
    })) {
      const socket = await by.socket();
      socket.on('change', (what, change) => {
        if (change.id === id) heard.push(`${name} ${what} ${'version' in change ? change.version : ''}`);
      });
    }
    await linkIssue(asCoordinator, id, issue);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(heard).to.deep.equal(['activist case.changed 2']);
  });
});

describe('Counts of the cases behind something', () => {
  it('when cases cannot be opened, gives no number from which fewer than five of them can be told', () => {
    let seed = 3;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let told = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const most = [1, 3, 8, 20][random(4)]!;
      const cells = caseStatuses.map(() => (random(2) === 0 ? 0 : random(most)));
      const own = cells.map((count) => (random(3) === 0 ? count : random(count + 1)));
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      const named = (values: number[]) =>
        Object.fromEntries(caseStatuses.flatMap((status, at) => (values[at] ? [[status, values[at]]] : [])));
      const answer = toldOf(
        { total: sum(cells), byStatus: named(cells) },
        { total: sum(own), byStatus: named(own) },
      );
      const hidden = sum(cells) - sum(own);
      if (answer.total !== null) expect(hidden === 0 || hidden >= smallestTold).to.equal(true);
      if (answer.byStatus === null) continue;
      expect(answer.total, 'a breakdown gives its total').to.not.equal(null);
      const others = cells.map((count, at) => count - own[at]!);
      for (const count of others) expect(count === 0 || count >= smallestTold).to.equal(true);
      expect(hidden > 0 && others.includes(hidden), 'all of them of one status').to.equal(false);
      told += 1;
    }
    expect(told).to.be.greaterThan(100);
  });

  it('when every case can be opened, gives exact numbers', () => {
    const counts = { total: 3, byStatus: { new: 1, closed: 2 } };
    expect(toldOf(counts, counts)).to.deep.equal({ total: 3, byStatus: { new: 1, closed: 2 }, own: 3 });
  });
});
