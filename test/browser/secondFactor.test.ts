// Duty: a second factor from turning it on to a lost phone, in real Chromium; every step looked at. LOOKS=all: in each language and size.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Language } from '../../shared/directory.ts';
import { desktop, expectUsable, openWindow, phone } from '../support/browser.ts';
import { codeOn, withPhone, wrongCode } from '../support/factor.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';
import { sayIn } from '../support/windows.ts';

const looks: ['sq' | 'sr' | 'en', 'phone' | 'desktop'][] =
  process.env.LOOKS === 'all'
    ? (['sq', 'sr', 'en'] as const).flatMap((language) =>
        (['phone', 'desktop'] as const).map((size): [typeof language, typeof size] => [language, size]),
      )
    : [['sq', 'phone']];

describe('a second factor in a browser', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  const emailOf = async (person: Person): Promise<string> => (await person.get('/api/me')).body.data.email;

  async function givePassword(page: Page, email: string): Promise<void> {
    await page.goto('/sign-in');
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
  }

  for (const [language, size] of looks) {
    it(`is turned on, asked for, and outlives a lost phone (${language}, ${size})`, async () => {
      const say = sayIn[language];
      const name = (step: string) => `factor-${step}-${language}-${size}`;
      const person = await server.as('coordinator');
      await person.patch('/api/me', { language: language satisfies Language });
      const email = await emailOf(person);
      const { page, context, errors } = await openWindow({
        url: server.url,
        language,
        size: size === 'phone' ? phone : desktop,
      });
      const press = (key: Parameters<typeof say>[0]) =>
        page.getByRole('button', { name: say(key), exact: true }).click();
      const field = (key: Parameters<typeof say>[0]) => page.getByLabel(say(key), { exact: true });

      await givePassword(page, email);
      await page.locator('#content').waitFor();
      await page.goto('/account');
      await press('directory.factor.turnOn');
      const section = page.locator('section[aria-labelledby=my-factor]');
      await section.locator('input[type=password]').fill('not this one');
      await page.keyboard.press('Enter');
      await section.getByText(say('fault.wrong')).waitFor();
      await section.locator('input[type=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: say('directory.factor.picture') }).waitFor();
      const address = (await section.locator('a[href^="otpauth:"]').getAttribute('href'))!;
      const key = new URL(address).searchParams.get('secret')!;
      await section.getByText(key.match(/.{4}/g)!.join(' '), { exact: true }).waitFor();
      await expectUsable(page, name('key'));
      await page.getByRole('img', { name: say('directory.factor.picture') }).scrollIntoViewIfNeeded();
      await expectUsable(page, name('picture'));

      const code = field('directory.factor.code');
      expect(await code.getAttribute('autocomplete')).to.equal('one-time-code');
      expect(await code.getAttribute('inputmode')).to.equal('numeric');
      await code.fill(wrongCode(key));
      await page.keyboard.press('Enter');
      await section.getByText(say('fault.wrong_code')).waitFor();
      expect(await code.inputValue(), 'what was typed stays').to.equal(wrongCode(key));
      await expectUsable(page, name('wrong'));
      await code.fill(codeOn(key).replace(/(...)/, '$1 '));
      await page.keyboard.press('Enter');
      const codes = section.getByRole('listitem');
      await codes.nth(9).waitFor();
      const recovery = await codes.allTextContents();
      expect(recovery).to.have.length(10);
      await codes.first().scrollIntoViewIfNeeded();
      await expectUsable(page, name('recovery'));
      await press('directory.factor.kept');
      await section.getByText(say('directory.factor.left', { count: 10 })).waitFor();
      await section.scrollIntoViewIfNeeded();
      await expectUsable(page, name('on'));

      await context.clearCookies();
      await givePassword(page, email);
      await page.getByRole('heading', { name: say('directory.factor.ask') }).waitFor();
      await expectUsable(page, name('ask'));
      await field('directory.factor.code').fill(wrongCode(key));
      await page.keyboard.press('Enter');
      await page.getByText(say('fault.wrong_code')).waitFor();
      // The phone threw the page away while the person looked for the code.
      await page.reload();
      await field('directory.factor.code').fill(codeOn(key, 1));
      await page.keyboard.press('Enter');
      await page.locator('#content').waitFor();

      // The session ends under a page with words in it; it comes back over the page, with a recovery code.
      await page.goto('/account');
      await page.getByLabel(say('directory.name'), { exact: true }).fill('A name being typed');
      await server.app.session.store.endAll(person.id);
      await context.clearCookies();
      await page.locator('section[aria-labelledby=about-me] button[type=submit]').click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      await dialog.getByText(say('directory.factor.askText')).waitFor();
      await dialog.getByRole('button', { name: say('directory.factor.useRecovery') }).click();
      await expectUsable(page, name('lost'));
      await field('directory.factor.recoveryCode').fill(recovery[0]!.toUpperCase());
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await section.getByText(say('directory.factor.left', { count: 9 })).waitFor();
      expect(await page.getByLabel(say('directory.name'), { exact: true }).inputValue()).to.equal(
        'A name being typed',
      );

      // What says that it was saved would stand beside the dialog, or not, as time has it.
      await page.reload();
      await press('directory.factor.turnOff');
      await dialog.locator('input[type=password]').fill(testPassword);
      await dialog.getByRole('button', { name: say('directory.factor.useRecovery') }).click();
      await expectUsable(page, name('turn-off'));
      await field('directory.factor.recoveryCode').fill(recovery[1]!);
      await page.keyboard.press('Enter');
      await section.getByText(say('directory.factor.off')).waitFor();
      expect(errors.filter((line) => !/status of 4(01|22)/.test(line))).to.deep.equal([]);
      await context.close();
    });

    it(`is shown to the administrator, who takes it away (${language}, ${size})`, async () => {
      const say = sayIn[language];
      const administrator = await server.as('administrator');
      await administrator.patch('/api/me', { language });
      const lost = `Somebody with a lost phone, ${language} ${size}`;
      const person = await server.as('activist', { name: lost });
      await withPhone(person);
      const { page, context } = await openWindow({
        url: server.url,
        language,
        size: size === 'phone' ? phone : desktop,
      });
      await givePassword(page, await emailOf(administrator));
      await page.locator('#content').waitFor();
      await page.goto('/users');
      const more = say('directory.users.more', { name: lost });
      await page.getByRole('button', { name: more }).click();
      await page.getByRole('menuitem', { name: say('directory.factor.reset') }).click();
      const dialog = page.getByRole('dialog');
      const deed = dialog.getByRole('button', { name: say('directory.factor.reset'), exact: true });
      await deed.click();
      await dialog.getByText(say('fault.required')).waitFor();
      await expectUsable(page, `factor-reset-${language}-${size}`);
      await dialog.getByLabel(say('directory.factor.reason.phone_lost')).check();
      await deed.click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(say('directory.factor.resetDone', { name: lost })).waitFor();
      await page.reload();
      await page.getByRole('button', { name: more }).click();
      await page.getByRole('menuitem', { name: say('common.edit') }).click();
      await dialog.getByText(say('directory.factor.reason.phone_lost')).waitFor();
      await expectUsable(page, `factor-person-${language}-${size}`);
      expect((await person.get('/api/me')).status).to.equal(401);
      await context.close();
    });
  }
});

