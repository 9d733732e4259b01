// Duty: notices in real Chromium: the bell counts live, the list leads to the referral, choices are kept; accessible in three languages and two sizes.
import { expect } from 'chai';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { expectUsable, sizesIn } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { consented, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Notices in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let partner: Person;
  let recipient: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    partner = await server.as('cso_member', { organisation: recipient, name: 'Blerta Provë' });
  });
  after(() => server.stop());

  async function refer(): Promise<void> {
    const id = await logged(lead);
    await consented(lead, id, recipient);
    await referred(lead, id, recipient);
    await everythingTold();
  }

  it('counts a new one without reload, leads to the referral, and is read then in every window', async () => {
    const { page, context, errors } = await windowOf(partner, '/');
    const other = await windowOf(partner, '/notifications');
    await page.getByRole('link', { name: say('notifications.bell', { count: 0 }), exact: true }).waitFor();
    await other.page.getByText(say('notifications.empty')).waitFor();
    await refer();
    const bell = page.getByRole('link', { name: say('notifications.bell', { count: 1 }), exact: true });
    await bell.waitFor();
    await other.page.getByText(say('notifications.event.referral.sent')).waitFor();
    await bell.click();
    await page.getByRole('link', { name: say('notifications.event.referral.sent') }).click();
    await page.getByText(say('referrals.shared.before')).waitFor();
    await other.page
      .getByRole('link', { name: say('notifications.bell', { count: 0 }), exact: true })
      .waitFor();
    expect(errors).to.deep.equal([]);
    await context.close();
    await other.context.close();
  });

  it('keeps what was chosen, and the quiet hours', async () => {
    const { page, context } = await windowOf(partner, '/account');
    await page.getByLabel(say('notifications.event.referral.sent')).selectOption('digest');
    await page.getByRole('switch', { name: say('notifications.quiet') }).click();
    await page.getByLabel(say('notifications.quiet.from')).fill('21:30');
    const section = page.getByRole('region', { name: say('notifications.choices') });
    await section.getByRole('button', { name: say('common.save') }).click();
    await page.getByText(say('common.saved')).waitFor();
    expect((await partner.get('/api/notification-choices')).body.data).to.deep.equal({
      events: { 'referral.sent': 'digest' },
      quiet: { from: '21:30', to: '07:00' },
    });
    await context.close();
  });

  it('marks all as read', async () => {
    await refer();
    const { page, context } = await windowOf(partner, '/notifications');
    await button(page, say('notifications.readAll')).click();
    await button(page, say('notifications.readAll')).waitFor({ state: 'detached' });
    expect((await partner.get('/api/notifications')).body.unread).to.equal(0);
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, shape] of sizesIn(language))
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        await refer();
        const { page, context } = await windowOf(partner, '/notifications', {
          language,
          size,
          dark: language === 'sr',
        });
        await page.getByText(sayIn[language]('notifications.event.referral.sent')).first().waitFor();
        await expectUsable(page, `notifications-${shape}-${language}`);
        await page.goto('/account#notifications');
        await page.getByRole('region', { name: sayIn[language]('notifications.choices') }).waitFor();
        await page.getByLabel(sayIn[language]('notifications.event.referral.sent')).waitFor();
        await expectUsable(page, `notification-choices-${shape}-${language}`);
        await context.close();
      });
});
