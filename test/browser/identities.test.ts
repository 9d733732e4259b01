// Duty: the vault, consents, overrides and the question about equality in real Chromium: what is shown, for how long, and what it leaves behind.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newId } from '../../shared/ids.ts';
import { axeFaults, expectUsable, phone, picture, scrollsSideways, sizesIn } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { consentInput, planted, plantedTraces } from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { say, sayIn, signedInWindow, windowOf } from '../support/windows.ts';

describe('Identity and consent in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let coordinator: Person;
  let second: Person;
  let organisation: string;
  let caseId: string;

  before(async () => {
    server = await startTestServer();
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    coordinator = await server.as('coordinator', { name: 'Mira Probna' });
    second = await server.as('coordinator', { name: 'Besa Provë' });
    organisation = (await coordinator.get('/api/organisations')).body.data[0].id;
    caseId = await logged(lead);
    await lead.put(`/api/cases/${caseId}/identity`, { version: 0, fields: planted });
    await lead.post(`/api/cases/${caseId}/consents`, consentInput(lead.id));
    await lead.post(
      `/api/cases/${caseId}/consents`,
      consentInput(lead.id, { purpose: 'referral', recipient: organisation, fields: ['need', 'phone'] }),
    );
  });
  after(() => server.stop());

  const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

  it('shows the vault closed, opens it with a reason, and closes it again by itself', async () => {
    const { page, context } = await signedInWindow(lead);
    await page.clock.install();
    await page.goto(`/cases/${caseId}`);
    const vault = panel(page, say('identity.title'));
    await vault.getByRole('button', { name: say('identity.open') }).click();
    expect(await page.content()).to.not.include(planted.name);
    await page.getByRole('button', { name: say('identity.open.do'), exact: true }).click();
    await page.getByText(say('fault.required')).waitFor();
    await page.getByRole('radio', { name: say('identity.reason.call_person') }).check();
    await page.getByRole('button', { name: say('identity.open.do'), exact: true }).click();
    await vault.getByText(planted.name).waitFor();
    await vault.getByText(planted.phone).waitFor();
    await page.clock.runFor(59_000);
    expect(await vault.getByText(planted.name).count()).to.equal(1);
    await page.clock.runFor(3_000);
    await vault.getByText(say('identity.closed')).waitFor();
    expect(await page.content()).to.not.include('Plantedsecretova');
    await context.close();
  });

  it('leaves nothing of an opened record in storage, title, address or history', async () => {
    const { page, context } = await windowOf(lead, `/cases/${caseId}`);
    await openVault(page);
    const left = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const caches = 'caches' in window ? await window.caches.keys() : [];
      return JSON.stringify({
        local: { ...localStorage },
        session: { ...sessionStorage },
        title: document.title,
        address: location.href,
        state: history.state,
        databases,
        caches,
      });
    });
    for (const trace of plantedTraces) expect(left).to.not.include(trace);
    await page.getByRole('button', { name: say('identity.closeNow') }).click();
    expect(await page.content()).to.not.include('Plantedsecretova');
    await context.close();
  });

  async function openVault(page: Page): Promise<void> {
    await page.getByRole('button', { name: say('identity.open') }).click();
    await page.getByRole('radio', { name: say('identity.reason.visit') }).check();
    await page.getByRole('button', { name: say('identity.open.do'), exact: true }).click();
    await page.getByText(planted.name).waitFor();
  }

  it('records one consent by a switch, withdraws it by the same, and shows the receipt once', async () => {
    const id = await logged(lead);
    const { page, context, errors } = await windowOf(lead, `/cases/${id}`);
    const other = await windowOf(coordinator, `/cases/${id}`);
    const name = say('consent.switch', { purpose: say('consent.purpose.photo') });
    const here = page.getByRole('switch', { name });
    expect(await here.isChecked()).to.equal(false);
    for (const one of await page.getByRole('switch').all()) expect(await one.isChecked()).to.equal(false);
    await here.press('Space');
    await page.getByRole('button', { name: say('consent.record'), exact: true }).click();
    await page.getByText(say('consent.saved')).waitFor();
    const there = other.page.getByRole('switch', { name, checked: true });
    await there.waitFor();
    const started = Date.now();
    await here.press('Space');
    await page.getByRole('region', { name: say('consent.receipt') }).waitFor();
    await other.page.getByRole('switch', { name, checked: false }).waitFor();
    expect(Date.now() - started).to.be.lessThan(3_000);
    await picture(page, 'consent-receipt-desktop-en');
    await page.getByRole('button', { name: say('consent.receipt.put') }).click();
    expect(await page.getByRole('region', { name: say('consent.receipt') }).count()).to.equal(0);
    expect(errors).to.deep.equal([]);
    await context.close();
    await other.context.close();
  });

  it('says beside the field what a referral consent lacks, and keeps what was chosen', async () => {
    const id = await logged(lead);
    const { page, context } = await windowOf(lead, `/cases/${id}`, { size: phone });
    await page.getByRole('button', { name: say('consent.addReferral') }).click();
    await page.getByRole('checkbox', { name: say('consent.field.need'), exact: true }).check();
    await page.getByRole('button', { name: say('consent.record'), exact: true }).click();
    await page.getByText(say('fault.required')).first().waitFor();
    expect(
      await page.getByRole('checkbox', { name: say('consent.field.need'), exact: true }).isChecked(),
    ).to.equal(true);
    await picture(page, 'consent-dialog-phone-en');
    expect(await scrollsSideways(page)).to.equal(false);
    await context.close();
  });

  it('lets a coordinator act without consent, and another one review it', async () => {
    const id = await logged(lead);
    const override = {
      id: newId(),
      purpose: 'referral',
      recipient: organisation,
      fields: ['phone'],
      reason: 'Unconscious; needs a bed in the shelter tonight',
    };
    await coordinator.post(`/api/cases/${id}/consent-overrides`, override);
    for (const language of ['sq', 'sr', 'en'] as const) {
      for (const [size, shape] of sizesIn(language)) {
        const { page, context } = await windowOf(second, '/overrides', { language, size });
        await page
          .getByRole('button', { name: sayIn[language]('override.review') })
          .first()
          .click();
        await expectUsable(page, `overrides-${shape}-${language}`);
        await context.close();
      }
    }
    const { page, context } = await windowOf(second, '/overrides');
    await page.getByText(override.reason).waitFor();
    await page.getByRole('button', { name: say('override.review') }).click();
    await page.getByRole('radio', { name: say('override.verdict.justified'), exact: true }).check();
    await page.getByRole('button', { name: say('override.review') }).click();
    await page.getByText(say('override.page.empty')).waitFor();
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const) {
    for (const [size, shape] of sizesIn(language)) {
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        const speak = sayIn[language];
        const { page, context, errors } = await windowOf(lead, `/cases/${caseId}`, {
          language,
          size,
          dark: language === 'sr',
        });
        const consent = panel(page, speak('consent.title'));
        await consent.getByRole('switch').first().waitFor();
        await consent.scrollIntoViewIfNeeded();
        await picture(page, `case-consent-${shape}-${language}`);
        await panel(page, speak('identity.title')).scrollIntoViewIfNeeded();
        expect(await axeFaults(page)).to.deep.equal([]);
        expect(await scrollsSideways(page)).to.equal(false);
        await page.getByRole('button', { name: speak('identity.open') }).click();
        await page.getByRole('radio').first().waitFor();
        await picture(page, `identity-open-${shape}-${language}`);
        expect(await axeFaults(page)).to.deep.equal([]);
        await page.getByRole('radio').first().check();
        await page.getByRole('button', { name: speak('identity.open.do'), exact: true }).click();
        await page.getByText(planted.name).waitFor();
        await panel(page, speak('identity.title')).scrollIntoViewIfNeeded();
        await picture(page, `identity-opened-${shape}-${language}`);
        await page.getByRole('button', { name: speak('identity.log'), exact: true }).click();
        await page.getByRole('dialog').getByText(speak('identity.log.changed')).first().waitFor();
        await picture(page, `identity-log-${shape}-${language}`);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: speak('identity.change') }).click();
        await page.getByRole('textbox', { name: speak('identity.field.guardian') }).waitFor();
        await picture(page, `identity-change-${shape}-${language}`);
        expect(await axeFaults(page)).to.deep.equal([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: speak('consent.notice') }).click();
        await page.getByText(speak('notice.complain')).waitFor();
        await expectUsable(page, `notice-${shape}-${language}`);
        await page.keyboard.press('Escape');
        await page.goto('/equality');
        await page.getByRole('checkbox', { name: speak('equity.community.other') }).check();
        await expectUsable(page, `equity-${shape}-${language}`);
        expect(errors).to.deep.equal([]);
        await context.close();
      });
    }
  }

  it('prints the notice alone, in the language of the person', async () => {
    const { page, context } = await signedInWindow(lead);
    await page.addInitScript(() => {
      window.print = () => document.documentElement.setAttribute('data-asked-to-print', '');
    });
    await page.goto(`/cases/${caseId}`);
    await page.getByRole('button', { name: say('consent.notice') }).click();
    await page.getByRole('dialog').getByText('Shqip', { exact: true }).click();
    await page.getByText(sayIn.sq('notice.complain')).waitFor();
    await page.getByRole('button', { name: say('identity.print') }).click();
    await page.locator('html[data-asked-to-print]').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('[data-paper]');
    await paper.getByText(sayIn.sq('notice.sign')).waitFor();
    expect(await page.locator('#root').isVisible()).to.equal(false);
    await picture(page, 'notice-paper-sq');
    expect(await paper.getByText(sayIn.sq('common.yes'), { exact: true }).count()).to.equal(5);
    await context.close();
  });

  it('drops an answer about equality into the box and keeps nothing of it', async () => {
    const { page, context } = await windowOf(lead, '/equality');
    await page.getByRole('checkbox', { name: say('equity.community.roma') }).check();
    await page.getByRole('checkbox', { name: say('equity.community.prefer_not_to_say') }).check();
    expect(await page.getByRole('checkbox', { name: say('equity.community.roma') }).isChecked()).to.equal(
      false,
    );
    const sent = page.waitForRequest('**/api/equity-answers');
    await page.getByRole('button', { name: say('equity.send') }).click();
    expect((await sent).postDataJSON()).to.deep.equal({ communities: ['prefer_not_to_say'], ownWords: '' });
    await page.getByText(say('equity.sent')).waitFor();
    await context.close();
  });
});