describe('a second factor that the office asks for, in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ SECOND_FACTOR: 'required' });
  });
  after(() => server.stop());

  for (const [language, size] of looks)
    it(`comes before everything, and then everything comes (${language}, ${size})`, async () => {
      const say = sayIn[language];
      const person = await server.as('cso_member');
      await person.patch('/api/me', { language });
      const { page, context } = await openWindow({
        url: server.url,
        language,
        size: size === 'phone' ? phone : desktop,
      });
      await page.goto('/referrals');
      await page.locator('input[type=email]').fill((await person.get('/api/me')).body.data.email);
      await page.locator('input[type=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: say('directory.factor.owed') }).waitFor();
      await expectUsable(page, `factor-owed-${language}-${size}`);
      await page.locator('input[type=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      const address = (await page.locator('a[href^="otpauth:"]').getAttribute('href'))!;
      const key = new URL(address).searchParams.get('secret')!;
      await page.getByLabel(say('directory.factor.code'), { exact: true }).fill(codeOn(key));
      await page.keyboard.press('Enter');
      await page.getByRole('listitem').nth(9).waitFor();
      await expectUsable(page, `factor-owed-codes-${language}-${size}`);
      await page.getByRole('button', { name: say('directory.factor.kept'), exact: true }).click();
      await page.waitForURL('**/referrals');
      await page.locator('#content').waitFor();
      await context.close();
    });
});
