// Duty: the scenario `memory`: what the server and its database child hold after the main job's load.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { jobNames } from './adapter.ts';
import { load, warmUp } from './load.ts';
import { questionOf } from './main.ts';
import { family, memoryMegabytes } from './processes.ts';
import { type BenchRow, kept } from './rows.ts';
import { type DataOptions, withTarget } from './target.ts';

const calmSeconds = 5;

/** Everything resident, pages of the database's file that happen to be in memory too. */
const residentMegabytes = (pid: number) =>
  family(pid).reduce((sum, id) => {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return sum + Number(kilobytes ?? 0) / 1024;
  }, 0);

export function benchMemory({ seconds, ...data }: DataOptions & { seconds: number }): Promise<BenchRow[]> {
  return withTarget(data, async (target) => {
    const { pid } = target.server!;
    const jobs = await target.adapter.jobs(target);
    for (const name of jobNames) {
      const job = jobs[name];
      if (!job) continue;
      const question = questionOf(target, job, seconds);
      await warmUp(question);
      await load(question);
    }
    const peak = memoryMegabytes(pid);
    await pause(calmSeconds * 1000);
    const value = memoryMegabytes(pid);
    const all = family(pid);
    const own = memoryMegabytes(pid, [pid]);
    return [
      {
        name: `server and database after load, ${data.cases.toLocaleString('en')} cases`,
        value,
        unit: 'MB',
        ...kept(data.cases > 100_000 ? '≤ 700' : '≤ 300', value),
        note: `server ${own.toFixed(0)}, database ${(value - own).toFixed(0)} (${all.length} processes); ${peak.toFixed(0)} at the end of the load; ${residentMegabytes(pid).toFixed(0)} with pages of the file`,
      },
    ];
  });
}
