// Duty: signing in, languages, a session that ends under a page, and the administrator's pages, in real Chromium by keyboard and touch.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { axeFaults, openWindow, phone, picture, scrollsSideways, sizesIn } from '../support/browser.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';
import { say, sayIn } from '../support/windows.ts';

describe('the directory in a browser', function () {
  this.timeout(120_000);
  let server: TestServer;
  let administrator: Person;
  const email = (person: Person) =>
    person.send('GET', '/api/me').then(({ body }) => body.data.email as string);

  before(async () => {
    server = await startTestServer();
    administrator = await server.as('administrator');
  });
  after(() => server.stop());

  async function signIn(page: Page, person: Person): Promise<void> {
    await page.goto('/sign-in');
    await page.locator('input[type=email]').fill(await email(person));
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    await page.locator('#content').waitFor();
  }

  /** What the content security policy refused on this page: a style element, an inlined script. */
  async function heardRefusals(page: Page): Promise<string[]> {
    const refused: string[] = [];
    await page.exposeFunction('tellRefused', (what: string) => refused.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const tell = (window as unknown as { tellRefused(what: string): void }).tellRefused;
        tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    return refused;
  }

  it('signs in by keyboard alone, says what is wrong, keeps the e-mail', async () => {
    const activist = await server.as('activist');
    const { page, context, errors } = await openWindow({ url: server.url, language: 'sq' });
    const refused = await heardRefusals(page);
    await page.goto('/cases?late=true');
    await page.waitForURL('**/sign-in?next=**');
    expect(await page.locator('html').getAttribute('lang')).to.equal('sq');
    await page.locator('input[type=email]').focus();
    await page.keyboard.type(await email(activist));
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(sayIn.sq('error.signIn.wrong')).waitFor();
    expect(await page.locator('input[type=email]').inputValue()).to.equal(await email(activist));
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/cases?late=true');
    expect(refused).to.deep.equal([]);
    expect(errors.filter((line) => !/status of 40[134]/.test(line))).to.deep.equal([]);
    await context.close();
  });

  it('switches the language without a reload, and remembers it for the next device', async () => {
    const activist = await server.as('activist');
    const { page, context } = await openWindow({ url: server.url });
    await signIn(page, activist);
    await page.goto('/account');
    await page.evaluate(() => Object.assign(window, { sameLoad: true }));
    await page.getByRole('button', { name: /English/ }).click();
    await page.getByRole('menuitemradio', { name: 'Srpski' }).click();
    await page.getByRole('heading', { level: 1, name: sayIn.sr('directory.account.title') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).to.equal('sr-Latn');
    expect(await page.title()).to.contain(sayIn.sr('directory.account.title'));
    expect(await page.evaluate(() => 'sameLoad' in window)).to.equal(true);
    await page.waitForFunction(async () => {
      const answer = await fetch('/api/me');
      return (await answer.json()).data.language === 'sr';
    });
    await context.close();
  });

  it('asks for the password over a page whose session ended, and then saves what was typed', async () => {
    const activist = await server.as('activist');
    const { page, context } = await openWindow({ url: server.url });
    await signIn(page, activist);
    await page.goto('/account');
    const name = page.getByLabel(say('directory.name'), { exact: true });
    await name.fill('Typed before the session ended');
    await context.clearCookies({ name: 'kosint.sid' });
    const aboutMe = page.getByRole('region', { name: say('directory.account.me') });
    await aboutMe.getByRole('button', { name: say('common.save') }).click();
    const dialog = page.getByRole('dialog', { name: say('directory.lost.title') });
    await dialog.waitFor();
    expect(await axeFaults(page)).to.deep.equal([]);
    await dialog.getByLabel(say('directory.password'), { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByText(say('common.saved')).waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await name.inputValue()).to.equal('Typed before the session ended');
    const { body } = await activist.get('/api/me');
    expect(body.data.name).to.equal('Typed before the session ended');
    await context.close();
  });

  it('invites a person by a link, who begins with it; the list shows them without a reload', async () => {
    const { page, context } = await openWindow({ url: server.url });
    await signIn(page, administrator);
    await page.goto('/users');
    await page.getByRole('button', { name: say('directory.users.invite') }).click();
    const drawer = page.getByRole('dialog', { name: say('directory.users.invite') });
    await drawer.getByRole('button', { name: say('directory.users.inviteSend'), exact: true }).click();
    await drawer.getByText(say('fault.required')).first().waitFor();
    await drawer.getByLabel(say('directory.name'), { exact: true }).fill('Mirjeta Berisha-Krasniqi');
    await drawer.getByLabel(say('directory.email'), { exact: true }).fill('mirjeta@example.org');
    await drawer.getByLabel(say('directory.municipality'), { exact: true }).selectOption('gjakova');
    await drawer.getByLabel('Shqip').check();
    await drawer.getByRole('button', { name: say('directory.users.inviteSend'), exact: true }).click();
    const link = page.getByRole('textbox', { name: say('directory.users.link') });
    const address = new URL(await link.inputValue());
    await page.getByRole('button', { name: say('common.close') }).click();
    const row = page.getByRole('row', { name: /Mirjeta/ });
    await row.getByText(say('directory.users.status.invited')).waitFor();

    const theirs = await openWindow({ url: server.url, size: phone });
    await theirs.page.goto(address.pathname);
    await theirs.page
      .getByRole('heading', {
        name: sayIn.sq('directory.invitation.title', { name: 'Mirjeta Berisha-Krasniqi' }),
      })
      .waitFor();
    await theirs.page.locator('input[type=password]').fill('too short');
    await theirs.page.keyboard.press('Enter');
    await theirs.page.getByText(sayIn.sq('fault.too_short', { minimum: '12' })).waitFor();
    await theirs.page.locator('input[type=password]').fill('katër mollë të kuqe');
    await theirs.page.keyboard.press('Enter');
    await theirs.page.locator('#content').waitFor();

    await row.getByText(say('directory.users.status.active')).waitFor();
    await theirs.context.close();
    await context.close();
  });

  it('lets two administrators change different fields of one person, and shows both sides of the same one', async () => {
    const other = await server.as('activist', { name: 'Two Hands' });
    const { page, context } = await openWindow({ url: server.url });
    await signIn(page, administrator);
    await page.goto('/users');
    await page.getByRole('button', { name: say('directory.users.more', { name: 'Two Hands' }) }).click();
    await page.getByRole('menuitem', { name: say('common.edit') }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(say('directory.name'), { exact: true }).fill('Two Hands and a Heart');
    const { body } = await administrator.get('/api/users');
    const record = body.data.find((user: { id: string }) => user.id === other.id);
    const fields = { role: 'activist', organisation: null, active: true };
    const change = (more: object) =>
      administrator.patch(`/api/users/${other.id}`, {
        ...fields,
        name: record.name,
        municipality: record.municipality,
        language: record.language,
        ...more,
      });
    expect((await change({ municipality: 'prizren', version: record.version })).status).to.equal(200);
    await drawer.getByRole('button', { name: say('common.save') }).click();
    await drawer.waitFor({ state: 'detached' });
    const merged = (await administrator.get('/api/users')).body.data.find(
      (user: { id: string }) => user.id === other.id,
    );
    expect(merged).to.include({ name: 'Two Hands and a Heart', municipality: 'prizren' });

    await page.getByRole('button', { name: say('directory.users.more', { name: merged.name }) }).click();
    await page.getByRole('menuitem', { name: say('common.edit') }).click();
    await drawer.getByLabel(say('directory.name'), { exact: true }).fill('Mine');
    await change({ name: 'Theirs', municipality: 'prizren', version: merged.version });
    await drawer.getByRole('button', { name: say('common.save') }).click();
    await drawer.getByRole('alert').getByText('Theirs').waitFor();
    expect(await drawer.getByLabel(say('directory.name'), { exact: true }).inputValue()).to.equal('Mine');
    await drawer.getByRole('button', { name: say('common.save') }).click();
    await page.getByRole('row', { name: /Mine/ }).waitFor();
    await context.close();
  });

  it('signs out here, and on every device at once', async () => {
    const activist = await server.as('activist');
    const first = await openWindow({ url: server.url });
    const second = await openWindow({ url: server.url });
    await signIn(first.page, activist);
    await signIn(second.page, activist);
    await second.page.goto('/account');
    await second.page.getByRole('button', { name: say('directory.account.endAll') }).click();
    await second.page
      .getByRole('dialog')
      .getByRole('button', { name: say('directory.account.endAll') })
      .click();
    await second.page.waitForURL('**/sign-in**');
    await first.page
      .getByRole('heading', { name: say('directory.signIn') })
      .or(first.page.getByRole('dialog', { name: say('directory.lost.title') }))
      .waitFor();
    await first.context.close();
    await second.context.close();
  });

  const pages: [string, string, boolean][] = [
    ['sign-in', '/sign-in', false],
    ['forgot', '/forgot-password', false],
    ['reset', '/reset/abcdefghijklmnopqrstuvwxyz', false],
    ['invitation-unknown', '/invitation/abcdefghijklmnopqrstuvwxyz', false],
    ['account', '/account', true],
    ['users', '/users', true],
    ['organisations', '/organisations', true],
    ['nowhere', '/nowhere', true],
  ];
  for (const language of ['sq', 'sr', 'en'] as const)
    for (const [size, name] of sizesIn(language))
      it(`shows every page in ${language} on a ${name}, without a fault of axe or a sideways scroll`, async () => {
        const dark = (language === 'sr') === (name === 'phone');
        const { page, context } = await openWindow({ url: server.url, size, dark });
        const refused = await heardRefusals(page);
        await page.addInitScript((one) => localStorage.setItem('kosint.language', one), language);
        await administrator.patch('/api/me', { language });
        const faults: string[] = [];
        const look = async (page_: string, path: string) => {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await picture(page, `${page_}-${language}-${name}`);
          faults.push(...(await axeFaults(page)).map((fault) => `${page_}: ${fault}`));
          if (await scrollsSideways(page)) faults.push(`${page_} scrolls sideways`);
        };
        for (const [page_, path, inside] of pages) if (!inside) await look(page_, path);
        await signIn(page, administrator);
        for (const [page_, path, inside] of pages) if (inside) await look(page_, path);
        await page.goto('/users');
        await page.getByRole('button', { name: sayIn[language]('directory.users.invite') }).click();
        await page.getByRole('dialog').waitFor();
        await picture(page, `invite-${language}-${name}`);
        faults.push(...(await axeFaults(page)).map((fault) => `invite: ${fault}`));
        expect(faults).to.deep.equal([]);
        expect(refused).to.deep.equal([]);
        await context.close();
      });
});
