// Duty: what was typed is never lost unasked, in real Chromium: Escape in a dialog, leaving a referral or a letter half-written, throwing it away.
import { expect } from 'chai';
import { expectUsable, phone } from '../support/browser.ts';
import { logged, moved, triage } from '../support/cases.ts';
import { organisation } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, windowOf } from '../support/windows.ts';

describe('What was typed, in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let lead: Person;

  before(async () => {
    server = await startTestServer();
    await organisation({ name: 'Shtëpia e Mirë', shortName: 'SHM', capacity: 10 });
    lead = await server.as('team_lead', { name: 'Arta Testi' });
  });
  after(() => server.stop());

  it('asks before Escape throws it away, keeps a referral and a letter over a reload, sealed, and forgets them when told', async () => {
    const id = await logged(lead, { title: 'Roof gone after the storm' });
    await moved(lead, id, triage(lead.id));
    const { page, context, errors } = await windowOf(lead, `/cases/${id}`, { size: phone });
    const dialog = page.getByRole('dialog');
    const asked = page.getByRole('dialog', { name: say('common.throwAway.title') });
    const openMove = () => button(page, say('case.move.start')).first().click();
    const step = dialog.getByLabel(say('case.move.firstStep'));

    await openMove();
    await step.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await openMove();
    await step.fill('Call the municipality');
    await page.keyboard.press('Escape');
    await asked.waitFor();
    await expectUsable(page, 'throw-away-phone-en');
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    expect(await step.inputValue()).to.equal('Call the municipality');
    await button(page, say('common.cancel')).click();
    await asked.getByRole('button', { name: say('common.throwAway') }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.goto(`/cases/${id}/refer`);
    await page.getByRole('radio', { name: 'Shtëpia e Mirë' }).check();
    await page.getByLabel(say('referrals.ask.message')).fill('Please look at the secretpapers.');
    await page.waitForTimeout(300);
    const texts = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    expect(texts).to.include(`refer.${id}`).and.to.not.include('secretpapers');
    await page.reload();
    await page.getByText(say('common.kept')).waitFor();
    expect(await page.getByLabel(say('referrals.ask.message')).inputValue()).to.include('secretpapers');
    expect(await page.getByRole('radio', { name: 'Shtëpia e Mirë' }).isChecked()).to.equal(true);
    await page.evaluate(() => scrollTo(0, 0));
    await expectUsable(page, 'refer-kept-phone-en');
    await button(page, say('common.throwAway')).click();
    await asked.getByRole('button', { name: say('common.throwAway') }).click();
    await page.getByText(say('common.kept')).waitFor({ state: 'detached' });
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('refer'))),
    ).to.deep.equal([]);

    await page.goto(`/letters/new?case=${id}`);
    const ask = page.getByLabel(new RegExp(say('letters.field.ask')));
    await ask.fill('A new roof before winter');
    await page.goto('/letters');
    await page.goto(`/letters/new?case=${id}`);
    await page.getByText(say('common.kept')).waitFor();
    expect(await ask.inputValue()).to.equal('A new roof before winter');
    const institution = page.getByRole('combobox', { name: say('letters.field.institution') });
    await institution.fill('Directorate of Urb');
    await institution.press('ArrowDown');
    await institution.press('Enter');
    await button(page, say('letters.new.make')).click();
    await page.getByLabel(say('letters.field.body')).waitFor();
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('letter'))),
    ).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    await context.close();
  });
});
