// Duty: what was typed is never lost unasked, in real Chromium: Escape in a dialog, leaving a referral or a letter half-written; one click from a text to the vault.
import { expect } from 'chai';
import { expectUsable, phone } from '../support/browser.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { open } from '../support/identities.ts';
import { organisation } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { answerIntake, button, say, windowOf } from '../support/windows.ts';

describe('What was typed, in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let lead: Person;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer();
    await organisation({ name: 'Shtëpia e Mirë', shortName: 'SHM', capacity: 10 });
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    coordinator = await server.as('coordinator', { name: 'Besa Testi' });
  });
  after(() => server.stop());

  it('asks before Escape throws it away, keeps a referral and a letter over a reload, sealed, and forgets them when told', async () => {
    const id = await logged(lead, { title: 'Roof gone after the storm' });
    await moved(lead, id, triage(lead.id));
    const fresh = await logged(lead, { title: 'A debt to a neighbour' });
    const { page, context, errors } = await windowOf(coordinator, `/cases/${fresh}`, { size: phone });
    const dialog = page.getByRole('dialog');
    const asked = page.getByRole('dialog', { name: say('common.throwAway.title') });
    const openMove = async () => {
      await page
        .getByRole('article')
        .getByRole('button', { name: say('case.page.more') })
        .click();
      await page.getByRole('menuitem', { name: say('case.move.dismiss') }).click();
    };
    const step = dialog.getByLabel(say('case.move.whereElse'));

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

    await page.goto(`/refer/${id}`);
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

    await page.goto(`/letters/new?municipality=ferizaj`);
    const ask = page.getByLabel(new RegExp(say('letters.field.ask')));
    await ask.fill('A new roof before winter');
    await page.goto('/letters');
    await page.goto(`/letters/new?municipality=ferizaj`);
    await page.getByText(say('common.kept')).waitFor();
    expect(await ask.inputValue()).to.equal('A new roof before winter');
    const institution = page.getByRole('combobox', { name: say('letters.field.institution') });
    await institution.fill('Directorate of Urb');
    await page.getByRole('option', { name: /Directorate of Urb/ }).waitFor();
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

  it('moves a telephone to the vault with one click, asks before replacing, undoes it; and while logging sends it by the vault alone', async () => {
    const id = await logged(lead, { title: 'A well that dried up' });
    const { page, context, errors } = await windowOf(lead, `/cases/${id}`, { size: phone });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (!request.url().endsWith('/identity')) sent.push(`${request.url()} ${request.postData() ?? ''}`);
    });
    const note = page.getByLabel(say('case.note.add'), { exact: true }).first();
    const held = async () => (await lead.get(`/api/cases/${id}/identity`)).body.data.held;
    const move = () => page.getByRole('button', { name: new RegExp(`^${say('case.warn.move')}`) });
    await note.fill('The family is at 044 555 666, call them.');
    await move().first().waitFor();
    await expectUsable(page, 'vault-move-phone-en');
    await move().first().click();
    await page.getByText(say('case.warn.moved')).waitFor();
    expect(await note.inputValue()).to.equal('The family is at [in the vault], call them.');
    expect(await held()).to.deep.equal(['phone']);
    // The keyboard is on the way back.
    await page.keyboard.press('Enter');
    await page.getByText(say('case.warn.undone')).waitFor();
    expect(await note.inputValue()).to.equal('The family is at 044 555 666, call them.');
    expect(await held()).to.deep.equal([]);

    await move().first().click();
    await page.getByText(say('case.warn.moved')).waitFor();
    await note.fill('Or at 044 777 888.');
    await move().first().click();
    await page.getByText(say('case.warn.onlyRemove')).waitFor();
    await expectUsable(page, 'vault-other-phone-en');
    await button(page, say('case.warn.onlyRemove')).click();
    expect(await note.inputValue()).to.equal('Or at [left out].');
    await note.fill('');
    expect(sent.filter((line) => /555.?666|777.?888/.test(decodeURIComponent(line)))).to.deep.equal([]);

    await page.goto('/cases/new');
    await answerIntake(page, 'The family of the lower street is at 044 999 111 without water');
    await button(page, say('common.next')).tap();
    await move().first().click();
    await page.getByRole('heading', { name: say('case.log.vault') }).waitFor();
    expect((await move().count()) > 0, 'its title says it, too').to.equal(true);
    await move().first().click();
    await page.getByText(say('case.log.consent.given'), { exact: true }).click();
    await expectUsable(page, 'vault-review-phone-en');
    await button(page, say('case.log.save')).click();
    await page.waitForURL(/cases\/[0-9a-f-]{36}$/);
    const made = page.url().slice(-36);
    await page.getByText(say('identity.held', { fields: say('identity.field.phone') })).waitFor();
    expect((await open(lead, made)).body.data.values).to.deep.equal({ phone: '044 999 111' });
    expect(JSON.stringify(await pageOf(lead, made))).to.not.include('999');
    expect(sent.filter((line) => /999.?111/.test(decodeURIComponent(line)))).to.deep.equal([]);
    expect(errors.filter((line) => !line.includes('409'))).to.deep.equal([]);
    await context.close();
  });
});
