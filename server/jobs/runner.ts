// Duty: do what time asks for, once, in whichever process comes first; one clock for all. What each job does lives in its slice.
import { randomUUID } from 'node:crypto';
import type { QueryFilter } from 'mongoose';
import { clock } from '../clock.ts';
import { log, report } from '../log.ts';
import { isKnownDead, ownMark } from '../processMark.ts';
import { JobModel, type JobState } from './jobs.model.ts';

export interface Job {
  name: string;
  everyMinutes: number;
  /** It takes so long that the others do not wait for it. */
  beside?: true;
  /**
   * Does all that is due at that moment and answers how many things it did. Must be safe to run twice. `stopping` says that the
   * server stops: whoever takes long gives up.
   */
  run(now: Date, lastRun: Date | null, stopping: AbortSignal): Promise<number>;
}

const minute = 60_000;
/** Renewed while the run goes on; one that is cut short is taken up by whoever comes after. */
const holdMinutes = 10;
const renewMilliseconds = (holdMinutes * minute) / 4;
const duplicateKey = 11000;

/** A new one is due now: should it never succeed, it is seen to be late. */
async function introduce(job: Job, now: Date): Promise<void> {
  await JobModel.updateOne(
    { _id: job.name },
    { $setOnInsert: { nextAt: now, heldUntil: new Date(0) } },
    { upsert: true },
  ).catch((error: unknown) => {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
  });
}

/** Clocks of processes differ by less than that. */
const slackMinutes = 5;

/** Due; or noted for later than this clock could have noted it: it was set back since, and nothing may wait for the old one. */
const isOver = (now: Date, longestMinutes: number) => ({
  $not: { $gt: now, $lte: new Date(now.getTime() + (longestMinutes + slackMinutes) * minute) },
});

/** Runs that this process has in hand: name of the job → holder. */
const inHand = new Map<string, string>();

/** The job's state before, when it is `holder`'s to do now: nobody has it, or who has it is known to be dead. */
async function claim(job: Job, now: Date, holder: string): Promise<JobState | null> {
  const due = { _id: job.name, nextAt: isOver(now, job.everyMinutes) };
  const heldUntil = new Date(now.getTime() + holdMinutes * minute);
  const take = (free: QueryFilter<JobState>) =>
    JobModel.findOneAndUpdate(
      { ...due, ...free },
      { $set: { heldUntil, holder, process: ownMark() } },
      { returnDocument: 'before' },
    ).lean<JobState>();
  const free = await take({ heldUntil: isOver(now, holdMinutes) });
  if (free) return free;
  const held = await JobModel.findOne(due).lean<JobState>();
  return held && isKnownDead(held.process) ? take({ holder: held.holder }) : null;
}

/** However long a run takes, nobody else begins it; the answer ends that. A run that has ended is held no longer, whatever comes late. */
export function holdOn(
  name: string,
  holder: string,
  now: Date,
  everyMilliseconds = renewMilliseconds,
): () => void {
  inHand.set(name, holder);
  const begun = performance.now();
  const timer = setInterval(() => {
    const heldUntil = new Date(now.getTime() + performance.now() - begun + holdMinutes * minute);
    JobModel.updateOne({ _id: name, holder }, { $set: { heldUntil } }).catch((error: unknown) =>
      report(error, { job: name }),
    );
  }, everyMilliseconds).unref();
  return () => {
    clearInterval(timer);
    if (inHand.get(name) === holder) inHand.delete(name);
  };
}

/** Free for whoever comes next, with what the run leaves; nothing where the run has lost it meanwhile. */
const letGoOf = (name: string, holder: string, left: Partial<JobState> = {}) =>
  JobModel.updateOne(
    { _id: name, holder },
    { $set: { ...left, heldUntil: new Date(0), holder: null, process: null } },
  );

/** A run that seems to come is one before the clock was set back: what was done since is not known. */
const runBefore = ({ lastRunAt }: JobState, now: Date): Date | null =>
  lastRunAt && lastRunAt <= now ? lastRunAt : null;

/** Runs every job that is due now and that no other process holds; answers what each did. A job that fails is tried again next time. */
export async function runDueJobs(
  jobs: readonly Job[],
  now = clock.now(),
  stopping = new AbortController().signal,
): Promise<Record<string, number>> {
  const did: Record<string, number> = {};
  for (const job of jobs) {
    if (stopping.aborted) break;
    await introduce(job, now);
    const holder = randomUUID();
    const before = await claim(job, now, holder);
    if (!before) continue;
    const letGo = holdOn(job.name, holder, now);
    try {
      const lastRun = runBefore(before, now);
      if (before.lastRunAt && !lastRun)
        log.warn({ job: job.name }, 'the clock was set back: the job runs anew');
      const done = await job.run(now, lastRun, stopping);
      letGo();
      did[job.name] = done;
      const nextAt = new Date(now.getTime() + job.everyMinutes * minute);
      await letGoOf(job.name, holder, { nextAt, lastRunAt: now, lastDone: done });
      if (done > 0) log.info({ job: job.name, done }, 'job done');
    } catch (error) {
      report(error, { job: job.name });
      letGo();
      await letGoOf(job.name, holder);
    }
  }
  return did;
}

/** Runs that a stop will not wait for any longer: whoever comes next takes them up at once. What they still do counts for nothing here. */
export async function giveJobsBack(): Promise<void> {
  await Promise.all([...inHand].map(([name, holder]) => letGoOf(name, holder)));
}

/** Looks every so often whether something is due; the answer stops it, after the runs under way. */
export function startJobs(jobs: readonly Job[], everyMilliseconds = 30_000): () => Promise<void> {
  const stopping = new AbortController();
  const rows = [
    jobs.filter(({ beside }) => !beside),
    ...jobs.filter(({ beside }) => beside).map((one) => [one]),
  ];
  const ends = rows.map((row) => startRow(row, everyMilliseconds, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(ends.map((end) => end()));
  };
}

/** These, one after the other. */
function startRow(
  jobs: readonly Job[],
  everyMilliseconds: number,
  stopping: AbortSignal,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const look = () => {
    if (busy) return;
    busy = true;
    running = runDueJobs(jobs, clock.now(), stopping)
      .catch((error: unknown) => report(error, { where: 'jobs' }))
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(look, everyMilliseconds);
  timer.unref();
  look();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
