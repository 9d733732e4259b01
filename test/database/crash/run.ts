// Duty: `npm run crash -- [--rounds N] [--writers N] [--seed S]`: the long crash test.
import { parseArgs } from 'node:util';
import { crashRounds } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    writers: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const { rounds, acknowledged, faults } = await crashRounds({
  rounds: Number(values.rounds),
  writers: Number(values.writers),
  seed,
});
for (const fault of faults) console.error(fault);
console.log(`${rounds} rounds, ${acknowledged} acknowledged writes, ${faults.length} faults (seed ${seed})`);
process.exit(faults.length === 0 && acknowledged > 0 ? 0 : 1);
