// Duty: letters and institutions in real Chromium: from the template to the reply with a file, by keyboard; office holders, rules; phone and desktop, axe.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { fallSilent } from '../../server/features/institutions/silence.commands.ts';
import { axeFaults, desktop, expectUsable, phone, picture } from '../support/browser.ts';
import { inDays } from '../support/cases.ts';
import { photo } from '../support/files.ts';
import { drafted, letterOf, sentLetter } from '../support/letters.ts';
import { readPdf } from '../support/pdfText.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Letters in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let coordinator: Person;
  let administrator: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Arta Testi' });
    lead = await server.as('team_lead', { name: 'Besa Testi' });
    coordinator = await server.as('coordinator', { name: 'Cvijeta Test' });
    administrator = await server.as('administrator', { name: 'Admir Testi' });
  });
  after(() => server.stop());

  it('goes from the template over the PDF and sending to a reply with a file, by keyboard, live for the team lead', async () => {
    const { page, errors } = await windowOf(activist, '/letters');
    const watching = await windowOf(lead, '/letters');
    await watching.page.getByText(say('letters.empty')).waitFor();
    await page
      .getByRole('link', { name: say('letters.write') })
      .first()
      .press('Enter');
    await page.getByLabel(say('letters.field.kind')).selectOption('access_to_documents');
    const institution = page.getByRole('combobox', { name: say('letters.field.institution') });
    await institution.fill('Directorate of Urb');
    await institution.press('ArrowDown');
    await institution.press('Enter');
    await page.getByLabel(say('letters.field.language')).selectOption('sq');
    const ask = page.getByLabel(new RegExp(say('letters.field.ask')));
    await ask.fill('Programin e banimit. Thirrni 044 123 456.');
    await page.getByText(say('case.warn.title')).waitFor();
    await ask.fill('Programin komunal të banimit: ë ç č ć š ž đ.');
    await expectUsable(page, 'letters-new-desktop-en');
    await button(page, say('letters.new.make')).press('Enter');
    const body = page.getByLabel(say('letters.field.body'));
    await body.waitFor();
    expect(await body.inputValue())
      .to.include('Programin komunal të banimit')
      .and.to.include('06/L-081');
    await body.fill(`${await body.inputValue()}\n\nShtojcë.`);
    await page.reload();
    await page.getByText(say('letters.unsaved')).waitFor();
    expect(await body.inputValue(), 'left without saving').to.include('Shtojcë.');
    expect(await button(page, say('letters.move.send')).first().isDisabled(), 'unsaved words').to.equal(true);
    await button(page, say('common.save')).press('Enter');
    await page.getByText(say('letters.saved')).waitFor();
    await expectUsable(page, 'letters-draft-desktop-en');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say('letters.pdf') }).press('Enter'),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'letters-'));
    const path = join(folder, 'letter.pdf');
    await download.saveAs(path);
    expect((await readPdf(readFileSync(path))).text)
      .to.include('ë ç č ć š ž đ')
      .and.to.include('Shtojcë.');

    await button(page, say('letters.move.send')).first().press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('letters.ask.on')).fill(inDays(3));
    await dialog.getByRole('button', { name: say('letters.move.send'), exact: true }).press('Enter');
    await dialog.getByText(say('fault.in_the_future')).waitFor();
    await dialog.getByLabel(say('letters.ask.on')).fill(inDays(-1));
    await dialog.getByRole('button', { name: say('letters.move.send'), exact: true }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await watching.page.getByText(say('letters.status.sent')).waitFor();

    await button(page, say('letters.move.answer')).press('Enter');
    await dialog.getByLabel(say('letters.ask.summary')).fill('E dërguan programin.');
    writeFileSync(join(folder, 'pergjigja.jpg'), await photo(400, 300));
    await dialog.locator('input[type=file]').setInputFiles(join(folder, 'pergjigja.jpg'));
    await dialog.getByLabel(say('letters.ask.on')).fill(inDays(-5));
    await dialog.getByRole('button', { name: say('letters.move.answer'), exact: true }).press('Enter');
    await dialog.getByText(say('fault.before_letter')).waitFor();
    expect(await dialog.getByLabel(say('letters.ask.summary')).inputValue()).to.equal('E dërguan programin.');
    await picture(page, 'letters-answer-desktop-en');
    await dialog.getByLabel(say('letters.ask.on')).fill(inDays(0));
    await dialog.getByRole('button', { name: say('letters.move.answer'), exact: true }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: /LET-.*-1\.jpg/ }).waitFor();
    expect(await page.getByRole('link', { name: /LET-.*-\d\.jpg/ }).count(), 'sent once').to.equal(1);
    await expectUsable(page, 'letters-answered-desktop-en');
    expect(errors.filter((one) => !one.includes('422'))).to.deep.equal([]);
  });

  it('shows late letters first and takes the next rung; looks right on a phone, in the dark, in three languages', async () => {
    const long = 'Shumë e gjatë '.repeat(14).trim();
    const old = await sentLetter(activist, { institutionId: 'civil-status' }, inDays(-40));
    await fallSilent();
    const draft = await drafted(activist, { language: 'sr' });
    await activist.patch(`/api/letters/${draft}`, { version: 1, subject: long.slice(0, 200) });
    await sentLetter(activist, { institutionId: 'csw' }, inDays(-1));
    for (const [language, size, dark] of [
      ['sr', phone, true],
      ['sq', desktop, false],
    ] as const) {
      const name = `${size === phone ? 'phone' : 'desktop'}-${language}${dark ? '-dark' : ''}`;
      const { page, context } = await windowOf(activist, '/letters', { size, dark, language });
      await page.getByText(sayIn[language]('letters.status.silent')).first().waitFor();
      await expectUsable(page, `letters-list-${name}`);
      await page.goto(`/letters/${old}`);
      await page.getByText(sayIn[language]('letters.clock.unchecked')).waitFor();
      await expectUsable(page, `letters-silent-${name}`);
      await page.goto(`/letters/${draft}`);
      await page.getByLabel(sayIn[language]('letters.field.body')).waitFor();
      await expectUsable(page, `letters-long-${name}`);
      await page.goto('/institutions/civil-status-ferizaj');
      await page.getByText(sayIn[language]('institutions.scorecard.median')).first().waitFor();
      await expectUsable(page, `institution-${name}`);
      await page.goto('/institutions');
      await page.getByRole('table').waitFor();
      await expectUsable(page, `institutions-${name}`);
      await page.goto('/letters/new');
      await page.getByLabel(sayIn[language]('letters.field.kind')).waitFor();
      await expectUsable(page, `letters-new-${name}`);
      await context.close();
    }
    const { page } = await windowOf(activist, `/letters/${old}`);
    await button(page, say('letters.move.escalate')).first().click();
    await page.waitForURL((url) => !url.pathname.endsWith(old));
    await page.getByRole('textbox', { name: say('letters.field.body') }).waitFor();
    expect(await letterOf(activist, old)).to.include({ status: 'escalated' });
  });

  it('lets coordinators keep office holders and administrators the rules, saying beside the field what is wrong', async () => {
    const { page } = await windowOf(coordinator, '/institutions/municipality-gjakova');
    await button(page, say('institutions.people.edit')).click();
    await button(page, say('institutions.people.add')).click();
    const dialog = page.getByRole('dialog');
    await button(page, say('common.save')).click();
    await dialog.getByText(say('fault.required')).first().waitFor();
    await dialog.getByLabel(say('institutions.people.name')).fill('Emër Shembull');
    await dialog.getByLabel(say('institutions.people.office'), { exact: false }).last().fill('Kryetar');
    expect(await axeFaults(page)).to.deep.equal([]);
    await button(page, say('common.save')).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Emër Shembull').waitFor();

    const rules = await windowOf(administrator, '/reply-rules');
    await rules.page.getByText(say('replyRules.unchecked')).waitFor();
    await expectUsable(rules.page, 'reply-rules-desktop-en');
    await rules.page
      .getByRole('button', { name: say('replyRules.edit', { kind: say('letters.kind.complaint') }) })
      .click();
    const form = rules.page.getByRole('dialog');
    await form.getByLabel(say('replyRules.days'), { exact: false }).first().fill('0');
    await form.getByRole('button', { name: say('common.save') }).click();
    await form.getByText(say('fault.not_positive')).waitFor();
    await picture(rules.page, 'reply-rules-dialog-desktop-en');
    await form.getByRole('button', { name: say('common.cancel') }).click();
    await button(rules.page, say('common.throwAway')).click();
    await form.waitFor({ state: 'detached' });
    await rules.page.getByRole('button', { name: say('common.edit'), exact: true }).click();
    await form.getByLabel(say('replyRules.name.en')).first().waitFor();
    await expectUsable(rules.page, 'holidays-dialog-desktop-en');
    const small = await windowOf(administrator, '/reply-rules', { size: phone, language: 'sr' });
    await small.page.getByText(sayIn.sr('replyRules.unchecked')).waitFor();
    await expectUsable(small.page, 'reply-rules-phone-sr');
  });
});
