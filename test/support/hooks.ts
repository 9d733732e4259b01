// Duty: what the whole mocha process needs after every test file. No test logic here.
import type { Context, Test } from 'mocha';
import { closeBrowser } from './browser.ts';
import { closeDatabase } from './database.ts';

export const mochaHooks = {
  afterEach(this: Context) {
    const test = this.currentTest as (Test & { currentRetry(): number }) | undefined;
    if (test?.state === 'passed' && test.currentRetry() > 0)
      console.log(`passed at the second attempt: ${test.fullTitle()}`);
  },
  async afterAll() {
    await closeBrowser();
    // In one of several processes this runs after each of its files, and the next one wants the database again.
    if (process.env.MOCHA_WORKER_ID === undefined) await closeDatabase();
  },
};
