// Duty: the main job as two people live it: log on a phone in Albanian, seen on a coordinator's map and list, triaged, seen by the activist.
import { expect } from 'chai';
import { desktop, phone, picture } from '../support/browser.ts';
import { exampleAccounts, type Somebody, signedIn } from './people.ts';

/** The first sentence of the story becomes the title. */
const title = 'Njëmbëdhjetë familje kanë vetëm një çezme';
const story = `${title}. Në dimër uji ngrin.`;

/** What somebody does and how long it took, in words. */
const told = (words: string, began?: number) =>
  console.log(began ? `${words}: ${Date.now() - began} ms` : words);

async function logCase({ page, say }: Somebody): Promise<string> {
  const press = (name: string | RegExp) =>
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).tap();
  await page.goto('/cases/new');
  await press(new RegExp(`^${say('case.kind.group')}`));
  await press(say('theme.housing'));
  await press(new RegExp(`^${say('subTheme.infrastructure')}`));
  await page.getByText(say('map.pick.onlyMunicipality')).tap();
  await press(say('common.next'));
  await page.getByLabel(say('case.description')).fill(story);
  await page.getByLabel(say('case.need')).fill('Lidhje me ujësjellësin');
  await press(say('common.next'));
  await press(`${say('case.people.howMany')} +10`);
  await press(say('common.next'));
  await page.getByLabel(say('case.log.consent.none')).tap();
  await picture(page, 'demo-1-review-phone-sq');
  await press(say('case.log.save'));
  await page.getByText(say('case.log.receipt'), { exact: true }).waitFor();
  await picture(page, 'demo-2-logged-phone-sq');
  return /[A-Z]{3}-\d{4}-\d{4}/.exec(await page.title())![0];
}

/** Throws when a step does not come true; live ones within a second. */
export async function tellMainJob(url: string): Promise<{ reference: string }> {
  const accounts = await exampleAccounts(url);
  const of = (role: string) => accounts.find((account) => account.role === role)!;
  const activist = await signedIn(of('activist'), 'sq', { url, size: phone });
  const coordinator = await signedIn(of('coordinator'), 'en', { url, size: desktop });
  const { page, say } = coordinator;
  await page.goto('/cases');
  await page.locator('a[data-case]').first().waitFor();
  const map = await coordinator.context.newPage();
  await map.goto('/map');
  const shown = async () =>
    Number(/\d+/.exec((await map.locator('output').textContent()) ?? '')?.[0] ?? Number.NaN);
  await map.locator('output').filter({ hasText: /\d/ }).waitFor();
  const before = await shown();
  const seen = map
    .locator('output')
    .filter({ hasText: new RegExp(`\\b${before + 1}\\b`) })
    .waitFor();

  const reference = await logCase(activist);
  const began = Date.now();
  told(`${reference} is logged, in Albanian, on a phone`);
  await Promise.all([seen, page.getByText(reference).first().waitFor()]);
  expect(Date.now() - began, 'milliseconds until list and map show it').to.be.lessThan(1000);
  told("It is on the coordinator's list and map", began);
  await picture(map, 'demo-3-map-desktop-en');
  await picture(page, 'demo-4-list-desktop-en');

  await page.getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: say('case.move.triage'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('case.move.inScope')).check();
  await dialog.getByRole('combobox', { name: say('case.lead') }).click();
  await page.getByRole('option', { name: new RegExp(of('activist').name.replace(/[()]/g, '\\$&')) }).click();
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  const triaged = Date.now();
  await activist.page
    .getByRole('article')
    .getByText(activist.say('status.triaged'), { exact: true })
    .first()
    .waitFor();
  told('The activist sees the new lead and status without reload', triaged);
  await picture(activist.page, 'demo-5-assigned-phone-sq');
  expect([...activist.errors, ...coordinator.errors]).to.deep.equal([]);
  await activist.context.close();
  await coordinator.context.close();
  return { reference };
}
