// Duty: structural issues in real Chromium: propose from a case, accept in a second browser, gather cases, merge; by keyboard; axe; pictures.
import { expect } from 'chai';
import { desktop, expectUsable, phone } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { casesBehindIssue, issueMade, issueOf } from '../support/issues.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, sayIn, windowOf } from '../support/windows.ts';

describe('Structural issues in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator', { name: 'Drita Koordinim' });
    activist = await server.as('activist', { name: 'Arta Testi' });
  });
  after(() => server.stop());

  it('is proposed from a case, accepted in a second browser, gathers cases and is merged', async () => {
    const caseId = await logged(activist, { title: 'One tap for eleven households' });
    const like = await logged(activist, { title: 'Eleven households, one tap, and no works' });
    const older = await issueMade(coordinator, { title: 'No water in the lower streets' });
    const here = await windowOf(activist, `/cases/${caseId}`, { size: phone });
    const { page } = here;
    const section = page.getByRole('region', { name: say('issues.one'), exact: true });
    await section.getByText(say('issues.onCase.none')).waitFor();
    await section.getByRole('button', { name: say('issues.onCase.choose'), exact: true }).click();
    await section.getByRole('button', { name: /No water in the lower streets/ }).waitFor();
    await expectUsable(page, 'issues-case-choosing-phone');
    await section.getByRole('link', { name: say('issues.propose'), exact: true }).click();
    const form = page.getByRole('dialog', { name: say('issues.propose') });
    await form.getByLabel(say('issues.name')).fill('Streets that share a single tap');
    await form
      .getByRole('textbox', { name: say('issues.statement'), exact: true })
      .fill('Works began, the main was cut, and whole streets share one tap.');
    expect(
      await form.getByRole('checkbox', { name: say('theme.housing'), exact: true }).isChecked(),
    ).to.equal(true);
    await expectUsable(page, 'issues-propose-phone');
    await form.getByRole('button', { name: say('issues.propose'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Streets that share a single tap' }).waitFor();
    const id = page.url().split('/').at(-1)!;
    await page.getByText(say('issues.cases.total', { count: 1 })).waitFor();
    await expectUsable(page, 'issues-page-proposed-phone');

    const there = await windowOf(coordinator, '/issues');
    await there.page.getByRole('link', { name: 'Streets that share a single tap' }).click();
    await button(there.page, say('issues.move.accept')).click();
    await page.getByText(say('issues.status.open')).first().waitFor();

    await button(there.page, say('issues.alike.find')).focus();
    await there.page.keyboard.press('Enter');
    const alike = there.page.getByRole('region', { name: say('issues.alike') });
    await alike.getByRole('checkbox').first().focus();
    await there.page.keyboard.press('Space');
    await expectUsable(there.page, 'issues-alike-desktop');
    await alike.getByRole('button', { name: say('issues.alike.put', { count: 1 }) }).focus();
    await there.page.keyboard.press('Enter');
    const preview = there.page.getByRole('dialog', { name: say('issues.preview.title') });
    await preview.getByText(say('issues.preview.link')).waitFor();
    await expectUsable(there.page, 'issues-preview-desktop');
    await preview.getByRole('button', { name: say('issues.alike.put', { count: 1 }) }).click();
    await there.page.getByText(say('issues.preview.done', { done: 1 })).waitFor();
    await page.getByText(say('issues.cases.total', { count: 2 })).waitFor();
    expect(
      (await activist.get(`/api/cases?issue=${id}`)).body.data.map((row: { id: string }) => row.id),
    ).to.include(like);

    await button(there.page, say('issues.more')).click();
    await there.page.getByRole('menuitem', { name: say('issues.merge') }).click();
    const merge = there.page.getByRole('dialog', { name: say('issues.merge') });
    await merge.getByRole('button', { name: /No water in the lower streets/ }).click();
    await expectUsable(there.page, 'issues-merge-desktop');
    await merge.getByRole('button', { name: say('issues.merge.do'), exact: true }).click();
    for (const one of [there.page, page]) {
      await one.getByRole('heading', { level: 1, name: 'No water in the lower streets' }).waitFor();
      expect(one.url()).to.include(older);
    }
    await page.getByText(say('issues.cases.total', { count: 2 })).waitFor();
    await page.getByRole('link', { name: say('issues.cases.own', { count: 2 }) }).click();
    await page.getByRole('link', { name: /One tap for eleven households/ }).waitFor();
    expect(here.errors).to.deep.equal([]);
    await here.context.close();
    await there.context.close();
  });

  it('when two change the same words, shows both and loses nothing', async () => {
    const id = await issueMade(coordinator, { title: 'Before' });
    const { page, context } = await windowOf(coordinator, `/issues/${id}`);
    await button(page, say('common.edit')).click();
    const form = page.getByRole('dialog', { name: say('issues.edit') });
    await form.getByLabel(say('issues.name')).fill('Mine');
    await coordinator.patch(`/api/issues/${id}`, { version: 1, title: 'Theirs' });
    await form.getByRole('button', { name: say('common.save'), exact: true }).click();
    await form.getByText(say('issues.conflict')).waitFor();
    await form.getByText('Theirs', { exact: true }).waitFor();
    await expectUsable(page, 'issues-conflict-desktop');
    expect(await form.getByLabel(say('issues.name')).inputValue()).to.equal('Mine');
    await form.getByRole('button', { name: say('common.save'), exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    expect((await issueOf(coordinator, id)).title).to.equal('Mine');
    await context.close();
  });

  it('splits some cases off to a new issue', async () => {
    const id = await issueMade(coordinator, { title: 'Two patterns in one' });
    await casesBehindIssue(activist, id, 2, { title: 'Roof without beams' });
    const { page, context } = await windowOf(coordinator, `/issues/${id}`);
    await button(page, say('issues.more')).click();
    await page.getByRole('menuitem', { name: say('issues.split') }).click();
    const form = page.getByRole('dialog', { name: say('issues.split.title') });
    await form
      .getByRole('checkbox', { name: /Roof without beams/ })
      .first()
      .check();
    await form.getByRole('button', { name: say('issues.split.do'), exact: true }).click();
    await form.getByText(say('fault.required')).first().waitFor();
    await form.getByLabel(say('issues.name')).fill('Roofs');
    await form
      .getByRole('textbox', { name: say('issues.statement'), exact: true })
      .fill('Roofs without beams.');
    await expectUsable(page, 'issues-split-desktop');
    await form.getByRole('button', { name: say('issues.split.do'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Roofs' }).waitFor();
    expect((await issueOf(coordinator, id)).cases.total).to.equal(1);
    await context.close();
  });

  it('reads well empty, with one, with many and with long words, in three languages, light and dark', async () => {
    const empty = await server.as('activist', { municipality: 'gracanica' });
    const long = 'Shpërngulja-e-pashpjegueshme-e-familjeve-nga-banesat-shoqërore '.repeat(2).slice(0, 118);
    const many = await issueMade(coordinator, {
      title: long,
      statement: `${'Një model shumë i gjatë që përsëritet në çdo komunë. '.repeat(30)}`,
      themes: ['employment', 'housing', 'civil_registration', 'covid19'],
      municipalities: ['ferizaj', 'fushe-kosove', 'peja', 'prizren', 'gjakova', 'mitrovica', 'gracanica'],
    });
    await casesBehindIssue(activist, many, 6);
    for (const [language, size, dark] of [
      ['en', desktop, false],
      ['sq', phone, true],
      ['sr', desktop, true],
      ['sr', phone, false],
    ] as const) {
      const name = `${language}-${size === phone ? 'phone' : 'desktop'}${dark ? '-dark' : ''}`;
      const opened = await windowOf(coordinator, '/issues', { size, dark, language });
      await opened.page.getByRole('link', { name: long }).waitFor();
      await expectUsable(opened.page, `issues-list-${name}`);
      await opened.page.goto(`/issues/${many}`);
      await opened.page.getByText(sayIn[language]('issues.cases.total', { count: 6 })).waitFor();
      await expectUsable(opened.page, `issues-long-${name}`);
      await opened.context.close();
    }
    const gracanica = await windowOf(empty, '/issues', { size: phone, language: 'sr' });
    await gracanica.page.getByRole('link', { name: long }).click();
    await gracanica.page.getByText(sayIn.sr('issues.cases.statusWithheld')).waitFor();
    await expectUsable(gracanica.page, 'issues-withheld-sr-phone');
    await gracanica.context.close();
    const partner = await server.as('cso_member');
    const nothing = await windowOf(partner, '/issues', { size: phone, language: 'sq' });
    await nothing.page.getByText(sayIn.sq('issues.empty')).waitFor();
    await expectUsable(nothing.page, 'issues-empty-sq-phone');
    await nothing.page.goto(`/issues/${many}`);
    await nothing.page.getByText(sayIn.sq('issues.gone')).waitFor();
    await expectUsable(nothing.page, 'issues-gone-sq-phone');
    await nothing.context.close();
  });
});
