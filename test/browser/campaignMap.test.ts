// Duty: the campaign map in real Chromium: layers, marks by keyboard, what is stuck and who is to move, the list twin, a promise that breaks on an open map.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { countedHref } from '../../client/features/map/advocacyLinks.ts';
import { clock } from '../../server/clock.ts';
import { ringCommitments } from '../../server/features/commitments/clockwork.commands.ts';
import { fallSilent } from '../../server/features/institutions/silence.commands.ts';
import { axeFaults, phone, picture, scrollsSideways } from '../support/browser.ts';
import { activeCampaign } from '../support/campaigns.ts';
import { logged } from '../support/cases.ts';
import { check, inDays, movedCommitment, recorded } from '../support/commitments.ts';
import { issueMade } from '../support/issues.ts';
import { sentLetter } from '../support/letters.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { mapOf, say } from '../support/windows.ts';

describe('the campaign map in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let coordinator: Person;
  let other: Person;
  let lead: Person;
  let promise = '';

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    other = await server.as('coordinator', { name: 'Other Coordinator' });
    lead = await server.as('team_lead', { municipality: 'gjakova', name: 'Lead of Gjakova' });
    await logged(lead, { municipality: 'gjakova' });
    await sentLetter(lead, { municipality: 'gjakova' }, inDays(-40));
    await sentLetter(coordinator, { municipality: 'prizren' }, inDays(-40));
    await fallSilent();
    await activeCampaign(other, { municipalities: ['gjakova'] });
    await issueMade(coordinator, { municipalities: ['gjakova', 'peja'] });
    for (const municipality of ['fushe-kosove', 'gracanica', 'mitrovica'] as const)
      await recorded(coordinator, { municipality, promisedOn: inDays(-60), dueOn: inDays(-9) });
    promise = await recorded(coordinator, { municipality: 'gjakova', dueOn: inDays(3) });
    await movedCommitment(coordinator, promise, check('no_evidence', []));
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  const marks = (page: Page) => page.locator('.leaflet-advocacy-pane [role=button]');
  const markOf = (page: Page, place: string) =>
    page.locator(`.leaflet-advocacy-pane [role=button][aria-label*="${place}"]`);

  it('lays layers over the cases, each on its own, and keeps them in the address', async () => {
    const { page, context, errors } = await mapOf(coordinator);
    await markOf(page, 'Gjakova').waitFor();
    expect(await markOf(page, 'Gjakova').getAttribute('aria-label')).to.equal(
      'Gjakova: 1 letter without answer',
    );
    await page.getByRole('checkbox', { name: say('map.layer.issues') }).click();
    await page.getByRole('checkbox', { name: say('map.layer.campaigns') }).click();
    await page.waitForURL(/layers=/);
    await markOf(page, 'Peja').waitFor();
    await page
      .locator('[aria-label="Gjakova: 1 letter without answer; 1 campaign; 2 structural issues"]')
      .waitFor();
    await picture(page, 'campaign-map-desktop');
    await page.getByRole('checkbox', { name: say('campaigns.stage.planning') }).click();
    await markOf(page, 'Gjakova').and(page.locator(':not([aria-label*=campaign])')).waitFor();
    await page.getByRole('checkbox', { name: say('map.layer.cases'), exact: true }).click();
    await page.locator('.leaflet-marker-pane [role=button]').waitFor({ state: 'detached' });
    await page.reload();
    await markOf(page, 'Peja').waitFor();
    expect(await page.locator('.leaflet-marker-pane [role=button]').count()).to.equal(0);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('is worked by keyboard: to a mark, what is stuck, a link, and back to the mark', async () => {
    const { page, context } = await mapOf(coordinator, '/map?layers=cases,letters,campaigns');
    await markOf(page, 'Gjakova').focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: say('map.beside') });
    await panel.locator('h2:focus').waitFor();
    await panel.getByRole('heading', { name: 'Stuck in Gjakova' }).waitFor();
    const words = (await panel.innerText()).replace(/\s+/g, ' ');
    expect(words).to.include('1 case waits for triage To move: Lead of Gjakova (Team lead)');
    expect(words).to.include(say('advocacy.why.letter.silent'));
    expect(words).to.include(`Proposed: ${say('letters.rung.reminder')}`);
    expect(words).to.include(say('advocacy.why.campaign.noAction'));
    expect(words).to.include('To move: Other Coordinator (Coordinator)');
    const links = await panel
      .getByRole('link')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).to.include('/cases?municipality=gjakova&status=new');
    expect(links.some((href) => href?.startsWith('/letters/'))).to.equal(true);
    expect(links.some((href) => href?.startsWith('/campaigns/'))).to.equal(true);
    expect(await axeFaults(page)).to.deep.equal([]);
    await picture(page, 'campaign-map-stuck-desktop');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('link', { name: say('advocacy.briefing.get') }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^gjakova-\d{4}-\d\d-\d\d\.pdf$/);
    await panel.getByRole('button', { name: say('common.close'), exact: true }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).to.match(
      /^Gjakova: /,
    );
    await context.close();
  });

  it('says in the list what the marks say', async () => {
    const { page, context } = await mapOf(coordinator, '/map?layers=commitments,letters,campaigns,issues');
    await marks(page).first().waitFor();
    const words = await marks(page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
    const onMap = words
      .flatMap((text) => text.match(/\d+(?= letter)/g) ?? [])
      .reduce((sum, one) => sum + Number(one), 0);
    expect(onMap).to.equal(2);
    await page.getByText(say('map.asList'), { exact: true }).click();
    const row = page.locator('tr[data-advocacy=gjakova]');
    await row.waitFor();
    expect((await row.innerText()).split(/\t|\n/).filter(Boolean).slice(1).join(' ')).to.match(
      /– 1 1 Active 1 2/,
    );
    expect(await axeFaults(page)).to.deep.equal([]);
    await row.getByRole('button').click();
    await page.getByRole('heading', { name: 'Stuck in Gjakova' }).waitFor();
    await picture(page, 'campaign-map-list-desktop');
    await context.close();
  });

  it('is a drawer on a phone, and nothing sticks out', async () => {
    for (const dark of [false, true]) {
      const { page, context, errors } = await mapOf(
        coordinator,
        '/map?layers=cases,commitments,letters,campaigns,issues',
        {
          size: phone,
          dark,
        },
      );
      await markOf(page, 'Gjakova').waitFor();
      await picture(page, `campaign-map-phone${dark ? '-dark' : ''}`);
      await page.getByRole('button', { name: say('map.stuck') }).tap();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('heading', { name: 'Stuck in Gjakova' }).waitFor();
      await picture(page, `campaign-map-stuck-phone${dark ? '-dark' : ''}`);
      expect(await scrollsSideways(page)).to.equal(false);
      expect(await axeFaults(page)).to.deep.equal([]);
      await page.goto('/map?as=list&layers=commitments,letters,campaigns,issues');
      await page.locator('tr[data-advocacy=gjakova]').waitFor();
      expect(await scrollsSideways(page)).to.equal(false);
      await picture(page, `campaign-map-list-phone${dark ? '-dark' : ''}`);
      expect(errors.filter((one) => one.includes('Content Security Policy'))).to.deep.equal([]);
      await context.close();
    }
  });

  it('shows on an open map, without reload, the promise whose day has passed', async () => {
    const { page, context } = await mapOf(other);
    await markOf(page, 'Gjakova').waitFor();
    expect(await markOf(page, 'Gjakova').getAttribute('aria-label')).not.to.include('broken');
    await page.waitForTimeout(500);
    clock.stopAt(new Date(`${inDays(4)}T10:00:00Z`));
    const began = Date.now();
    expect(await ringCommitments()).to.be.greaterThan(0);
    await markOf(page, 'Gjakova').and(page.locator('[aria-label*="1 broken"]')).waitFor();
    expect(Date.now() - began).to.be.lessThan(2_000);
    await picture(page, 'campaign-map-broken-desktop');
    clock.stopAt(null);
    await context.close();
  });

  it('shows a team its own place alone, and a partner no layers', async () => {
    const team = await mapOf(lead, '/map?layers=cases,letters');
    await markOf(team.page, 'Gjakova').waitFor();
    expect(await marks(team.page).count()).to.equal(1);
    await team.context.close();
    const partner = await mapOf(
      await server.as('cso_member'),
      '/map?layers=cases,letters&stuck=gjakova',
      {},
      /./,
    );
    await partner.page.waitForTimeout(500);
    expect(await marks(partner.page).count()).to.equal(0);
    expect(await partner.page.getByText(say('map.layers')).count()).to.equal(0);
    await partner.context.close();
  });

  // Last: so many letters would put Prizren before the others.
  it('leads from "and more" to the list of what is counted, in every layer', async () => {
    for (let sent = 0; sent < 26; sent += 1)
      await sentLetter(coordinator, { municipality: 'prizren' }, inDays(-40));
    const { page, context, errors } = await mapOf(coordinator, '/map?layers=cases,letters&stuck=prizren');
    await page.getByRole('link', { name: 'and 2 more' }).press('Enter');
    await page.waitForURL('/letters?municipality=prizren&unanswered=true');
    await page.getByRole('heading', { name: say('letters.filter.unanswered') }).waitFor();
    await page.getByRole('button', { name: say('common.more') }).press('Enter');
    await page.getByRole('button', { name: say('common.more') }).waitFor({ state: 'detached' });
    expect(await page.locator('main li a').count()).to.equal(27);
    expect(await axeFaults(page)).to.deep.equal([]);
    await picture(page, 'campaign-map-counted-letters');
    await page.getByRole('button', { name: say('letters.toList') }).press('Enter');
    await page.waitForURL('/letters?municipality=prizren');
    await page.getByRole('heading', { name: say('letters.group.waiting') }).waitFor();

    await page.goto(countedHref('commitments', 'mitrovica'));
    await page.getByText('1 promise', { exact: true }).waitFor();
    await page.getByRole('button', { name: say('commitments.filter.slipping') }).press('Enter');
    await page.waitForURL('/commitments?municipality=mitrovica');

    await page.goto(countedHref('issues', 'peja'));
    await page.locator('tbody tr').waitFor();
    expect(await page.getByLabel(say('issues.status')).inputValue()).to.equal('live');
    await page.getByLabel(say('issues.municipalities')).selectOption('gracanica');
    await page.getByText(say('issues.noneFound'), { exact: true }).waitFor();
    expect(new URL(page.url()).search).to.equal('?municipality=gracanica&status=live');

    await page.goto(countedHref('campaigns', 'gjakova'));
    await page.locator('a[data-campaign]').waitFor();
    expect(await page.locator('main section[aria-labelledby]').count()).to.equal(5);
    await picture(page, 'campaign-map-counted-campaigns');
    expect(await axeFaults(page)).to.deep.equal([]);
    await page.getByRole('button', { name: say('campaigns.alsoClosed') }).press('Enter');
    await page.getByRole('heading', { name: say('campaigns.stage.closed') }).waitFor();
    await page.getByLabel(say('campaigns.filter.municipality')).selectOption('gracanica');
    await page.locator('a[data-campaign]').waitFor({ state: 'detached' });
    expect(errors).to.deep.equal([]);
    await context.close();
  });
});
