// Duty: the list and the page of cases in real Chromium: filters in the URL, keys, every move, two people at once, live, axe, pictures.
import { expect } from 'chai';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { forgetViewer } from '../../server/features/directory/viewers.ts';
import { axeFaults, phone, picture, scrollsSideways, sizesIn } from '../support/browser.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { tinyPng } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, windowOf } from '../support/windows.ts';

describe('cases in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let lead: Person;
  let activist: Person;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer();
    lead = await server.as('team_lead', { name: 'Besa Lead' });
    activist = await server.as('activist', { name: 'Arta Activist' });
    coordinator = await server.as('coordinator', { name: 'Drita Coordinator' });
  });
  after(() => server.stop());

  it('keeps filters, search and order in the URL; Back brings the list as it was', async () => {
    await logged(activist, { title: 'A roof that leaks', theme: 'housing', subTheme: 'tenure' });
    await logged(activist, { title: 'A diploma not accepted', theme: 'employment', subTheme: 'training' });
    const { page, context, errors } = await windowOf(lead, '/cases');
    await button(page, say('case.theme')).click();
    await page.getByLabel(say('theme.employment')).check();
    await page.waitForURL(/theme=employment/);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'A roof that leaks' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'A diploma not accepted' }).waitFor();
    await page.getByLabel(say('case.list.sort')).selectOption('oldest');
    await page.waitForURL(/sort=oldest/);
    await page.getByRole('link', { name: 'A diploma not accepted' }).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}\?theme=employment&sort=oldest/);
    await page.goBack();
    await page.getByText(say('case.list.total', { count: 1 })).waitFor();
    await page.goto('/cases?q=ROOF&status=closed');
    await page.getByText(say('case.list.nothing')).waitFor();
    await button(page, say('case.list.clear')).last().click();
    await page.getByRole('link', { name: 'A roof that leaks' }).waitFor();
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('says when the lead has left, and still names them where somebody else is to be chosen', async () => {
    const leaver = await server.as('activist', { name: 'Gone Meanwhile' });
    const id = await logged(activist, { title: 'Led by somebody who left' });
    await moved(lead, id, triage(leaver.id));
    await UserModel.updateOne({ _id: leaver.id }, { $set: { active: false } });
    forgetViewer(leaver.id);
    const { page, context } = await windowOf(lead, `/cases/${id}`);
    await page.getByText(say('case.lead.left')).waitFor();
    await button(page, say('case.page.more')).click();
    await page.getByRole('menuitem', { name: say('case.assign') }).click();
    const chosen = page.getByRole('dialog').getByRole('combobox', { name: say('case.lead') });
    expect(await chosen.inputValue()).to.include('Gone Meanwhile');
    await context.close();
  });

  it('goes through the rows with j and k, opens with Enter, selects with x', async () => {
    for (const title of ['First of two', 'Second of two']) await logged(activist, { title });
    const { page, context } = await windowOf(coordinator, '/cases');
    await page.locator('a[data-case]').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await page.locator('a[data-case]').nth(1).textContent();
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal(second);
    await page.keyboard.press('x');
    await page
      .getByText(say('case.bulk.selected', { count: 1 }))
      .first()
      .waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
    await context.close();
  });

  it('triages several at once, says beforehand which will refuse and afterwards what each did', async () => {
    const fresh = await logged(activist, { title: 'Fresh one' });
    const old = await logged(activist, { title: 'Triaged one' });
    await moved(lead, old, triage(lead.id));
    const { page, context } = await windowOf(coordinator, '/cases?q=one');
    for (const title of ['Fresh one', 'Triaged one']) {
      await page.getByRole('link', { name: title }).focus();
      await page.keyboard.press('x');
    }
    await button(page, say('case.bulk.triage')).click();
    await page.getByText(say('case.bulk.willRefuse', { count: 1 })).waitFor();
    await page.getByRole('combobox', { name: say('case.lead') }).click();
    await page.getByRole('option', { name: /Arta Activist/ }).click();
    expect(await axeFaults(page)).to.deep.equal([]);
    await button(page, say('case.bulk.go', { count: 1 })).click();
    await page.getByRole('dialog').getByText(say('case.bulk.ok')).waitFor();
    expect((await pageOf(lead, fresh)).status).to.equal('triaged');
    await context.close();
  });

  it('makes every move from triage to reopening, asking only what each needs', async () => {
    const id = await logged(activist, { title: 'A case with a long way' });
    const { page, context, errors } = await windowOf(lead, `/cases/${id}`);
    const dialog = page.getByRole('dialog');
    const go = async (move: string, fill: () => Promise<void>, status: string, fromMenu = false) => {
      if (fromMenu) await button(page, say('case.page.more')).click();
      await (fromMenu ? page.getByRole('menuitem', { name: move }) : button(page, move)).click();
      await dialog.waitFor();
      await fill();
      await dialog.locator('button[type=submit]').click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('article').getByText(status, { exact: true }).first().waitFor();
    };
    await go(
      say('case.move.triage'),
      async () => {
        await dialog.getByRole('button', { name: say('case.move.triage'), exact: true }).click();
        await dialog.getByText(say('fault.required')).first().waitFor();
        await dialog.getByLabel(say('case.move.inScope')).check();
        await button(page, say('case.assign.me')).click();
      },
      say('status.triaged'),
    );
    await go(say('case.move.start'), async () => {}, say('status.in_progress'));
    await go(
      say('case.move.wait'),
      () => dialog.getByLabel(say('case.party.partner')).check(),
      say('status.waiting'),
      true,
    );
    await go(say('case.move.resume'), async () => {}, say('status.in_progress'));
    await go(
      say('case.move.resolve'),
      async () => {
        await dialog.getByLabel(say('case.outcome.achieved'), { exact: true }).check();
        await dialog.getByLabel(say('case.move.note')).fill('The tap runs.');
      },
      say('status.resolved'),
    );
    await go(
      say('case.move.close'),
      () => dialog.getByLabel(say('case.confirmed.person')).check(),
      say('status.closed'),
    );
    expect((await pageOf(lead, id)).status).to.equal('closed');
    expect(errors.filter((error) => !error.includes('422'))).to.deep.equal([]);
    await context.close();
    const again = await windowOf(activist, `/cases/${id}`);
    await button(again.page, say('case.move.reopen')).click();
    await again.page.getByLabel(say('case.move.reason')).fill('The tap is dry again.');
    await again.page
      .getByRole('dialog')
      .getByRole('button', { name: say('case.move.reopen') })
      .click();
    await again.page.getByText('The tap is dry again.').waitFor();
    await again.context.close();
  });

  it('merges different fields quietly, and asks about the same one with both sides', async () => {
    const id = await logged(activist, { title: 'Two at once' });
    await moved(lead, id, triage(activist.id));
    const [mine, theirs] = [await windowOf(activist, `/cases/${id}`), await windowOf(lead, `/cases/${id}`)];
    const edit = say('case.page.editWhat', { what: say('case.page.story') });
    for (const { page } of [mine, theirs]) await button(page, edit).click();
    await mine.page
      .getByText(say('case.page.editing', { name: 'Besa Lead', field: say('case.title') }))
      .waitFor();
    await theirs.page.getByLabel(say('case.need')).fill('Two taps');
    await theirs.page.getByLabel(say('case.description')).fill('Their story');
    await button(theirs.page, say('common.save')).click();
    await theirs.page.getByText(say('case.page.saved')).waitFor();
    await mine.page.getByLabel(say('case.description')).fill('My story');
    await button(mine.page, say('common.save')).click();
    const dialog = mine.page.getByRole('dialog');
    await dialog.getByText('Their story').waitFor();
    await dialog.getByText('My story').waitFor();
    expect(await axeFaults(mine.page)).to.deep.equal([]);
    await picture(mine.page, 'conflict-desktop-en');
    await dialog.getByRole('button', { name: say('case.conflict.combine') }).click();
    await dialog.getByRole('button', { name: say('case.conflict.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await theirs.page.getByText('My story').waitFor();
    const kept = await pageOf(lead, id);
    expect(kept.description).to.equal('Their story\n\nMy story');
    expect(kept.need).to.equal('Two taps');
    // Different fields: nobody is asked.
    for (const { page } of [mine, theirs]) await button(page, edit).click();
    await mine.page.getByLabel(say('case.title')).fill('Two at once, merged');
    await theirs.page.getByLabel(say('case.need')).fill('Three taps');
    await button(theirs.page, say('common.save')).click();
    await theirs.page.getByText(say('case.page.saved')).waitFor();
    await button(mine.page, say('common.save')).click();
    await mine.page.getByText(say('case.page.merged', { name: 'Besa Lead' })).waitFor();
    expect(await pageOf(lead, id)).to.include({ title: 'Two at once, merged', need: 'Three taps' });
    await mine.context.close();
    await theirs.context.close();
  });

  it('shows another browser what was logged in under a second, without reload', async () => {
    const { page, context } = await windowOf(lead, '/cases');
    await page.locator('a[data-case]').first().waitFor();
    await page.waitForTimeout(800);
    const began = Date.now();
    const id = await logged(activist, { title: 'Seen at once' });
    await page.getByRole('link', { name: 'Seen at once' }).waitFor();
    expect(Date.now() - began, 'milliseconds until the row is there').to.be.lessThan(1000);
    await page.goto(`/cases/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Seen at once' }).waitFor();
    await page.waitForTimeout(500);
    await activist.post(`/api/cases/${id}/notes`, {
      id: crypto.randomUUID(),
      text: 'A note from elsewhere',
    });
    await page.getByText('A note from elsewhere').waitFor();
    await page.getByText(say('case.page.changedBy', { name: 'Arta Activist' })).waitFor();
    await context.close();
  });

  it('takes a photo as evidence, opens it large, and keeps a note', async () => {
    const id = await logged(activist, { title: 'With a photo' });
    const { page, context, errors } = await windowOf(activist, `/cases/${id}`, { size: phone });
    const files = page.locator('input[data-evidence]');
    await files.setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText(say('case.evidence.wrongType')).waitFor();
    await files.setInputFiles({ name: 'tap.png', mimeType: 'image/png', buffer: tinyPng });
    const thumb = button(page, /^Open /);
    await thumb.waitFor();
    await thumb.tap();
    await page.getByRole('dialog').locator('img').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel(say('case.note.add')).fill('Seen with my own eyes');
    await button(page, say('case.note.add')).tap();
    await page.getByRole('paragraph').filter({ hasText: 'Seen with my own eyes' }).waitFor();
    expect((await pageOf(activist, id)).notes).to.have.length(1);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('says kindly when a case is not there', async () => {
    const { page, context } = await windowOf(activist, '/cases/01a1ffa9-b96f-732a-b6d0-d67d01082d7b');
    await page.getByText(say('case.page.gone')).waitFor();
    await context.close();
  });

  it('is looked at in three languages and two sizes; nothing sticks out, axe finds nothing', async () => {
    const long = 'Një fjalë shumë e gjatë për çështjen '.repeat(3).slice(0, 118);
    const id = await logged(activist, { title: long, urgency: 'critical' });
    await moved(lead, id, triage(activist.id, 'critical'));
    for (const language of ['sq', 'sr', 'en'] as const)
      for (const [size, name] of sizesIn(language)) {
        const { page, context } = await windowOf(lead, '/', { size, language, dark: name === 'phone' });
        for (const [page_, path] of [
          ['home', '/'],
          ['list', '/cases'],
          ['case', `/cases/${id}`],
          ['handover', `/hand-over?from=${activist.id}`],
        ] as const) {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await picture(page, `${page_}-${name}-${language}`);
          expect(await scrollsSideways(page), `${page_} ${name} ${language}`).to.equal(false);
          if (language === 'en') expect(await axeFaults(page), `${page_} ${name}`).to.deep.equal([]);
        }
        await context.close();
      }
  });
});
