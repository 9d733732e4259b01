// Duty: browser windows of signed-in people, and the words they press, in each language. No assertions here.
import type { Page } from 'playwright-core';
import type { Language } from '../../shared/directory.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';
import { type OpenedWindow, openWindow, type WindowOptions } from './browser.ts';
import type { Person } from './server.ts';

export const { say } = makeSpeaker('en', en, en);
export const sayIn = { sq: makeSpeaker('sq', sq, sq).say, sr: makeSpeaker('sr', sr, sr).say, en: say };

type Options = Omit<WindowOptions, 'url' | 'language'> & { language?: Language };

/** Signed in as that person, in that language, and nowhere yet. */
export async function signedInWindow(person: Person, options: Options = {}): Promise<OpenedWindow> {
  const { language = 'en', ...rest } = options;
  await person.patch('/api/me', { language });
  const opened = await openWindow({ ...rest, url: person.server.url });
  const [name, value] = person.cookie.split('=') as [string, string];
  await opened.context.addCookies([{ name, value, url: person.server.url, httpOnly: true }]);
  await opened.context.addInitScript((chosen) => localStorage.setItem('kosint.language', chosen), language);
  return opened;
}

/** The same at an address. */
export async function windowOf(person: Person, path: string, options: Options = {}): Promise<OpenedWindow> {
  const opened = await signedInWindow(person, options);
  await opened.page.goto(path);
  await opened.page.locator('#content').waitFor();
  return opened;
}

/** The same on the map, once it tells what it counted. */
export async function mapOf(
  person: Person,
  path = '/map',
  options: Options = {},
  counted = /\d/,
): Promise<OpenedWindow> {
  const opened = await windowOf(person, path, options);
  await opened.page.locator('output').filter({ hasText: counted }).waitFor();
  return opened;
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

/** Through the questions of logging up to the review, by touch. */
export async function answerIntake(page: Page, story: string): Promise<void> {
  await button(page, new RegExp(`^${say('case.kind.group')}`)).tap();
  await button(page, say('theme.housing')).tap();
  await button(page, new RegExp(`^${say('subTheme.infrastructure')}`)).tap();
  await page.getByRole('heading', { level: 1, name: say('case.log.where') }).waitFor();
  await page.getByText(say('map.pick.onlyMunicipality')).tap();
  await button(page, say('common.next')).tap();
  await page.getByLabel(say('case.description')).fill(story);
  await page.getByLabel(say('case.need')).fill('A connection to the water main');
  await button(page, say('common.next')).tap();
  await button(page, `${say('case.people.howMany')} +10`).tap();
}
