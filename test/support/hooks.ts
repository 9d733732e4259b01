// Duty: what the whole mocha process needs after every test file. No test logic here.
import { closeBrowser } from './browser.ts';
import { closeDatabase } from './database.ts';

export const mochaHooks = {
  async afterAll() {
    await closeBrowser();
    await closeDatabase();
  },
};
