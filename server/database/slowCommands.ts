// Duty: what the database was asked and how long it took: counts for whoever watches, and a log line with the plan for what was slow. Shapes, never values.
import type { CommandStartedEvent, CommandSucceededEvent, MongoClient } from 'mongodb';
import { log, report } from '../log.ts';

/** Of these the database tells how it finds what they ask for. */
const explainable = new Set(['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify']);
/** Explaining is a question to a database that is slow already. */
const explainEveryMilliseconds = 10_000;
const deepest = 6;

/** The same with every value replaced by its kind; names of fields and operators stay. */
export function shapeOf(value: unknown, depth = 0): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    if (depth >= deepest) return '[…]';
    const shapes = value.slice(0, 20).map((item) => shapeOf(item, depth + 1));
    const isUniform = shapes.every((shape) => typeof shape === 'string' && shape === shapes[0]);
    return isUniform && shapes.length > 0 ? `[${shapes[0]} × ${value.length}]` : shapes;
  }
  if (typeof value === 'object') {
    if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor?.name ?? 'object';
    if (depth >= deepest) return '{…}';
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 40)
        .map(([name, item]) => [/^[$\w.-]{1,60}$/.test(name) ? name : '?', shapeOf(item, depth + 1)]),
    );
  }
  return typeof value;
}

/** Fields of a command that are the driver's own. */
const uninteresting = /^(\$|lsid|txnNumber|apiVersion|ordered|cursor$|batchSize|singleBatch|documents$)/;

/** Many of one kind: the first stands for all, else a batch would fill pages of the log. */
const batches = new Set(['updates', 'deletes']);

export function shapeOfCommand(command: Record<string, unknown>, name: string): unknown {
  const told = Object.entries(command).filter(([key]) => key !== name && !uninteresting.test(key));
  return Object.fromEntries(
    told.map(([key, value]) =>
      batches.has(key) && Array.isArray(value)
        ? [key, [shapeOf(value[0], 2), `× ${value.length}`]]
        : [key, shapeOf(value, 1)],
    ),
  );
}

/** Stages and the indexes they use, outermost first, wherever they stand in an explanation. */
export function planOf(explained: unknown): string {
  const stages: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 12) return;
    const { stage, indexName } = value as { stage?: unknown; indexName?: unknown };
    if (typeof stage === 'string')
      stages.push(typeof indexName === 'string' ? `${stage} ${indexName}` : stage);
    for (const [name, item] of Object.entries(value)) if (name !== 'rejectedPlans') visit(item, depth + 1);
  };
  visit((explained as { queryPlanner?: unknown })?.queryPlanner ?? explained, 0);
  return stages.slice(0, 12).join(' ← ') || 'unknown';
}

export interface CommandTime {
  name: string;
  milliseconds: number;
  failed: boolean;
}
type Listener = (command: CommandTime) => void;
const listeners = new Set<Listener>();

/** Every command's name and time; never what it asked. */
export function onDatabaseCommand(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Needs a client that was made with `monitorCommands`. */
export function watchCommands(client: MongoClient, slowMilliseconds: number): void {
  const running = new Map<number, CommandStartedEvent>();
  let explainedAt = 0;
  const tell = (name: string, milliseconds: number, failed: boolean) => {
    for (const listener of listeners) listener({ name, milliseconds, failed });
  };
  const explain = async (started: CommandStartedEvent): Promise<string> => {
    if (!explainable.has(started.commandName)) return 'none';
    if (Date.now() - explainedAt < explainEveryMilliseconds) return 'not asked: another was, a moment ago';
    explainedAt = Date.now();
    const command = Object.fromEntries(
      Object.entries(started.command).filter(([key]) => !/^(\$|lsid|txnNumber)/.test(key)),
    );
    return planOf(
      await client.db(started.databaseName).command({ explain: command, verbosity: 'queryPlanner' }),
    );
  };
  const logSlow = async (started: CommandStartedEvent, milliseconds: number) => {
    const { commandName, command } = started;
    const plan = await explain(started).catch(() => 'could not be explained');
    log.warn(
      {
        command: commandName,
        collection: String(command[commandName]),
        milliseconds: Math.round(milliseconds),
        shape: shapeOfCommand(command, commandName),
        plan,
      },
      'slow database command',
    );
  };
  client.on('commandStarted', (event) => {
    running.set(event.requestId, event);
  });
  client.on('commandSucceeded', (event: CommandSucceededEvent) => {
    const started = running.get(event.requestId);
    running.delete(event.requestId);
    tell(event.commandName, event.duration, false);
    if (started && event.duration >= slowMilliseconds && event.commandName !== 'explain')
      logSlow(started, event.duration).catch((error: unknown) => report(error, { where: 'slowCommands' }));
  });
  client.on('commandFailed', (event) => {
    running.delete(event.requestId);
    tell(event.commandName, event.duration, true);
  });
}
