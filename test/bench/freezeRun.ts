// Duty: a process of its own that fills a folder with cases as figures read them, or freezes a half-year over them and tells how long and in how much memory.
import mongoose from 'mongoose';
import { makeRandom } from '../../seeds/generated.random.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { countingDone, freezeRelease } from '../../server/features/summaries/freeze.commands.ts';
import { ReleaseModel } from '../../server/features/summaries/releases.model.ts';
import { startFigures } from '../../server/features/summaries/summaries.routes.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import { municipalitySlugs } from '../../shared/directory.ts';
import { monthAfter, periodFrom } from '../../shared/periods.ts';
import { themes } from '../../shared/themes.ts';
import { memoryMegabytes } from './processes.ts';

const [folder = '', phase, count = '0'] = process.argv.slice(2);
const dayMilliseconds = 86_400_000;

/** The half-year that began nine months ago or up to six months before that: every case in the folder changed since. */
const month = monthAfter(new Date().toISOString().slice(0, 7), -9);
const begun = month.slice(5) < '07' ? `${month.slice(0, 4)}-01` : `${month.slice(0, 4)}-07`;
const period = periodFrom('half_year', begun);

async function fill(cases: number): Promise<void> {
  const random = makeRandom(1);
  const from = Date.parse(period.from);
  const days = Math.floor((Date.now() - from) / dayMilliseconds);
  for (let made = 0; made < cases; made += 5_000)
    await CaseModel.collection.insertMany(
      Array.from({ length: Math.min(5_000, cases - made) }, () => {
        const at = (day: number) => new Date(from + (day + random.next()) * dayMilliseconds);
        const loggedAt = at(random.below(days) - 30);
        const changedAt = new Date(Math.max(from, loggedAt.getTime()) + random.below(9) * dayMilliseconds);
        const isOver = random.chance(0.5);
        return {
          _id: newId(),
          municipality: random.pick(municipalitySlugs),
          theme: random.pick(themes),
          people: {
            count: 1 + random.below(9),
            households: 1,
            ageBands: random.chance(0.5) ? { '18-29': 1 } : {},
          },
          status: isOver ? 'closed' : 'in_progress',
          confirmedBy: isOver ? 'person' : null,
          loggedAt,
          startedAt: loggedAt,
          changedAt,
          history: [
            { at: loggedAt, by: null, what: 'logged', to: 'new' },
            { at: loggedAt, by: null, what: 'moved', move: 'triage', from: 'new', to: 'triaged' },
            { at: loggedAt, by: null, what: 'moved', move: 'start', from: 'triaged', to: 'in_progress' },
            ...(isOver ? [{ at: changedAt, by: null, what: 'moved', move: 'resolve' }] : []),
          ],
        };
      }) as never,
    );
  for (const [keys] of CaseModel.schema.indexes())
    if (Object.keys(keys)[0] === 'changedAt') await CaseModel.collection.createIndex(keys as never);
}

async function freeze(): Promise<object> {
  startFigures();
  const viewer = { id: newId(), role: 'coordinator', example: false } as Viewer;
  await ReleaseModel.findOne({});
  const before = memoryMegabytes(process.pid);
  let peak = before;
  const looking = setInterval(() => {
    peak = Math.max(peak, memoryMegabytes(process.pid));
  }, 100);
  const began = performance.now();
  const { _id } = await freezeRelease(viewer, { id: newId(), period });
  await countingDone();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(looking);
  const release = await ReleaseModel.findById(_id).lean();
  if (release?.status !== 'draft') throw new Error(`The count ended as ${release?.status}`);
  const logged = release.whole!.indicators[0]!.figure.value;
  return { seconds, peak, rise: peak - before, logged, read: release.progress.total };
}

const database = await connectDatabase({ mongodbUri: undefined, dataDir: folder });
try {
  const done = phase === 'fill' ? await fill(Number(count)) : await freeze();
  console.log(`result ${JSON.stringify(done ?? {})}`);
} finally {
  await mongoose.disconnect();
  await database.stop();
}
