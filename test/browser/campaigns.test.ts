// Duty: campaigns in real Chromium: from a proposal to an active campaign by keyboard, a checked case, a second window that follows; every size and language looked at.
import { expect } from 'chai';
import type { CampaignStage } from '../../shared/campaigns.ts';
import { expectUsable, picture, sizesIn } from '../support/browser.ts';
import {
  actionInput,
  activeCampaign,
  added,
  campaignOf,
  copiesOf,
  exampleCase,
  milestoneInput,
  movedCampaign,
  proposed,
  usedCase,
} from '../support/campaigns.ts';
import { inDays } from '../support/cases.ts';
import { issueMade } from '../support/issues.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Campaigns in a browser', function () {
  this.timeout(180_000);
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator', { name: 'Arta Testi' });
    activist = await server.as('activist', { name: 'Blerta Provë' });
  });
  after(() => server.stop());

  it('goes from a proposal to an active campaign by keyboard, and a second window follows', async () => {
    await issueMade(coordinator, { title: 'Streets without water' });
    const caseId = await exampleCase(activist, { title: 'Tap for eleven households' });
    const { page, errors, context } = await windowOf(coordinator, '/campaigns');
    await page.getByText(say('campaigns.empty')).waitFor();
    await expectUsable(page, 'campaigns-empty-desktop-en');
    const press = async (name: string | RegExp) => {
      await button(page, name).focus();
      await page.keyboard.press('Enter');
    };
    const dialog = page.getByRole('dialog');
    const send = async (name: string) => {
      await dialog.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press(say('campaigns.new'));
    await dialog.getByLabel(say('campaigns.field.title')).waitFor();
    await send(say('campaigns.new'));
    await dialog.getByText(say('fault.required')).first().waitFor();
    await dialog.getByLabel(say('campaigns.field.title')).fill('Water for the lower street');
    await send(say('campaigns.new'));
    await page.getByRole('heading', { level: 1, name: 'Water for the lower street' }).waitFor();
    const id = page.url().split('/').at(-1)!;

    await press(say('campaigns.move.plan'));
    const choose = async (label: string, option: RegExp) => {
      await dialog.getByRole('combobox', { name: label }).or(dialog.getByLabel(label)).first().focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: option }).click();
      await page.keyboard.press('Tab');
    };
    await choose(say('campaigns.field.issueIds'), /Streets without water/);
    await choose(say('campaigns.field.municipalities'), /Ferizaj/);
    await dialog.getByLabel(say('campaigns.field.whyNow')).fill('The budget is voted in December.');
    await send(say('campaigns.move.plan'));
    await dialog.waitFor({ state: 'hidden' });
    const second = await windowOf(activist, `/campaigns/${id}`);
    await second.page.getByRole('heading', { level: 1, name: 'Water for the lower street' }).waitFor();

    await press(say('campaigns.move.activate'));
    await send(say('campaigns.move.activate'));
    const unready = [say('error.campaign.notReady'), say('fault.demand_needed')].join(' ');
    await dialog.getByText(unready, { exact: true }).waitFor();
    await expectUsable(page, 'campaign-refused-desktop-en');
    await page.keyboard.press('Escape');

    await press(say('campaigns.demand.add'));
    await dialog.getByLabel(say('campaigns.demand.text')).fill('Connect the lower street to the water main.');
    await choose(say('campaigns.demand.institutionId'), /Public Services/i);
    await choose(say('campaigns.demand.municipality'), /Ferizaj/);
    await choose(say('campaigns.demand.audience'), new RegExp(say('campaigns.audience.decision_makers')));
    await choose(say('campaigns.demand.change'), new RegExp(say('campaigns.change.action')));
    await dialog.getByLabel(say('campaigns.demand.indicator')).fill('Eleven households connected');
    await dialog.getByLabel(say('campaigns.demand.endsOn')).fill(inDays(60));
    await picture(page, 'campaign-demand-desktop-en');
    await send(say('common.save'));
    await dialog.waitFor({ state: 'hidden' });
    await second.page.getByText('Connect the lower street to the water main.').first().waitFor();

    await press(say('campaigns.cases.choose'));
    await dialog.getByLabel(say('campaigns.cases.search')).fill('Tap for eleven');
    await dialog.getByRole('checkbox', { name: /Tap for eleven households/ }).check();
    await send(say('campaigns.cases.take', { count: '1' }));
    await dialog.waitFor({ state: 'hidden' });
    await button(page, new RegExp(say('campaigns.cases.check')))
      .first()
      .click();
    await dialog.getByRole('radio', { name: say('campaigns.recognised.by_those_around') }).check();
    await dialog.getByLabel(say('campaigns.check.byWhom')).fill('Neighbours');
    await dialog.getByLabel(say('campaigns.check.harm')).fill('Trouble with the landlord');
    await dialog
      .getByRole('radio', { name: say('campaigns.check.aware.no'), exact: true })
      .last()
      .check();
    await dialog.getByLabel(say('campaigns.check.awareHow')).fill('On a visit');
    await dialog.getByRole('radio', { name: say('campaigns.detail.told_inside') }).check();
    await send(say('campaigns.check.save'));
    await dialog.getByText(say('fault.must_know')).waitFor();
    await expectUsable(page, 'campaign-check-desktop-en');
    await dialog.getByRole('radio', { name: say('campaigns.check.aware.yes') }).check();
    await send(say('campaigns.check.save'));
    await dialog.waitFor({ state: 'hidden' });
    await second.page.getByText(say('campaigns.cases.total', { count: 1 })).waitFor();

    await press(say('campaigns.move.activate'));
    await send(say('campaigns.move.activate'));
    await page.getByText(say('campaigns.moved', { stage: say('campaigns.stage.active') })).waitFor();
    const here = second.page.locator('[aria-current=step]');
    await here.getByText(say('campaigns.stage.active')).waitFor();

    await press(say('campaigns.calendar.make'));
    const url = await page.getByLabel(say('campaigns.calendar.link')).inputValue();
    const feed = server.url + new URL(url).pathname;
    expect((await fetch(feed)).status).to.equal(200);
    await press(say('campaigns.calendar.revoke'));
    await page.getByText(say('campaigns.calendar.revoked')).waitFor();
    expect((await fetch(feed)).status).to.equal(404);

    await second.page.goto(`/cases/${caseId}`);
    const section = second.page.getByRole('region', { name: say('campaigns.ofCase'), exact: true });
    await section.getByRole('link', { name: /Water for the lower street/ }).waitFor();
    expect((await activist.post(`/api/cases/${caseId}/consents/withdraw`, {})).status).to.equal(200);
    await section.getByText(say('campaigns.ofCase.empty')).waitFor();
    await page.getByText(say('campaigns.cases.total', { count: 0 })).waitFor();
    expect(errors.filter((error) => !error.includes('422'))).to.deep.equal([]);
    expect(second.errors).to.deep.equal([]);
    await second.context.close();
    await context.close();
  });

  describe('looked at', () => {
    let full: string;
    before(async () => {
      const long =
        'Ask the municipality to register every household of the settlement beside the railway, to connect all of them to water and sewage before the winter, and to say in writing what will be done and when';
      full = await activeCampaign(coordinator, {
        title: 'Roofs and water before the winter in three settlements',
      });
      const { version, demandList } = await campaignOf(coordinator, full);
      await coordinator.patch(`/api/campaigns/${full}`, { version, team: [activist.id] });
      const path = `/api/campaigns/${full}`;
      for (const [kind, status, on] of [
        ['letter', 'done', -40],
        ['meeting', 'done', -12],
        ['petition', 'planned', -2],
        ['public_discussion', 'cancelled', 8],
        ['media', 'planned', 16],
      ] as const)
        await added(
          coordinator,
          `${path}/actions`,
          actionInput({
            kind,
            status,
            on: inDays(on),
            title: kind === 'petition' ? long : 'With the directorate and the families',
            reached: status === 'done' ? 64 : null,
            note: status === 'cancelled' ? 'The hall was closed.' : '',
            demandId: demandList[0]!.id,
          }),
        );
      await added(coordinator, `${path}/milestones`, milestoneInput({ due: inDays(-4) }));
      await added(coordinator, `${path}/milestones`, milestoneInput({ title: long.slice(0, 190) }));
      for (let made = 0; made < 6; made += 1)
        await usedCase(coordinator, full, await exampleCase(activist, { title: `Roof ${made}` }));
      const closed = await activeCampaign(coordinator, {
        title: 'Birth certificates',
        theme: 'civil_registration',
      });
      await movedCampaign(coordinator, closed, {
        move: 'close',
        result: 'partly_won',
        lessons: 'Begin before the budget is written.',
      });
      await proposed(coordinator, { title: 'Work for school mediators', theme: 'employment' });
      const paused = await activeCampaign(coordinator, { title: 'Tablets for pupils', theme: 'covid19' });
      await movedCampaign(coordinator, paused, { move: 'pause', reason: 'Elections', reviewOn: inDays(25) });
    });

    for (const language of ['sq', 'sr', 'en'] as const)
      for (const [size, shape] of sizesIn(language))
        it(`fits and is accessible: ${shape}, ${language}`, async () => {
          const speak = sayIn[language];
          const dark = language === 'sr';
          const open = await windowOf(coordinator, '/campaigns', { language, size, dark });
          const { page } = open;
          await page.locator(`a[data-campaign="${full}"]`).waitFor();
          await expectUsable(page, `campaigns-board-${shape}-${language}`);
          await page.goto('/campaigns?view=timeline');
          await page.getByText(speak('campaigns.timeline.earlier')).waitFor();
          await page.getByRole('table').waitFor();
          await expectUsable(page, `campaigns-timeline-${shape}-${language}`);
          await page.goto(`/campaigns/${full}`);
          await page.getByRole('heading', { name: speak('campaigns.cases') }).waitFor();
          await expectUsable(page, `campaign-${shape}-${language}`);
          await page.screenshot({
            path: `test/browser/pictures/campaign-whole-${shape}-${language}.png`,
            fullPage: true,
          });
          expect(open.errors).to.deep.equal([]);
          await open.context.close();
        });
  });

  it('says in each column how many of how many it shows, and lets one grow alone', async () => {
    const first = await proposed(coordinator, { title: 'Copied', municipalities: ['peja'] });
    await copiesOf(first, 64);
    const active = await activeCampaign(coordinator, { title: 'Busy', municipalities: ['peja'] });
    await copiesOf(active, 40);
    const { byStage, total } = (await coordinator.get('/api/campaigns?limit=1')).body;
    const { page, context, errors } = await windowOf(coordinator, '/campaigns');
    const column = (stage: CampaignStage) => {
      const region = page.getByRole('region', { name: new RegExp(`^${say(`campaigns.stage.${stage}`)}`) });
      return {
        cards: region.locator('a[data-campaign]'),
        says: (shown: number) =>
          region
            .getByRole('status')
            .filter({ hasText: say('campaigns.shown', { shown: `${shown}`, number: `${byStage[stage]}` }) }),
        more: region.getByRole('button', { name: new RegExp(`^${say('common.more')}`) }),
      };
    };
    const [full, busy] = [column('proposed'), column('active')];
    await full.says(30).waitFor();
    await busy.says(30).waitFor();
    await expectUsable(page, 'campaigns-board-many-desktop-en');
    await full.more.focus();
    await page.keyboard.press('Enter');
    await full.says(60).waitFor();
    expect([await full.cards.count(), await busy.cards.count()]).to.deep.equal([60, 30]);
    await full.more.click();
    await full.more.waitFor({ state: 'detached' });
    expect([await full.cards.count(), await busy.cards.count()]).to.deep.equal([byStage.proposed, 30]);
    await page.goto('/campaigns?view=timeline');
    const shown = (count: number) =>
      page
        .getByRole('status')
        .filter({ hasText: say('campaigns.shown', { shown: `${count}`, number: `${total}` }) });
    await shown(30).waitFor();
    await button(page, say('common.more')).click();
    await shown(60).waitFor();
    expect(await page.getByRole('rowheader').count()).to.equal(60);
    await expectUsable(page, 'campaigns-timeline-many-desktop-en');
    expect(errors).to.deep.equal([]);
    await context.close();
  });
});
