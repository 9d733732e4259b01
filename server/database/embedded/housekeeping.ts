// Duty: what the database does by itself: finishes what a crash interrupted, expires documents, closes idle cursors.
import type { Collection } from './catalogue.ts';
import type { Log } from './dispatch.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { buildIndex } from './indexBuild.ts';
import { remove } from './modify.ts';
import { Operation } from './operation.ts';
import { dropTemporary } from './pipelineEnv.ts';
import { type Doc, toDouble } from './semantics/values.ts';
import { verifyCollection } from './verify.ts';

const sweepMilliseconds = 60_000;

export interface Housekeeping {
  stop(): Promise<void>;
}

/** `unclean` says that the last process did not close the folder: then everything is verified, beside the ordinary work. */
export function startHousekeeping(engine: Engine, unclean: boolean, log: Log): Housekeeping {
  const operation = new Operation();
  const guarded = (what: string, work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      if (!(error instanceof CommandError && error.code === 11601))
        log(`${what} failed`, { error: String(error) });
    });
  let busy = guarded('recovery', async () => {
    await engine.catalogue.clearGarbage();
    await dropTemporary(engine);
    await rebuildIndexes(engine, operation);
    if (unclean) await verifyAll(engine, operation, log);
  });
  const timer = setInterval(() => {
    engine.cursors.closeIdle();
    busy = busy.then(() => guarded('expiry', () => expire(engine, operation)));
  }, sweepMilliseconds);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      operation.kill('the database is closing');
      await busy;
    },
  };
}

/** An index that was being built when the process ended is built anew. */
async function rebuildIndexes(engine: Engine, operation: Operation): Promise<void> {
  for (const collection of engine.catalogue.collections()) {
    for (const index of collection.indexes.filter((each) => each.building)) {
      await engine.write(() => engine.catalogue.removeIndex(collection, index));
      await engine.catalogue.clearGarbage();
      await buildIndex(engine, collection, index.spec, operation);
    }
  }
}

async function verifyAll(engine: Engine, operation: Operation, log: Log): Promise<void> {
  log('the database was not closed cleanly: verifying');
  let faults = 0;
  for (const collection of engine.catalogue.collections()) {
    const errors = await verifyStill(engine, collection, operation);
    for (const error of errors) log('verification found a fault', { error });
    faults += errors.length;
  }
  log('verification finished', { faults });
}

/** Writes during the look would count as faults: such a look is repeated, and given up when writers never rest. */
async function verifyStill(engine: Engine, collection: Collection, operation: Operation): Promise<string[]> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { version } = collection;
    const { errors } = await verifyCollection(engine, collection, operation);
    if (collection.version === version) return errors;
  }
  return [];
}

/** Removes what a TTL index says is over. */
export async function expire(engine: Engine, operation: Operation, now = Date.now()): Promise<void> {
  for (const collection of engine.catalogue.collections()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined || index.building) continue;
      await expireBefore(engine, collection, index.fields[0]!, index.expireAfterSeconds, now, operation);
    }
    const { timeseries, expireAfterSeconds: seconds } = collection.options as { timeseries?: Doc } & Doc;
    if (timeseries && seconds !== undefined) {
      await expireBefore(engine, collection, String(timeseries.timeField), toDouble(seconds), now, operation);
    }
  }
}

async function expireBefore(
  engine: Engine,
  collection: Collection,
  field: string,
  seconds: number,
  now: number,
  operation: Operation,
): Promise<void> {
  const limit = now - seconds * 1000;
  if (!Number.isFinite(limit) || limit < -8.64e15) return;
  await remove(
    engine,
    collection.namespace,
    { filter: { [field]: { $lt: new Date(limit) } } },
    true,
    operation,
  );
}
