// Duty: whether this process can do its work now: database, index of cases, jobs, and not on its way out. Numbers are metrics.ts.
import mongoose from 'mongoose';
import { caseIndexNow } from '../features/cases/caseIndexFeed.ts';
import { JobModel, type JobState } from '../jobs/jobs.model.ts';

/** When most jobs are this much overdue, no process looks at jobs any more. One alone fails by itself: no reason to serve nobody. */
const latestMilliseconds = 15 * 60_000;
const askMilliseconds = 2_000;

export interface Readiness {
  ready: boolean;
  checks: { database: boolean; index: boolean; jobs: boolean; serving: boolean };
}

/** Jobs of this installation; the database remembers those of others, and of other days, too. */
let expected: ReadonlySet<string> = new Set();
export function expectJobs(names: readonly string[]): void {
  expected = new Set(names);
}

let leaving = false;
/** From here on whoever distributes requests sends none here. */
export function leaveService(): void {
  leaving = true;
}

/** Whoever watches is answered, whatever hangs. */
export const within = <Value>(promise: Promise<Value>, otherwise: Value): Promise<Value> =>
  Promise.race([
    promise.catch(() => otherwise),
    new Promise<Value>((resolve) => setTimeout(resolve, askMilliseconds, otherwise).unref()),
  ]);

/** How late each job is, also while it is being done: one that never ends is not to look like one that is done. */
export async function jobLag(): Promise<{ name: string; milliseconds: number }[]> {
  const now = Date.now();
  const jobs = await JobModel.find().lean<JobState[]>();
  return jobs
    .filter(({ _id, nextAt }) => expected.has(_id) && nextAt.getTime() > 0)
    .map(({ _id, nextAt }) => ({ name: _id, milliseconds: Math.max(0, now - nextAt.getTime()) }));
}

export async function readiness(): Promise<Readiness> {
  const [database, index, jobs] = await Promise.all([
    within(
      mongoose.connection.db!.command({ ping: 1 }).then(() => true),
      false,
    ),
    within(
      caseIndexNow().then((found) => found !== null),
      false,
    ),
    within(
      jobLag().then(
        (lags) =>
          2 * lags.filter(({ milliseconds }) => milliseconds >= latestMilliseconds).length <= lags.length,
      ),
      false,
    ),
  ]);
  const checks = { database, index, jobs, serving: !leaving };
  return { ready: Object.values(checks).every(Boolean), checks };
}
