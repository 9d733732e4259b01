// Duty: referrals in real Chromium: a case goes to a partner and comes back, in two browsers; withdrawal empties the page; answers by link.
import { expect } from 'chai';
import { desktop, expectUsable, openWindow, phone, picture, sizesIn } from '../support/browser.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { planted } from '../support/consents.ts';
import { accept, consented, movedReferral, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Referrals in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let lead: Person;
  let partner: Person;
  let recipient: string;
  let other: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation({ name: 'Shtëpia e Mirë', shortName: 'SHM', capacity: 10 });
    other = await organisation({ name: 'Pa Llogari', shortName: 'PL', themes: [], municipalities: [] });
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    partner = await server.as('cso_member', { organisation: recipient, name: 'Blerta Provë' });
  });
  after(() => server.stop());

  async function caseInWork(title = 'Roof gone after the storm'): Promise<string> {
    const id = await logged(lead, { title });
    await moved(lead, id, triage(lead.id));
    await moved(lead, id, { move: 'start' });
    const vault = await lead.put(`/api/cases/${id}/identity`, {
      version: 0,
      fields: { name: planted.name, phone: planted.phone },
    });
    expect(vault.status).to.equal(200);
    return id;
  }

  it('refers, is accepted in a second browser, worked on, done, and confirmed by the sender', async () => {
    const id = await caseInWork();
    const sender = await windowOf(lead, `/cases/${id}`);
    const answering = await windowOf(partner, '/referrals');
    await answering.page.getByText(say('referrals.empty')).waitFor();

    await sender.page.getByRole('link', { name: say('referrals.refer'), exact: true }).click();
    await sender.page.getByRole('radio', { name: 'Shtëpia e Mirë' }).check();
    const title = sender.page.getByRole('checkbox', { name: say('consent.field.title'), exact: true });
    expect(await title.isDisabled()).to.equal(true);
    await button(sender.page, say('referrals.ask.consent', { name: 'Shtëpia e Mirë' })).click();
    const dialog = sender.page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: say('consent.field.title'), exact: true }).check();
    await dialog.getByRole('checkbox', { name: say('identity.field.name'), exact: true }).check();
    await dialog.getByRole('button', { name: say('consent.record'), exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await title.check();
    await sender.page.getByRole('checkbox', { name: new RegExp(`^${say('identity.field.name')}`) }).check();
    await sender.page.getByLabel(say('referrals.ask.message')).fill('Please look at the papers.');
    await button(sender.page, say('referrals.ask.send')).click();
    await sender.page.getByText(say('referrals.sent', { name: 'Shtëpia e Mirë' })).waitFor();
    await sender.page.getByRole('link', { name: say('referrals.toCase') }).click();
    const chain = sender.page.getByRole('region', { name: say('referrals.title'), exact: true });
    await chain.getByText(say('referrals.status.pending')).waitFor();

    await answering.page
      .getByRole('button', { name: new RegExp(`^${say('referrals.move.accept')}`) })
      .click();
    await answering.page
      .getByRole('dialog')
      .getByRole('button', { name: say('referrals.move.accept'), exact: true })
      .click();
    await chain.getByText(say('referrals.status.accepted')).first().waitFor();

    await answering.page.locator('a[data-referral]').first().click();
    await answering.page.getByText('Roof gone after the storm').waitFor();
    expect(await answering.page.content()).to.not.include(planted.name);
    await button(answering.page, say('identity.open')).click();
    await answering.page.getByRole('radio', { name: say('identity.reason.call_person') }).check();
    await button(answering.page, say('identity.open.do')).click();
    await answering.page.getByText(planted.name).waitFor();
    await button(answering.page, say('identity.closeNow')).click();

    await button(answering.page, say('referrals.move.begin')).click();
    await answering.page
      .getByRole('dialog')
      .getByRole('button', { name: say('referrals.move.begin'), exact: true })
      .click();
    await button(answering.page, say('referrals.move.complete')).click();
    await answering.page.getByLabel(say('referrals.complete.what')).fill('The roof is covered.');
    await answering.page
      .getByRole('dialog')
      .getByRole('button', { name: say('referrals.move.complete'), exact: true })
      .click();
    await chain.getByText('The roof is covered.').first().waitFor();
    await button(sender.page, say('referrals.confirm.yes')).click();
    await chain
      .getByText(new RegExp(say('referrals.confirmed.yes')))
      .first()
      .waitFor();
    await answering.page
      .getByText(new RegExp(say('referrals.confirmed.yes')))
      .first()
      .waitFor();
    expect([...sender.errors, ...answering.errors]).to.deep.equal([]);
    await sender.context.close();
    await answering.context.close();
  });

  it('empties the open page and the list within a second of a withdrawal', async () => {
    const id = await caseInWork('Wall fell on the stove');
    const consent = await consented(lead, id, recipient);
    const referral = await referred(lead, id, recipient);
    await movedReferral(partner, referral, accept(partner));
    const reading = await windowOf(partner, `/referrals/${referral}`);
    const list = await windowOf(partner, '/referrals');
    await reading.page.getByText('Wall fell on the stove').waitFor();
    await button(reading.page, say('identity.open')).click();
    await reading.page.getByRole('radio', { name: say('identity.reason.call_person') }).check();
    await button(reading.page, say('identity.open.do')).click();
    await reading.page.getByText(planted.name).waitFor();
    const row = list.page.locator(`a[data-referral="${referral}"]`);
    await row.waitFor();
    const began = Date.now();
    const withdrawn = lead.post(`/api/cases/${id}/consents/withdraw`, { consent });
    await reading.page.getByText(say('referrals.withdrawn.title')).waitFor();
    await row.waitFor({ state: 'detached' });
    expect(Date.now() - began).to.be.lessThan(1_000);
    expect((await withdrawn).status).to.be.lessThan(300);
    const content = await reading.page.content();
    expect(content).to.not.include('Wall fell');
    expect(content).to.not.include(planted.name);
    await picture(reading.page, 'referral-withdrawn-desktop-en');
    await reading.page.reload();
    await reading.page.getByText(say('referrals.gone.title')).waitFor();
    expect((await partner.get(`/api/referrals/${referral}`)).status).to.equal(404);
    await reading.context.close();
    await list.context.close();
  });

  it('says that a referral is under way when its case is to be closed, and closes once it is recalled', async () => {
    const id = await caseInWork('Ceiling came down');
    await consented(lead, id, recipient);
    const referral = await referred(lead, id, recipient);
    await moved(lead, id, { move: 'resolve', outcome: 'achieved', note: 'Repaired.' });
    const { page, context } = await windowOf(lead, `/cases/${id}`);
    await button(page, say('case.move.close')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: say('case.confirmed.person') }).check();
    await dialog.getByRole('button', { name: say('case.move.close'), exact: true }).click();
    await dialog.getByText(say('error.case.referralUnderWay')).waitFor();
    await movedReferral(lead, referral, { move: 'recall', reason: 'Repaired already.' });
    await dialog.getByRole('button', { name: say('case.move.close'), exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await pageOf(lead, id)).status).to.equal('closed');
    await context.close();
  });

  it('keeps what was typed when somebody touches beside the dialog', async () => {
    const id = await caseInWork('Door without a lock');
    await consented(lead, id, recipient);
    const referral = await referred(lead, id, recipient);
    const { page, context } = await windowOf(partner, `/referrals/${referral}`);
    await button(page, say('referrals.more')).click();
    await page.getByRole('menuitem', { name: say('referrals.move.decline') }).click();
    const why = page.getByLabel(say('referrals.decline.words'));
    await why.fill('Nobody of us is there this month.');
    await page.mouse.click(6, 400);
    await page.waitForTimeout(400);
    expect(await why.inputValue()).to.equal('Nobody of us is there this month.');
    await context.close();
  });

  it('is answered through a one-time link that is shown once, and says kindly when it is used up', async () => {
    const id = await caseInWork('No way to the school');
    await consented(lead, id, other);
    const sender = await windowOf(lead, `/refer/${id}`);
    await sender.page.getByRole('radio', { name: 'Pa Llogari' }).check();
    await sender.page.getByRole('checkbox', { name: say('consent.field.title'), exact: true }).check();
    await button(sender.page, say('referrals.ask.send')).click();
    const url = await sender.page.getByRole('textbox', { name: say('referrals.link.title') }).inputValue();
    await picture(sender.page, 'referral-link-desktop-en');
    await button(sender.page, say('referrals.link.put')).click();
    expect(await sender.page.content()).to.not.include(url);
    const path = new URL(url).pathname;

    const { page, context, errors } = await openWindow({ url: server.url, size: phone });
    await page.goto(path);
    await page.getByText(say('referrals.shared.before')).waitFor();
    // A day first, in words that can be read out; how far off it is stands behind it.
    await page.getByText(new RegExp(`${say('referrals.answer.by')} \\d`)).waitFor();
    expect(await page.content()).to.not.include('No way to the school');
    await button(page, say('referrals.move.accept')).click();
    await button(page, say('referrals.move.accept')).click();
    await page.getByText(say('fault.required')).first().waitFor();
    await page.getByLabel(say('referrals.accept.worker')).fill('Colleague');
    await button(page, say('referrals.move.accept')).click();
    await page.getByText('No way to the school').waitFor();
    await expectUsable(page, 'answer-accepted-phone-en');
    await button(page, say('referrals.move.begin')).click();
    await button(page, say('referrals.move.begin')).click();
    await button(page, say('referrals.move.complete')).click();
    await page.getByLabel(say('referrals.complete.what')).fill('A path was laid.');
    await button(page, say('referrals.move.complete')).click();
    await page.reload();
    await page.getByText(say('referrals.answer.used')).waitFor();
    await expectUsable(page, 'answer-used-phone-en');
    await page.goto('/answer/this-was-never-a-token-of-ours');
    await page.getByText(say('referrals.answer.gone')).waitFor();
    expect(errors.filter((error) => !error.startsWith('Failed to load resource'))).to.deep.equal([]);
    await context.close();
    await sender.context.close();
  });

  it('accepts several at once, and says what each did', async () => {
    const ids = [];
    for (const title of ['First of two', 'Second of two']) {
      const id = await caseInWork(title);
      await consented(lead, id, recipient);
      ids.push(await referred(lead, id, recipient));
    }
    const { page, context } = await windowOf(partner, '/referrals');
    for (const id of ids) {
      const card = page.getByRole('listitem').filter({ has: page.locator(`a[data-referral="${id}"]`) });
      await card.getByRole('checkbox').check();
    }
    const bar = page.getByRole('region', { name: say('case.bulk.selected', { count: 2 }) });
    await bar.getByRole('button', { name: say('referrals.move.accept') }).click();
    const dialog = page.getByRole('dialog');
    await picture(page, 'referrals-bulk-desktop-en');
    await dialog.getByRole('button', { name: say('referrals.move.accept'), exact: true }).click();
    await dialog.getByText(say('case.bulk.ok')).first().waitFor();
    expect(await dialog.getByText(say('case.bulk.ok')).count()).to.equal(2);
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, shape] of sizesIn(language))
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        const speak = sayIn[language];
        const dark = language === 'sr';
        const id = await caseInWork();
        const fields = ['title', 'description', 'need', 'people', 'settlement', 'name'] as const;
        await consented(lead, id, recipient, { fields: [...fields] });
        const referral = await referred(lead, id, recipient, { sharedFields: [...fields] });
        const sender = await windowOf(lead, `/refer/${id}`, { language, size, dark });
        await sender.page.getByRole('radio', { name: 'Shtëpia e Mirë' }).check();
        await sender.page.getByText(speak('referrals.ask.fields')).waitFor();
        await expectUsable(sender.page, `refer-${shape}-${language}`);
        await sender.page.goto(`/cases/${id}`);
        const chain = sender.page.getByRole('region', { name: speak('referrals.title'), exact: true });
        await chain.getByText(speak('referrals.status.pending')).waitFor();
        await chain.scrollIntoViewIfNeeded();
        await expectUsable(sender.page, `case-referrals-${shape}-${language}`);
        await sender.page.goto('/referrals');
        await sender.page.locator('a[data-referral]').first().waitFor();
        await expectUsable(sender.page, `referrals-sender-${shape}-${language}`);
        expect(sender.errors).to.deep.equal([]);
        await sender.context.close();

        const answering = await windowOf(partner, '/', { language, size, dark });
        const { page } = answering;
        await page.getByText(speak('referrals.home.partner')).waitFor();
        await expectUsable(page, `home-partner-${shape}-${language}`);
        await page.goto('/referrals');
        await page.locator('a[data-referral]').first().waitFor();
        await expectUsable(page, `referrals-partner-${shape}-${language}`);
        await page
          .getByRole('button', { name: new RegExp(`^${speak('referrals.move.decline')}`) })
          .first()
          .click();
        await page.getByRole('dialog').getByText(speak('referrals.decline.who')).waitFor();
        await expectUsable(page, `decline-${shape}-${language}`);
        await page.keyboard.press('Escape');
        await page.goto(`/referrals/${referral}`);
        await page.getByText(speak('referrals.shared.before')).waitFor();
        await expectUsable(page, `referral-before-${shape}-${language}`);
        await movedReferral(partner, referral, accept(partner));
        await page.getByText('Roof gone after the storm').waitFor();
        await expectUsable(page, `referral-accepted-${shape}-${language}`);
        expect(answering.errors).to.deep.equal([]);
        await answering.context.close();
      });

  for (const [language, size, shape] of [
    ['sq', phone, 'phone'],
    ['sr', desktop, 'desktop-dark'],
  ] as const)
    it(`reads a draft as it was left, saves what changes, and fits: ${shape}, ${language}`, async () => {
      const id = await caseInWork('Kulmi i shtëpisë u shemb pas stuhisë dhe familja fle te fqinjët');
      await consented(lead, id, recipient);
      const draft = await referred(lead, id, recipient, {
        send: false,
        urgency: 'within_24_hours',
        message: 'Ju lutemi shikoni letrat para së premtes. '.repeat(8),
      });
      const speak = sayIn[language];
      const { page, context, errors } = await windowOf(lead, `/refer/${id}?draft=${draft}`, {
        language,
        size,
        dark: language === 'sr',
      });
      await page.getByRole('heading', { level: 1, name: speak('referrals.draft.title') }).waitFor();
      const message = page.getByLabel(speak('referrals.ask.message'));
      expect(await message.inputValue()).to.match(/^Ju lutemi/);
      expect(await page.getByRole('radio', { name: 'Shtëpia e Mirë' }).isChecked()).to.equal(true);
      const urgency = page.getByRole('radio', {
        name: speak('referrals.urgency.within_24_hours'),
        exact: true,
      });
      expect(await urgency.isChecked()).to.equal(true);
      await expectUsable(page, `referral-draft-${shape}-${language}`);
      await page.screenshot({
        path: `test/browser/pictures/referral-draft-whole-${shape}-${language}.png`,
        fullPage: true,
      });
      const smallest = await page.locator('main form').evaluate((form) => {
        const texts = [...form.querySelectorAll<HTMLElement>('*')].filter((one) =>
          [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
        );
        return Math.min(...texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
      });
      expect(smallest).to.be.at.least(14);
      await message.fill('Shkurt.');
      await button(page, speak('referrals.draft.save')).click();
      await page
        .getByText(speak('referrals.sent.draft', { name: 'Shtëpia e Mirë' }), { exact: true })
        .waitFor();
      await expectUsable(page, `referral-draft-saved-${shape}-${language}`);
      expect((await lead.get(`/api/referrals/${draft}`)).body.data.message).to.equal('Shkurt.');
      expect(errors).to.deep.equal([]);
      await context.close();
    });
});
