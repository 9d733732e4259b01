// Duty: retention in real Chromium: a hold by keyboard that others see at once, months set, a case that is forgotten under open eyes; accessible in three languages and two sizes.
import { expect } from 'chai';
import { monthsAfter } from '../../server/clock.ts';
import { anonymiseDue } from '../../server/features/retention/anonymise.commands.ts';
import { axeFaults, expectUsable, phone, picture, sizesIn } from '../support/browser.ts';
import { inDays, pageOf } from '../support/cases.ts';
import { closedCase, momentAfter, whisper } from '../support/retention.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Retention in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let coordinator: Person;
  let administrator: Person;
  let held: string;
  let reference: string;

  before(async () => {
    server = await startTestServer();
    lead = await server.as('team_lead', { name: 'Arta Testi' });
    coordinator = await server.as('coordinator', { name: 'Shumë-Emër Mbiemërgjati-Provë' });
    administrator = await server.as('administrator', { name: 'Admina Testi' });
    held = await closedCase(lead);
    ({ reference } = await pageOf(lead, held));
  });
  after(() => server.stop());

  it('holds a case by keyboard, shows it to the coordinator at once, and lifts the hold', async () => {
    // An attempt that failed half-way leaves its hold.
    await lead.delete(`/api/cases/${held}/hold`);
    const watching = await windowOf(coordinator, '/retention');
    await watching.page.getByText(say('retention.held.none')).waitFor();
    const { page, context, errors } = await windowOf(lead, `/cases/${held}`, { size: phone });
    await button(page, say('retention.hold')).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('retention.hold.reason')).selectOption('appeal');
    await dialog.getByLabel(say('retention.hold.until')).fill(inDays(-3));
    await button(page, say('retention.hold')).last().press('Enter');
    await dialog.getByText(say('fault.in_the_past')).waitFor();
    await dialog.getByLabel(say('retention.hold.until')).fill(monthsAfter(inDays(0), 6));
    await picture(page, 'retention-hold');
    expect(await axeFaults(page)).to.deep.equal([]);
    await dialog.getByLabel(say('retention.hold.until')).press('Enter');
    await button(page, say('retention.hold.change')).waitFor();
    const row = watching.page.getByRole('row', { name: new RegExp(reference) });
    await row.getByText(say('retention.reason.appeal')).waitFor();
    await row.getByText('Arta Testi').waitFor();
    await button(page, say('retention.lift')).press('Enter');
    await dialog.getByRole('button', { name: say('retention.lift') }).press('Enter');
    await watching.page.getByText(say('retention.held.none')).waitFor();
    expect([...errors.filter((error) => !error.includes('422')), ...watching.errors]).to.deep.equal([]);
    await context.close();
    await watching.context.close();
  });

  it('sets a theme’s months, says what is no number of months, and when a shorter time counts', async () => {
    const { page, context } = await windowOf(administrator, '/retention');
    const edit = say('retention.edit', { theme: say('theme.covid19') });
    await button(page, edit).press('Enter');
    const months = page.getByRole('dialog').getByLabel(say('retention.months'));
    await months.fill('2');
    await months.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(say('fault.too_small', { minimum: 3 }))
      .waitFor();
    await months.fill('12');
    await months.press('Enter');
    await page.getByText(say('common.saved')).waitFor();
    const row = page.getByRole('row', { name: new RegExp(say('theme.covid19')) });
    await row
      .getByText(/12 months/)
      .first()
      .waitFor();
    expect(await row.textContent()).to.match(/until then 24 months/);
    await context.close();
  });

  it('forgets a case under the eyes of whoever has it open, with the note they had begun', async () => {
    const id = await closedCase(lead);
    const { page, context, errors } = await windowOf(lead, `/cases/${id}`);
    await page.getByText(`${whisper} step`).first().waitFor();
    await page.getByLabel(say('case.note.add'), { exact: false }).first().fill('Unsentwhisper');
    await coordinator.put(`/api/cases/${held}/hold`, { reason: 'court', until: monthsAfter(inDays(0), 24) });
    expect(await anonymiseDue(momentAfter(24, 1))).to.equal(1);
    await page.getByRole('heading', { level: 1, name: say('case.anonymised') }).waitFor();
    await page.getByText(whisper).first().waitFor({ state: 'detached' });
    expect(await page.content()).to.not.include(whisper);
    expect(await page.content()).to.not.include('Unsentwhisper');
    await expectUsable(page, 'retention-anonymised');
    await page.goto('/cases');
    await page.getByRole('link', { name: say('case.anonymised') }).waitFor();
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, shape] of sizesIn(language))
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        const options = { language, size, dark: language === 'sr' };
        for (const [person, name] of [
          [coordinator, 'coordinator'],
          [administrator, 'administrator'],
        ] as const) {
          const { page, context } = await windowOf(person, '/retention', options);
          await page.getByRole('heading', { name: sayIn[language]('retention.runs') }).waitFor();
          await expectUsable(page, `retention-${name}-${shape}-${language}`);
          await context.close();
        }
        const { page, context } = await windowOf(lead, `/cases/${held}`, options);
        await page
          .getByRole('heading', { name: sayIn[language]('retention.panel') })
          .scrollIntoViewIfNeeded();
        await expectUsable(page, `retention-case-${shape}-${language}`);
        await context.close();
      });
});
