// Duty: commitments in real Chromium: a promise is recorded, approved, checked with a picture and disputed, in two browsers and by keyboard; every page fits.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectUsable, picture, sizesIn } from '../support/browser.ts';
import {
  check,
  commitmentInput,
  commitmentOf,
  inDays,
  movedCommitment,
  recorded,
  withEvidence,
} from '../support/commitments.ts';
import { testFolder } from '../support/database.ts';
import { plainPng } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Commitments in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;
  let file: string;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator', { name: 'Koordinatore Provë' });
    activist = await server.as('activist', { name: 'Arta Testi', municipality: 'gjakova' });
    partner = await server.as('cso_member', { name: 'Blerta Provë' });
    file = join(testFolder, 'place.png');
    writeFileSync(file, await plainPng(800, 600));
  });
  after(() => server.stop());

  const menuItem = async (page: Page, name: string) => {
    await button(page, say('commitments.more')).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };

  it('is recorded with its document, approved, checked with a picture, disputed and moved, live in two browsers', async () => {
    const author = await windowOf(activist, '/commitments/new');
    const { page } = author;
    await button(page, say('commitments.new.save')).click();
    await page.getByText(say('fault.required')).nth(2).waitFor();
    await page.getByLabel(say('commitments.field.title')).first().fill('Twelve flats in Kolonia');
    await page.getByLabel(say('commitments.field.words')).fill('Do t’i ndërtojmë dymbëdhjetë banesa.');
    // Left half-way, it is there again.
    await page.goto('/commitments');
    await page.goto('/commitments/new');
    const said = page.getByLabel(say('commitments.field.words'));
    await said.waitFor();
    expect(await said.inputValue()).to.equal('Do t’i ndërtojmë dymbëdhjetë banesa.');
    await page.getByText(say('theme.housing'), { exact: true }).click();
    await page.getByRole('combobox', { name: say('commitments.field.institution') }).fill('Urbanism');
    await page.getByRole('option', { name: 'Directorate of Urbanism' }).click();
    await page.getByLabel(say('commitments.field.promisedOn')).fill(inDays(-20));
    await page.getByLabel(say('commitments.field.dueOn')).fill(inDays(-30));
    await page.getByRole('combobox', { name: say('commitments.field.source') }).click();
    await page.getByRole('option', { name: say('commitments.field.sourceNew') }).click();
    await page.getByLabel(say('commitments.field.sourceTitle')).fill('Minutes of the discussion');
    await page.locator('input[data-file]').setInputFiles(file);
    await button(page, say('commitments.new.save')).click();
    await page.getByText(say('fault.before_promise')).waitFor();
    await page.getByLabel(say('commitments.field.dueOn')).fill(inDays(20));
    await button(page, say('commitments.new.save')).click();
    await page.getByRole('heading', { name: 'Twelve flats in Kolonia' }).waitFor();
    await page.getByText(say('commitments.waitsHere')).waitFor();
    await page.getByRole('link', { name: say('commitments.source.open') }).waitFor();
    const path = new URL(page.url()).pathname;
    expect((await partner.get(`/api${path}`)).status).to.equal(404);

    const approving = await windowOf(coordinator, '/commitments');
    await approving.page.getByRole('button', { name: /waits? for approval/ }).click();
    await approving.page.getByRole('link', { name: 'Twelve flats in Kolonia' }).click();
    await button(approving.page, say('commitments.move.approve')).click();
    await approving.page
      .getByRole('dialog')
      .getByRole('button', { name: say('commitments.move.approve'), exact: true })
      .click();
    await page.getByText(say('commitments.waitsHere')).waitFor({ state: 'detached' });

    await menuItem(approving.page, say('commitments.move.report'));
    await approving.page.getByRole('radio', { name: say('commitments.completion.complete') }).check();
    await approving.page
      .getByRole('dialog')
      .getByRole('button', { name: say('commitments.move.report'), exact: true })
      .click();
    await approving.page.getByRole('dialog').waitFor({ state: 'detached' });

    const checking = await windowOf(partner, path);
    await button(checking.page, say('commitments.move.check')).click();
    const dialog = checking.page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: say('commitments.move.check'), exact: true });
    await dialog.getByRole('radio', { name: say('commitments.completion.limited') }).check();
    await send.click();
    await dialog.getByText(say('fault.needs_evidence')).waitFor();
    await dialog.locator('input[data-file]').setInputFiles(file);
    await dialog.getByRole('checkbox', { checked: true }).waitFor();
    await dialog.getByLabel(say('commitments.ask.note')).fill('Walls of two flats stand.');
    await picture(checking.page, 'commitment-check-desktop-en');
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    for (const window of [checking, author, approving])
      await window.page.getByText(say('commitments.disputed')).waitFor();
    await page.locator('a[data-evidence] img').waitFor();

    await menuItem(approving.page, say('commitments.move.deadline'));
    await approving.page.getByLabel(say('commitments.ask.dueOn')).fill(inDays(90));
    await approving.page.getByLabel(say('commitments.ask.reason')).fill('No contractor');
    await movedCommitment(coordinator, path.split('/')[2]!, { move: 'formality', to: 'decided' });
    const moving = approving.page.getByRole('dialog');
    await moving.getByRole('button', { name: say('commitments.move.deadline'), exact: true }).click();
    await moving.getByText(say('commitments.changed')).waitFor();
    await moving.getByText(new RegExp(say('commitments.formality.decided'))).waitFor();
    await picture(approving.page, 'commitment-conflict-desktop-en');
    await moving.getByRole('button', { name: say('commitments.changed.again') }).click();
    await page
      .getByText(say('commitments.slips', { count: 1 }))
      .first()
      .waitFor();
    const found = await commitmentOf(coordinator, path.split('/')[2]!);
    expect([found.formality, found.slips]).to.deep.equal(['decided', 1]);
    const unexpected = [...author.errors, ...checking.errors, ...approving.errors].filter(
      (error) => !error.startsWith('Failed to load resource'),
    );
    expect(unexpected).to.deep.equal([]);
    for (const window of [author, approving, checking]) await window.context.close();
  });

  it('is narrowed and opened by keyboard alone, and the filter stays in the address', async () => {
    const id = await recorded(coordinator, { title: 'Broken by the keyboard', dueOn: inDays(-5) });
    await movedCommitment(coordinator, id, check('not_started', [await withEvidence(coordinator, id)]));
    const { page, context } = await windowOf(partner, '/commitments');
    const chip = page.getByRole('button', { name: new RegExp(`^${say('commitments.flag.broken')}`) });
    await chip.focus();
    await page.keyboard.press('Enter');
    await page.locator('button[aria-pressed=true]').waitFor();
    await page.getByText(say('commitments.count', { count: 1 }), { exact: true }).waitFor();
    expect(page.url()).to.include('flag=broken');
    expect(await page.locator('a[data-commitment]').count()).to.equal(1);
    await page.getByRole('link', { name: 'Broken by the keyboard' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(say('commitments.rung.title')).waitFor();
    await button(page, say('commitments.move.check')).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/commitments/00000000-0000-4000-8000-000000000000');
    await page.getByText(say('commitments.gone.title')).waitFor();
    await picture(page, 'commitment-gone-desktop-en');
    await context.close();
  });

  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, shape] of sizesIn(language))
      it(`fits and is accessible: ${shape}, ${language}`, async () => {
        const speak = sayIn[language];
        const dark = language === 'sr';
        const endless = language === 'sq' ? 'x'.repeat(120) : 'Twelve flats in the settlement';
        const id = await recorded(coordinator, {
          ...commitmentInput({ title: endless, dueOn: inDays(-40), promisedOn: inDays(-300) }),
          budget: { promised: 240_000, approved: 180_000.5, spent: 200_000 },
        });
        const evidence = await withEvidence(coordinator, id);
        await movedCommitment(coordinator, id, {
          move: 'report',
          completion: 'substantial',
          reportedOn: inDays(-30),
          note: 'Said in the assembly.',
        });
        await movedCommitment(coordinator, id, check('not_started', [evidence], { checkedOn: inDays(-3) }));
        const { page, context, errors } = await windowOf(coordinator, '/commitments', {
          language,
          size,
          dark,
        });
        await page.locator('a[data-commitment]').first().waitFor();
        await expectUsable(page, `commitments-${shape}-${language}`);
        await page.goto('/commitments?municipality=mitrovica');
        await page.getByText(speak('commitments.none')).waitFor();
        await expectUsable(page, `commitments-none-${shape}-${language}`);
        await page.goto(`/commitments/${id}`);
        await page.getByText(speak('commitments.disputed')).waitFor();
        await expectUsable(page, `commitment-${shape}-${language}`);
        await button(page, speak('commitments.move.check')).click();
        await page.getByRole('dialog').getByText(speak('commitments.ask.evidence')).waitFor();
        await expectUsable(page, `commitment-check-${shape}-${language}`);
        await page.goto(`/correct-commitment/${id}`);
        await page.getByLabel(speak('commitments.field.words')).waitFor();
        await page.goto('/commitments/new');
        await page.getByLabel(speak('commitments.field.words')).waitFor();
        await expectUsable(page, `commitment-new-${shape}-${language}`);
        expect(errors).to.deep.equal([]);
        await context.close();
      });
});
