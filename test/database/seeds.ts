// Duty: the seeds of the random tests: one that never changes, and one of today, printed so that a failure can be repeated.

const fixedSeed = 20_240_101;
const asked = process.argv.find((argument) => argument.startsWith('--seed='));
const todaysSeed = asked ? Number(asked.slice('--seed='.length)) : Math.floor(Math.random() * 2 ** 31);

export const seeds: readonly number[] = [fixedSeed, todaysSeed];

/** The name of a test that runs with this seed; the random one can be given again by `--seed=`. */
export const seeded = (title: string, seed: number): string => `${title} (seed ${seed})`;
