// Duty: My week in real Chromium: cases and everything else in one order, live, for each kind of person; axe; both sizes; pictures.
import { expect } from 'chai';
import { desktop, expectUsable, phone } from '../support/browser.ts';
import { actionInput, activeCampaign, added, campaignOf } from '../support/campaigns.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { recorded } from '../support/commitments.ts';
import { issueMade } from '../support/issues.ts';
import { drafted, sentLetter } from '../support/letters.ts';
import { organisation } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { say, sayIn, windowOf } from '../support/windows.ts';

describe('My week in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;

  before(async () => {
    server = await startTestServer();
    const partnerId = await organisation({ name: 'Shtëpia e Mirë', shortName: 'SHM' });
    coordinator = await server.as('coordinator', { name: 'Drita Koordinim' });
    activist = await server.as('activist', { name: 'Arta Testi' });
    partner = await server.as('cso_member', { organisation: partnerId, name: 'Blerta Provë' });
    for (const by of [coordinator, activist, partner]) await by.get('/api/my-week');
    const caseId = await logged(activist, { title: 'One tap for eleven households' });
    await moved(coordinator, caseId, triage(activist.id));
    const campaign = await activeCampaign(coordinator);
    const { version } = await campaignOf(coordinator, campaign);
    await coordinator.patch(`/api/campaigns/${campaign}`, {
      version,
      team: [activist.id],
      partners: [partnerId],
    });
    await added(coordinator, `/api/campaigns/${campaign}/actions`, actionInput({ on: inDays(-1) }));
    await drafted(activist);
    await sentLetter(activist, {}, inDays(-2));
    await recorded(coordinator, {
      municipality: 'ferizaj',
      campaignIds: [campaign],
      dueOn: inDays(4),
      nextCheckOn: inDays(2),
    });
    await recorded(activist, { municipality: 'ferizaj' });
    await issueMade(activist, { title: 'Rrugë të tëra pa ujë pas punimeve të pambaruara në ujësjellës' });
  });
  after(() => server.stop());

  it('puts cases and everything else in one order, and follows live', async () => {
    const { page, context, errors } = await windowOf(activist, '/', { size: phone });
    const toDo = page.getByRole('region', { name: new RegExp(`^${say('home.toDo')}`) });
    await toDo.getByRole('link', { name: /Meeting with the directorate/ }).waitFor();
    expect(await toDo.getByRole('listitem').first().textContent(), 'late first').to.include(
      'Meeting with the directorate',
    );
    await toDo.getByRole('link', { name: /One tap/ }).waitFor();
    await expectUsable(page, 'home-activist-phone');
    const waiting = page.getByRole('region', { name: new RegExp(`^${say('home.waiting')}`) });
    await waiting.getByText(say('home.item.issue.waits')).waitFor();
    const { data } = (await coordinator.get('/api/issues?status=proposed')).body;
    await coordinator.post(`/api/issues/${data[0].id}/moves`, { move: 'accept', version: 1 });
    await waiting.getByText(say('home.item.issue.waits')).waitFor({ state: 'detached' });
    await toDo.getByRole('link', { name: /Meeting with the directorate/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/campaigns\//);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('reads well for each kind of person, in three languages, light and dark', async () => {
    const funder = await server.as('funder');
    const administrator = await server.as('administrator');
    for (const [name, by, language, size, dark] of [
      ['coordinator', coordinator, 'en', desktop, false],
      ['coordinator', coordinator, 'sq', phone, true],
      ['partner', partner, 'sr', desktop, true],
      ['partner', partner, 'sr', phone, false],
      ['administrator', administrator, 'sq', phone, false],
      ['administrator', administrator, 'en', desktop, true],
      ['funder', funder, 'en', phone, false],
    ] as const) {
      const { page, context } = await windowOf(by, '/', { size, dark, language });
      await page.getByRole('heading', { level: 1, name: sayIn[language]('home.title') }).waitFor();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await expectUsable(
        page,
        `home-${name}-${language}-${size === phone ? 'phone' : 'desktop'}${dark ? '-dark' : ''}`,
      );
      await context.close();
    }
  });
});
