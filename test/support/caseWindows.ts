// Duty: browser windows of signed-in people on the pages of cases, and the words they press. No assertions here.
import type { BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../shared/directory.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';
import { openWindow, type WindowOptions } from './browser.ts';
import type { Person } from './server.ts';

export const { say } = makeSpeaker('en', en, en);

export interface CaseWindow {
  page: Page;
  context: BrowserContext;
  errors: string[];
}

/** Signed in as that person, in that language, at that address. */
export async function windowOf(
  person: Person,
  path: string,
  options: Omit<WindowOptions, 'url' | 'language'> & { language?: Language } = {},
): Promise<CaseWindow> {
  const { language = 'en', ...rest } = options;
  await person.patch('/api/me', { language });
  const opened = await openWindow({ ...rest, url: person.server.url });
  const [name, value] = person.cookie.split('=') as [string, string];
  await opened.context.addCookies([{ name, value, url: person.server.url, httpOnly: true }]);
  await opened.context.addInitScript((chosen) => localStorage.setItem('kosint.language', chosen), language);
  await opened.page.goto(path);
  await opened.page.locator('#content').waitFor();
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
