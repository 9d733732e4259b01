// Duty: the scenario `start`: how long the built server takes from nothing to its first answers on a full folder.
import { type BenchRow, kept } from './rows.ts';
import { type DataOptions, startBuilt, withData } from './target.ts';

const runs = 5;

async function untilAnswered(dataDir: string): Promise<number> {
  const begun = performance.now();
  const server = await startBuilt(dataDir);
  try {
    const answer = await fetch(`${server.match[1]!}/api/instance`);
    if (!answer.ok) throw new Error(`The first answer was ${answer.status}`);
    await answer.json();
    return (performance.now() - begun) / 1000;
  } finally {
    await server.stop();
  }
}

/** The first start after a copy also reads the file for the first time, so it is not counted. */
export function benchStart(data: DataOptions): Promise<BenchRow[]> {
  return withData(data, async (dataDir) => {
    await untilAnswered(dataDir);
    const taken: number[] = [];
    for (let run = 0; run < runs; run += 1) taken.push(await untilAnswered(dataDir));
    taken.sort((a, b) => a - b);
    const value = taken[runs >> 1]!;
    const note = `best ${taken[0]!.toFixed(2)}, worst ${taken.at(-1)!.toFixed(2)}`;
    return [
      {
        name: `start to first answer, ${data.cases.toLocaleString('en')} cases`,
        value,
        unit: 's',
        ...kept('≤ 1.5', value),
        note,
      },
    ];
  });
}
