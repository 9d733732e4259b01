// Duty: windows of the example accounts, signed in through the page as a new user would. What they then do is the story's.
import type { BrowserContext, Page } from 'playwright-core';
import type { Language, Role } from '../../shared/directory.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { makeSpeaker, type Speaker } from '../../shared/i18n.ts';
import { openWindow, type WindowOptions } from '../support/browser.ts';

const speakers = {
  en: makeSpeaker('en', en, en),
  sq: makeSpeaker('sq', sq, en),
  sr: makeSpeaker('sr', sr, en),
};

export interface Account {
  email: string;
  password: string;
  role: Role;
  name: string;
}

export interface Somebody {
  page: Page;
  context: BrowserContext;
  say: Speaker['say'];
  errors: string[];
}

export async function exampleAccounts(url: string): Promise<Account[]> {
  const answer = await fetch(`${url}/api/instance`);
  return ((await answer.json()) as { data: { exampleAccounts: Account[] } }).data.exampleAccounts;
}

export async function signedIn(
  account: Account,
  language: Exclude<Language, 'rom'>,
  options: WindowOptions,
): Promise<Somebody> {
  const { say } = speakers[language];
  const opened = await openWindow({ ...options, language: language === 'sr' ? 'sr-Latn' : language });
  const { page, context } = opened;
  await context.addInitScript((chosen) => localStorage.setItem('kosint.language', chosen), language);
  await page.goto('/sign-in');
  await page.getByLabel(say('directory.email')).fill(account.email);
  await page.locator('input[type=password]').fill(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => address.pathname !== '/sign-in');
  await context.request.patch('/api/me', { data: { language }, headers: { 'X-Requested-With': 'demo' } });
  await page.goto('/');
  await page.locator('#content h1').waitFor();
  // Asking who is signed in before anybody is, is answered 401.
  opened.errors.length = 0;
  return { ...opened, say };
}
