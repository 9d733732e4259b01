// Duty: the short crash test; `npm run crash` is the long one.
import { expect } from 'chai';
import { crashRounds } from './crash/rounds.ts';

describe('A database that is killed under sixteen writers', () => {
  const seed = Date.now() % 1_000_000;
  it(`keeps every acknowledged write, every index entry and count (seed ${seed})`, async () => {
    const { acknowledged, faults } = await crashRounds({ rounds: 3, writers: 16, seed });
    expect(faults).to.deep.equal([]);
    expect(acknowledged).to.be.greaterThan(50);
  }).timeout(60_000);
});
