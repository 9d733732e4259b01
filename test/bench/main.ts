// Duty: the main job under load: open a case, list, map, dashboard, search, create, against two baselines in the same run.
import { type Job, type JobName, jobNames } from './adapter.ts';
import { bareBaseline, staticBaseline } from './baselines.ts';
import { type LoadOptions, type LoadResult, load, warmUp } from './load.ts';
import { cpuMilliseconds } from './processes.ts';
import { type BenchRow, kept } from './rows.ts';
import { type Target, type TargetOptions, withTarget } from './target.ts';

/** What each job is called in reports, and how often a second it should be done. */
const jobGoals: Record<JobName, { label: string; perSecond: number }> = {
  open: { label: 'open a case', perSecond: 5000 },
  list: { label: 'list, 3 filters, newest 50', perSecond: 2200 },
  map: { label: 'map, about 5,000 points', perSecond: 600 },
  dashboard: { label: 'dashboard counts', perSecond: 4000 },
  search: { label: 'search, two words, 20', perSecond: 2000 },
  create: { label: 'create, durable', perSecond: 1400 },
};
const mapKilobytes = 40;

interface Measured extends LoadResult {
  /** Of server and database together, in milliseconds; null when the server runs elsewhere. */
  cpuPerRequest: number | null;
}

export const questionOf = (target: Target, job: Job, seconds: number): LoadOptions => ({
  ...job,
  url: target.url,
  headers: { ...target.headers, ...job.headers },
  seconds,
});

async function measured(target: Target, job: Job, seconds: number): Promise<Measured> {
  const options = questionOf(target, job, seconds);
  await warmUp(options);
  const pid = target.server?.pid;
  const before = pid ? cpuMilliseconds(pid) : 0;
  const result = await load(options);
  return { ...result, cpuPerRequest: pid ? (cpuMilliseconds(pid) - before) / result.requests : null };
}

function noteOf({ p50, p99, bytes, cpuPerRequest }: Measured): string {
  const cpu = cpuPerRequest === null ? '' : `, ${cpuPerRequest.toFixed(2)} ms CPU a request`;
  return `p50 ${p50} ms, p99 ${p99} ms, ${bytes.toLocaleString('en')} bytes${cpu}`;
}

export interface MainOptions extends TargetOptions {
  seconds: number;
  /** Only the jobs whose names contain this. */
  only?: string | undefined;
}

export function benchMain({ seconds, only = '', ...options }: MainOptions): Promise<BenchRow[]> {
  return withTarget(options, async (target) => {
    const rows: BenchRow[] = [];
    const jobs = await target.adapter.jobs(target);
    const prebuilt = new Map<number, number>();
    for (const name of jobNames) {
      const job = jobs[name];
      const { label, perSecond } = jobGoals[name];
      if (!job || !label.includes(only)) continue;
      process.stderr.write(`${label}…\n`);
      const result = await measured(target, job, seconds);
      const size = Math.max(100, Math.round(result.bytes / 500) * 500);
      if (!prebuilt.has(size))
        prebuilt.set(size, (await staticBaseline(size, Math.min(4, seconds))).requestsPerSecond);
      const baselines = [{ name: 'prebuilt answer', value: prebuilt.get(size)! }];
      if (job.bare && target.databaseUri) {
        const bare = await bareBaseline(target.databaseUri, job.bare, seconds);
        baselines.push({ name: 'bare driver', value: bare });
      }
      rows.push({
        name: label,
        value: result.requestsPerSecond,
        unit: 'req/s',
        ...kept(`≥ ${perSecond.toLocaleString('en')}`, result.requestsPerSecond),
        baselines,
        note: noteOf(result),
      });
      if (name === 'map') rows.push(mapSize(result.bytes));
    }
    return rows;
  });
}

const mapSize = (bytes: number): BenchRow => ({
  name: 'map, one answer as sent',
  value: bytes / 1024,
  unit: 'KB',
  ...kept(`≤ ${mapKilobytes}`, bytes / 1024),
});
