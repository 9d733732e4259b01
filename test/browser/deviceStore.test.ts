// Duty: what this device keeps of a person's own work is sealed, comes back after a crash, and goes with the case, the session and the person.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { phone } from '../support/browser.ts';
import { logged, moved, triage } from '../support/cases.ts';
import { tinyPng } from '../support/files.ts';
import { accept, consented, movedReferral, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';
import { answerIntake, button, say, windowOf } from '../support/windows.ts';

const secret = 'Agim waits behind the blue gate';

/** All of localStorage that belongs to somebody, and all bytes of their database as one text. */
const keptOn = (page: Page) =>
  page.evaluate(async () => {
    const texts = Object.entries(localStorage).filter(([key]) => key.startsWith('kosint.own.'));
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    let bytes = '';
    let exported = 'no key';
    for (const name of databases.filter((one) => one.startsWith('kosint.own.'))) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const [[key], files] = (await Promise.all(
        ['keys', 'files'].map(
          (store) =>
            new Promise((resolve) => {
              const asked = database.transaction(store).objectStore(store).getAll();
              asked.onsuccess = () => resolve(asked.result);
            }),
        ),
      )) as [CryptoKey[], Record<string, { bytes: ArrayBuffer }>[]];
      if (key)
        exported = await crypto.subtle.exportKey('raw', key).then(
          () => 'exported',
          (error: Error) => error.name,
        );
      for (const file of files)
        bytes +=
          JSON.stringify(Object.keys(file)) +
          Object.values(file)
            .map((part) => new TextDecoder('latin1').decode(part.bytes))
            .join('');
      database.close();
    }
    return { texts, databases, bytes, exported };
  });
/** Sealing takes a few milliseconds after the last keystroke. */
async function until(page: Page, holds: (kept: Awaited<ReturnType<typeof keptOn>>) => boolean) {
  for (let tries = 0; tries < 50; tries += 1) {
    const kept = await keptOn(page);
    if (holds(kept)) return kept;
    await page.waitForTimeout(100);
  }
  throw new Error(`Not so on the device: ${JSON.stringify((await keptOn(page)).texts)}`);
}

describe('What a device keeps', function () {
  this.timeout(120_000);
  let server: TestServer;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
  });
  after(() => server.stop());

  const noteBox = (page: Page) => page.getByLabel(say('case.note.add'), { exact: true }).first();

  it('is sealed with a key that nobody can take out, and comes back in a new page and another window', async () => {
    const { page, context, errors } = await windowOf(activist, '/cases/new', { size: phone });
    await answerIntake(page, secret);
    await page
      .locator('input[data-photos]')
      .setInputFiles({ name: 'Agim.png', mimeType: 'image/png', buffer: tinyPng });
    await page.getByRole('img', { name: say('case.log.photoPreview', { number: 1 }) }).waitFor();
    const kept = await until(page, ({ texts, bytes }) => texts.length > 0 && bytes.length > 0);
    expect(kept.texts.every(([, text]) => text.startsWith('s1.'))).to.equal(true);
    expect(JSON.stringify(kept.texts)).to.not.match(/Agim|blue gate|housing/);
    expect(kept.bytes).to.not.match(/Agim|image\/png|PNG|IHDR/);
    expect(kept.exported).to.equal('InvalidAccessError');
    // Killed without a word; and a value that somebody put under another name is nothing.
    await page.close();
    const again = await context.newPage();
    await again.goto('/cases/new');
    await again.getByText(secret).waitFor();
    const name = kept.texts[0]![0];
    await again.evaluate(
      ([from, to]) => localStorage.setItem(to!, localStorage.getItem(from!)!),
      [name, name.replace(/draft\..*/, 'note.01a1ffa9-b96f-732a-b6d0-d67d01082d7b')],
    );
    const second = await context.newPage();
    await second.goto('/cases/new');
    await second.getByText(secret).waitFor();
    expect(
      (await keptOn(second)).texts.map(([key]) => key).filter((key) => key.includes('.note.')),
    ).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
    await context.close();
  });

  it('goes with signing out, key and photos too', async () => {
    const person = await server.as('activist');
    const { page, context } = await windowOf(person, '/cases/new', { size: phone });
    await answerIntake(page, secret);
    await page
      .locator('input[data-photos]')
      .setInputFiles({ name: 'Agim.png', mimeType: 'image/png', buffer: tinyPng });
    await until(page, ({ bytes }) => bytes.length > 0);
    // Signed out from elsewhere, while the page is open.
    expect((await person.delete('/api/sessions')).status).to.be.lessThan(300);
    const left = await until(page, ({ texts, databases }) => texts.length === 0 && databases.length === 0);
    expect(left.exported).to.equal('no key');
    await context.close();
  });

  it('goes at the next opening where the session was ended while the device could not be told', async () => {
    const person = await server.as('activist');
    const elsewhere = server.stranger();
    const { email } = (await UserModel.findById(person.id))!;
    await elsewhere.post('/api/session', { email, password: testPassword });
    const { page, context } = await windowOf(person, '/cases/new', { size: phone });
    await answerIntake(page, secret);
    await until(page, ({ texts }) => texts.length > 0);
    await page.goto('about:blank');
    expect((await elsewhere.delete('/api/sessions')).status).to.equal(204);
    await page.goto('/sign-in');
    await until(page, ({ texts, databases }) => texts.length === 0 && databases.length === 0);
    await context.close();
  });

  it('goes with a case that is withdrawn from its reader, told at once or found out later', async () => {
    const recipient = await organisation();
    const lead = await server.as('team_lead');
    const partner = await server.as('cso_member', { organisation: recipient });
    const cases: string[] = [];
    for (let at = 0; at < 2; at += 1) {
      const id = await logged(activist);
      await moved(lead, id, triage(activist.id));
      await moved(activist, id, { move: 'start' });
      await consented(activist, id, recipient);
      await movedReferral(
        partner,
        await referred(activist, id, recipient, { kind: 'transfer' }),
        accept(partner),
      );
      cases.push(id);
    }
    const [first, second] = cases as [string, string];
    const { page, context } = await windowOf(partner, `/cases/${first}`);
    const about = (id: string) => (kept: { texts: [string, string][] }) =>
      kept.texts.some(([key]) => key.includes(id));
    await noteBox(page).fill(secret);
    await until(page, about(first));
    await page.goto(`/cases/${second}`);
    await noteBox(page).fill(secret);
    await until(page, about(second));
    await lead.post(`/api/cases/${second}/consents/withdraw`, {});
    await until(page, (kept) => !about(second)(kept));
    // Nobody could tell this one: the page is closed while it happens.
    await page.goto('about:blank');
    await lead.post(`/api/cases/${first}/consents/withdraw`, {});
    await page.goto('/referrals');
    await until(page, (kept) => !about(first)(kept));
    await context.close();
  });

  it('stays in memory alone where the browser gives no place for a key, and the page says so', async () => {
    const { page, context } = await windowOf(await server.as('activist'), '/cases');
    await context.addInitScript(() => {
      Object.defineProperty(IDBFactory.prototype, 'open', {
        value() {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    });
    await page.setViewportSize(phone);
    await page.goto('/cases/new');
    await button(page, new RegExp(`^${say('case.kind.group')}`)).click();
    await page.getByText(say('case.log.notSavedHere')).waitFor();
    const texts = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.own.')));
    expect(texts).to.deep.equal([]);
    await context.close();
  });
});
