// Duty: the scenario `mixed`: two connections on the map, two creating, six on the list; one slow request must not hold up everyone.
import type { JobName } from './adapter.ts';
import { type LoadResult, load, warmUp } from './load.ts';
import { questionOf } from './main.ts';
import { type BenchRow, kept } from './rows.ts';
import { type TargetOptions, withTarget } from './target.ts';

const parts: [JobName, number][] = [
  ['map', 2],
  ['create', 2],
  ['list', 6],
];

export function benchMixed({
  seconds,
  ...options
}: TargetOptions & { seconds: number }): Promise<BenchRow[]> {
  return withTarget(options, async (target) => {
    const jobs = await target.adapter.jobs(target);
    const questions = parts.map(([name, connections]) => {
      const job = jobs[name];
      if (!job) throw new Error(`The adapter for ${target.adapter.name} has no job \`${name}\``);
      return { ...questionOf(target, job, seconds), connections };
    });
    for (const question of questions) await warmUp(question);
    const [map, create, list] = (await Promise.all(questions.map(load))) as [
      LoadResult,
      LoadResult,
      LoadResult,
    ];
    const rate = ({ requestsPerSecond }: LoadResult) => Math.round(requestsPerSecond).toLocaleString('en');
    return [
      {
        name: 'list, p99, while others use the map and create',
        value: list.p99,
        unit: 'ms',
        ...kept('≤ 20', list.p99),
        note: `p50 ${list.p50} ms; a second: ${rate(list)} lists, ${rate(map)} maps (p99 ${map.p99} ms), ${rate(create)} creates (p99 ${create.p99} ms)`,
      },
    ];
  });
}
