// Duty: what the whole mocha process needs after every test file. No test logic here.
import { closeBrowser } from './browser.ts';
import { closeDatabase } from './database.ts';

export const mochaHooks = {
  async afterAll() {
    await closeBrowser();
    // In one of several processes this runs after each of its files, and the next one wants the database again.
    if (process.env.MOCHA_WORKER_ID === undefined) await closeDatabase();
  },
};
