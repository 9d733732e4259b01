// Duty: logging a case in real Chromium: by touch on a phone, killed and resumed, offline and sent by itself once, with its photo.
import { expect } from 'chai';
import { axeFaults, phone, picture, scrollsSideways } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { tinyPng } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { answerIntake, button, say, windowOf } from '../support/windows.ts';

const story = 'Eleven households share one tap since the works began. It freezes in winter.';

describe('logging a case in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
  });
  after(() => server.stop());

  const casesOf = async (person: Person, words: string) =>
    (await person.get(`/api/cases?q=${encodeURIComponent(words)}`)).body.data as { id: string }[];

  it('takes a group case by touch on a phone, and gives the receipt until it was passed on', async () => {
    const { page, context, errors } = await windowOf(activist, '/cases/new', { size: phone });
    const began = Date.now();
    await answerIntake(page, story);
    await button(page, say('common.next')).tap();
    expect(await page.getByLabel(say('case.log.titleLabel')).inputValue()).to.equal(
      'Eleven households share one tap since the works began',
    );
    await page.getByLabel(say('case.log.consent.none')).tap();
    await button(page, say('case.log.save')).tap();
    await page.getByText(say('case.log.receipt'), { exact: true }).waitFor();
    expect(Date.now() - began, 'milliseconds to log a group case').to.be.lessThan(30_000);
    await page.getByRole('article').getByText(say('case.nextStep.triage')).waitFor();
    expect(await page.title()).to.match(/^FER-\d{4}-\d{4} · /);
    await picture(page, 'logged-phone-en');
    await page.reload();
    await button(page, say('case.log.receiptPut')).tap();
    await page.reload();
    await page.getByRole('heading', { name: say('case.page.story'), exact: true }).waitFor();
    expect(await page.getByText(say('case.log.receipt'), { exact: true }).count()).to.equal(0);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('keeps every keystroke: a killed page goes on where it was, Back loses nothing', async () => {
    const { page, context } = await windowOf(activist, '/cases/new', { size: phone });
    await answerIntake(page, 'A story that is not finished');
    await page.close();
    const again = await context.newPage();
    await again.goto('/cases/new');
    await again.getByText('A story that is not finished').waitFor();
    await again.getByRole('link', { name: say('case.log.draft.resume') }).tap();
    await again.getByRole('heading', { level: 1, name: say('case.log.who') }).waitFor();
    expect(await again.getByLabel(say('case.people.howMany'), { exact: true }).inputValue()).to.equal('10');
    await button(again, say('common.back')).tap();
    expect(await again.getByLabel(say('case.description')).inputValue()).to.equal(
      'A story that is not finished',
    );
    await context.close();
  });

  it('offline, keeps case and photo on the device; back on line, sends each exactly once', async () => {
    const { page, context } = await windowOf(activist, '/cases/new', { size: phone });
    await page.goto('/cases/new?draft=01a1ffa9-b96f-732a-b6d0-d67d01082d7b');
    await answerIntake(page, 'Written without any network in the lower street');
    await page
      .locator('input[data-photos]')
      .setInputFiles({ name: 'tap.png', mimeType: 'image/png', buffer: tinyPng });
    await page.getByRole('img', { name: say('case.log.photoPreview', { number: 1 }) }).waitFor();
    await button(page, say('common.next')).tap();
    await page.getByLabel(say('case.log.consent.none')).tap();
    await context.setOffline(true);
    await button(page, say('case.log.save')).tap();
    await page.getByText(say('case.log.offlineTitle')).waitFor();
    await picture(page, 'offline-phone-en');
    expect(await casesOf(activist, 'without network')).to.have.length(0);
    await context.setOffline(false);
    await page.getByText(say('line.sent')).waitFor();
    let found = await casesOf(activist, 'without network');
    for (let tries = 0; found.length === 0 && tries < 20; tries += 1) {
      await page.waitForTimeout(200);
      found = await casesOf(activist, 'without network');
    }
    expect(found).to.have.length(1);
    const kept = await activist.get(`/api/cases/${found[0]!.id}`);
    expect(kept.body.data.evidence).to.have.length(1);
    await page.goto('/cases/new');
    await page.getByRole('link', { name: say('case.log.receipt') }).waitFor();
    await context.close();
  });

  it('without a network from the first tap on: what asks the questions is on the device already', async () => {
    const { page, context } = await windowOf(activist, '/', { size: phone });
    await page.waitForResponse((one) => /LogCasePage|intake/.test(one.url()));
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: say('nav.log') })
      .tap();
    await answerIntake(page, 'Told where there is no network at all');
    await button(page, say('common.next')).tap();
    await page.getByLabel(say('case.log.consent.none')).tap();
    await button(page, say('case.log.save')).tap();
    await page.getByText(say('case.log.offlineTitle')).waitFor();
    await context.setOffline(false);
    await page.getByText(say('line.sent')).waitFor();
    await context.close();
  });

  it('when the map’s part cannot be loaded, asks for the settlement by its list', async () => {
    const { page, context } = await windowOf(activist, '/cases', { size: phone });
    await page.route(/\/assets\/(?:map|PlacePicker)-/, (route) => route.abort());
    await page.goto('/cases/new?draft=01a1ffa9-b96f-732a-b6d0-d67d01082d7e&step=where');
    await page.getByText(say('case.settlement.unknown')).tap();
    await button(page, say('common.next')).tap();
    await page.getByRole('heading', { level: 1, name: say('case.log.what') }).waitFor();
    await context.close();
  });

  it('warns of a telephone number, hints at a case that may be the same, and stays usable', async () => {
    await logged(activist, { theme: 'housing', title: 'One tap for eleven households in the street' });
    const { page, context } = await windowOf(activist, '/cases/new', { size: phone });
    await page.goto('/cases/new?draft=01a1ffa9-b96f-732a-b6d0-d67d01082d7c');
    await answerIntake(page, 'One tap for eleven households in the street. Call +383 44 123 456.');
    await button(page, say('common.back')).tap();
    await page.getByText(say('case.warn.title')).waitFor();
    await page.getByText(say('case.log.similar')).waitFor();
    expect(await axeFaults(page)).to.deep.equal([]);
    await context.close();
  });

  it('fits a narrow phone in every language, and axe finds nothing at any step', async () => {
    for (const language of ['sq', 'sr', 'en'] as const) {
      const { page, context } = await windowOf(
        activist,
        '/cases/new?draft=01a1ffa9-b96f-732a-b6d0-d67d01082d7d',
        {
          size: { width: 320, height: 640 },
          language,
        },
      );
      for (const step of ['kind', 'theme', 'where', 'what', 'who', 'review']) {
        await page.goto(`/cases/new?draft=01a1ffa9-b96f-732a-b6d0-d67d01082d7d&step=${step}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await scrollsSideways(page), `${language} ${step}`).to.equal(false);
        await picture(page, `log-${step}-phone-${language}`);
        if (language === 'en') expect(await axeFaults(page), step).to.deep.equal([]);
      }
      await context.close();
    }
  });
});
