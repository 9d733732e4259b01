// Duty: figures in real Chromium: a quarter is frozen, reviewed, told and published; a funder's open page hears of it, reads it and takes it along.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { IndicatorModel, LedgerModel, ReleaseModel } from '../../server/features/summaries/releases.model.ts';
import { forgetProgress } from '../../server/features/summaries/releases.queries.ts';
import { ShareModel } from '../../server/features/summaries/shares.model.ts';
import { makeFormats } from '../../shared/format.ts';
import type { FigureUnit } from '../../shared/summaryLists.ts';
import { valueText } from '../../shared/summaryWords.ts';
import { expectUsable, openWindow, phone } from '../support/browser.ts';
import { caseAt } from '../support/figures.ts';
import { readPdf } from '../support/pdfText.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { button, say, windowOf } from '../support/windows.ts';

const speech = { say, formats: makeFormats('en', 'Europe/Belgrade'), municipality: (slug: string) => slug };

describe('Figures in a browser', function () {
  this.timeout(240_000);
  let server: TestServer;
  let coordinator: Person;
  let funder: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    funder = await server.as('funder', { name: 'A Fund' });
    const lastQuarter = new Date(clock.now());
    lastQuarter.setUTCDate(1);
    lastQuarter.setUTCMonth(Math.floor(lastQuarter.getUTCMonth() / 3) * 3 - 2);
    const day = lastQuarter.toISOString().slice(0, 10);
    const counts = { ferizaj: 30, peja: 20, prizren: 14, gjakova: 12, mitrovica: 2 };
    await CaseModel.insertMany(
      Object.entries(counts).flatMap(([municipality, count]) =>
        Array.from({ length: count }, (_, at) =>
          caseAt(day, {
            municipality: municipality as never,
            theme: at % 3 ? 'housing' : 'employment',
            ...(at % 2 ? { resolvedAfter: 9, startedAfter: 3 } : {}),
          }),
        ),
      ),
    );
  });
  after(() => server.stop());

  type Rows = [name: string, text: string][];

  async function tablesOn(page: Page): Promise<[caption: string, rows: Rows][]> {
    return page
      .locator('article table')
      .evaluateAll((tables) =>
        tables.map((table): [string, [string, string][]] => [
          table.querySelector('caption')!.textContent!,
          [...table.querySelectorAll('tbody tr')].map((row) => [
            row.children[0]!.textContent!,
            row.children[1]!.textContent!,
          ]),
        ]),
      );
  }

  /** What every table and figure of the page says is what the CSV says, cell by cell; what is withheld in one is in the other. */
  async function everyCellAgrees(page: Page): Promise<void> {
    const onPage = new Map(await tablesOn(page));
    const measure = page.getByLabel(say('summaries.map.measure'));
    const measures = await measure
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    // The map shows one measure by municipality at a time.
    for (const one of measures) {
      await measure.selectOption(one);
      for (const [caption, rows] of await tablesOn(page)) onPage.set(caption, rows);
    }
    const own = await page
      .locator('section[aria-labelledby^="indicator-"]')
      .evaluateAll((blocks) =>
        blocks.map((block): [string, string] => [
          block.querySelector('h3')!.textContent!,
          block.querySelector('h3 + p')!.textContent!,
        ]),
      );
    const { newest } = (await funder.get('/api/progress')).body.data;
    const { text } = await funder.get(`/api/progress/${newest.id}/downloads/csv?language=en`);
    const inFile = new Map<string, Rows>();
    const ownInFile: Rows = [];
    for (const line of text.trim().split('\n').slice(2)) {
      const [, indicator, table, cell, value, unit] = line
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map((part: string) => part.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')) as string[];
      const told =
        value === '' ? say('summaries.withheld') : valueText(Number(value), unit as FigureUnit, speech);
      if (!table) ownInFile.push([indicator!, told]);
      else {
        const caption = `${indicator}, ${table}`;
        inFile.set(caption, [...(inFile.get(caption) ?? []), [cell!, told]]);
      }
    }
    expect(inFile.size).to.be.greaterThan(measures.length).and.to.be.greaterThan(8);
    expect(Object.fromEntries(onPage)).to.deep.equal(Object.fromEntries(inFile));
    expect(own).to.have.deep.members(ownInFile);
    const isWithheld = [...inFile.values()].flat().map(([, told]) => told === say('summaries.withheld'));
    expect(isWithheld).to.include(true).and.to.include(false);
  }

  /** Bars are drawn for what is told and for nothing else, each with its number, in proportion. */
  async function barsAgree(page: Page): Promise<void> {
    const figures = await page.locator('article figure').evaluateAll((all) =>
      all.map((figure) => ({
        told: [...figure.querySelectorAll('tbody tr:not(:has([data-withheld]))')].map((row) =>
          [...row.children].map(({ textContent }) => textContent),
        ),
        drawn: [...figure.querySelectorAll('[role=img] > div > div')].map((row) =>
          [...row.children].map(({ textContent }) => textContent),
        ),
        lengths: [...figure.querySelectorAll('[role=img] > div > div')].map((row) => {
          const [bar, value] = [
            row.lastElementChild!.firstElementChild!,
            row.lastElementChild!.lastElementChild!,
          ];
          return [
            bar === value ? 0 : bar.getBoundingClientRect().width,
            Number.parseInt(value.textContent!, 10),
          ];
        }),
      })),
    );
    expect(figures.some(({ drawn }) => drawn.length > 1)).to.equal(true);
    for (const { told, drawn, lengths } of figures) {
      expect(drawn).to.deep.equal(told);
      const [length, most] = [...lengths].sort((a, b) => b[1]! - a[1]!)[0] ?? [0, 0];
      for (const [own, value] of lengths)
        if (value! > 0) expect(own! / length!).to.be.closeTo(value! / most!, 0.02);
    }
  }

  it('go from freezing to a funder’s page, which is told and changes only when its reader wants', async () => {
    // An attempt that failed half-way leaves its target and its release.
    await Promise.all([IndicatorModel.deleteMany(), ReleaseModel.deleteMany(), LedgerModel.deleteMany()]);
    forgetProgress();
    const reading = await windowOf(funder, '/progress');
    await reading.page.getByText(say('summaries.empty')).waitFor();

    const { page } = await windowOf(coordinator, '/figures');
    await page.getByRole('heading', { name: say('figures.now.gaps') }).waitFor();
    await expectUsable(page, 'figures-now-desktop-en');
    await page.getByRole('link', { name: say('figures.tab.indicators') }).click();
    await button(page, `${say('figures.target.add')}: ${say('summaries.indicator.cases.logged')}`).click();
    const dialog = page.getByRole('dialog');
    await button(page, say('common.save')).click();
    await dialog.getByText(say('fault.required')).waitFor();
    await dialog.getByLabel(say('figures.target.value')).fill('100');
    await dialog.getByLabel(say('figures.period.which')).selectOption({ index: 5 });
    await button(page, say('common.save')).click();
    await dialog.waitFor({ state: 'detached' });
    await expectUsable(page, 'figures-indicators-desktop-en');

    await page.getByRole('link', { name: say('figures.tab.releases') }).click();
    await button(page, say('figures.freeze')).click();
    await page.getByRole('heading', { name: say('figures.review'), exact: true }).waitFor();
    await page.getByRole('textbox', { name: say('language.en') }).fill('We logged ');
    await page.getByLabel(say('figures.narrate.insert')).selectOption('cases.logged');
    await button(page, say('common.save')).click();
    await page.getByText(say('figures.narrate.saved')).waitFor();
    await expectUsable(page, 'figures-release-desktop-en');
    await button(page, say('figures.move.review')).click();
    await button(page, say('figures.move.publish')).click();
    await page.getByText(say('figures.move.publish.sure')).waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('figures.move.publish') })
      .click();
    await page.getByText(say('figures.status.published'), { exact: true }).waitFor();

    await reading.page.getByText(say('summaries.new')).waitFor();
    await reading.page.getByText(say('summaries.empty')).waitFor();
    await button(reading.page, say('summaries.new.open')).click();
    await reading.page.getByText('We logged 78').waitFor();
    await reading.page.getByRole('img', { name: /Map of the seven municipalities/ }).waitFor();
    await expectUsable(reading.page, 'progress-desktop-en');
    await everyCellAgrees(reading.page);
    await barsAgree(reading.page);
    const waiting = reading.page.waitForEvent('download');
    await reading.page.getByRole('link', { name: say('summaries.download.pdf') }).click();
    const { text } = await readPdf(readFileSync((await (await waiting).path())!));
    expect(text).to.include('We logged 78').and.to.include('A Fund');
    await reading.page.setViewportSize(phone);
    await expectUsable(reading.page, 'progress-phone-en');
    await page.context().close();
    await reading.page.context().close();
  });

  it('are shared by a link that opens once, with the keyboard alone', async () => {
    await ShareModel.deleteMany();
    const { page } = await windowOf(coordinator, '/progress');
    await button(page, say('summaries.share')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('summaries.share.recipient')).waitFor();
    await page.keyboard.type('Roma Initiatives Office');
    await dialog.getByLabel(say('summaries.share.once')).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const link = await dialog.getByLabel(say('summaries.share.made')).inputValue();
    await dialog.getByText(say('summaries.share.for', { recipient: 'Roma Initiatives Office' })).waitFor();
    await expectUsable(page, 'progress-share-desktop-en');
    await page.context().close();

    const { page: stranger } = await openWindow({ url: server.url });
    await stranger.goto(new URL(link).pathname);
    await button(stranger, say('summaries.shared.open')).click();
    await stranger.getByText('We logged 78').waitFor();
    await expectUsable(stranger, 'shared-desktop-en');
    await stranger.reload();
    await button(stranger, say('summaries.shared.open')).click();
    await stranger.getByText(say('summaries.shared.used')).waitFor();
    await stranger.context().close();
  });
});
