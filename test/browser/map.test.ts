// Duty: the map in real Chromium: list twin, keyboard, filters in the address, picture, live change, axe, both sizes and schemes.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { axeFaults, phone, picture, scrollsSideways } from '../support/browser.ts';
import { logged } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';
import { mapOf, say } from '../support/windows.ts';

describe('the map in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    const { data } = (await coordinator.get('/api/municipalities')).body;
    for (const { slug, settlements } of data)
      for (const { id } of settlements.slice(0, 3))
        await logged(coordinator, { municipality: slug, settlement: id });
  });
  after(() => server.stop());

  const circles = (page: Page) => page.locator('.leaflet-marker-pane [role=button]');
  const firstNumber = (text: string) => Number(/: (\d+) cases?/.exec(text)![1]);

  it('shows in the list what it shows as circles', async () => {
    const { page, context, errors } = await mapOf(coordinator);
    await circles(page).first().waitFor();
    const words = await circles(page).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
    const onMap = words.reduce((sum, text) => sum + firstNumber(text), 0);
    await page.getByText(say('map.asList'), { exact: true }).click();
    expect(await page.locator('td[data-total]').textContent()).to.equal(String(onMap));
    expect(page.url()).to.include('as=list');
    const faults = await axeFaults(page);
    expect(faults).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('is worked by keyboard: to a circle, its cases, a case, and back to the circle', async () => {
    const { page, context } = await mapOf(coordinator);
    await circles(page).first().waitFor();
    await page.locator('[role=application]').focus();
    await page.keyboard.press('Tab');
    const spot = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(spot, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300))).to.match(
      /\d+ cases?/,
    );
    await page.keyboard.press('Enter');
    await page.locator('aside h2:focus').waitFor();
    await page.locator('aside li button').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('aside h1').waitFor();
    expect(page.url()).to.match(/case=[0-9a-f-]{36}/);
    await page.goBack();
    await page.getByRole('button', { name: say('common.close'), exact: true }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).to.equal(spot);
    await context.close();
  });

  it('keeps filters in the address and says what is left', async () => {
    const { page, context } = await mapOf(coordinator);
    const all = await page.locator('output').textContent();
    await page.getByRole('checkbox', { name: /^COVID-19/ }).click();
    await page.waitForURL(/theme=covid19/);
    await page.getByText(say('map.empty.filtered')).waitFor();
    await page.reload();
    await page.getByText(say('map.empty.filtered')).waitFor();
    await page.getByRole('button', { name: say('map.filters.clear') }).click();
    await page.locator('output').filter({ hasText: all! }).waitFor();
    await context.close();
  });

  it('after a filter by keyboard, goes on to what is left of the circles', async () => {
    await logged(coordinator, { municipality: 'peja', theme: 'employment', subTheme: 'training' });
    const { page, context } = await mapOf(coordinator);
    await circles(page).first().waitFor();
    await page.getByRole('checkbox', { name: /^Employment/ }).focus();
    await page.keyboard.press('Space');
    await page.locator('output').filter({ hasText: '1 case' }).waitFor();
    await page.locator('[role=application]').focus();
    await page.keyboard.press('Tab');
    const spot = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(spot).to.match(/^Peja: 1 case; Employment 1/);
    await page.keyboard.press('Enter');
    await page.locator('aside h2:focus').waitFor();
    const cases = page.locator('aside[aria-label] li button');
    await cases.first().waitFor();
    expect(await cases.count()).to.equal(1);
    await context.close();
  });

  it('saves the present view as a picture', async () => {
    const { page, context } = await mapOf(coordinator, '/map?fill=per1000');
    await circles(page).first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: say('map.picture') }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^kosint-map-\d{4}-\d\d-\d\d\.png$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    expect(bytes.subarray(1, 4).toString()).to.equal('PNG');
    expect(bytes.length).to.be.greaterThan(30_000);
    await context.close();
  });

  it('shows a case logged elsewhere within a second, without reload', async () => {
    const { page, context } = await mapOf(coordinator);
    await circles(page).first().waitFor();
    await page.waitForTimeout(500);
    const before = Number(/\d+/.exec((await page.locator('output').textContent())!)![0]);
    await logged(activist);
    const began = Date.now();
    await page
      .locator('output')
      .filter({ hasText: `${before + 1} cases` })
      .waitFor();
    expect(Date.now() - began).to.be.lessThan(1_000);
    await context.close();
  });

  for (const dark of [false, true]) {
    it(`has nothing axe finds, on a phone and a desktop, ${dark ? 'dark' : 'light'}`, async () => {
      for (const size of [phone, undefined]) {
        const { page, context } = await mapOf(activist, '/map?fill=cases', { dark, size });
        await circles(page).first().waitFor();
        expect(await axeFaults(page)).to.deep.equal([]);
        expect(await scrollsSideways(page)).to.equal(false);
        await picture(page, `map-${size ? 'phone' : 'desktop'}-${dark ? 'dark' : 'light'}`);
        await context.close();
      }
    });
  }

  it('asks no other host for anything', async () => {
    const { page, context } = await mapOf(coordinator);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url()))
        foreign.push(request.url());
    });
    await page.reload();
    await circles(page).first().waitFor();
    expect(foreign).to.deep.equal([]);
    await context.close();
  });
});
