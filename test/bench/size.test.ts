// Duty: the built client stays within its budget. What a page weighs is size.ts's.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const size = fileURLToPath(new URL('size.ts', import.meta.url));

describe('npm run size', () => {
  it('weighs every page, and finds the list of cases within its budget', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', size]);
    expect(stdout).to.match(/[\d.]+ KB JS +[\d.]+ KB CSS +\d+ files +features\/cases\/CasesPage\.tsx/);
    expect(stdout.split('\n').length).to.be.greaterThan(30);
  }).timeout(20_000);
});
