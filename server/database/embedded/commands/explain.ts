// Duty: the command explain: which plan a query gets, and with execution how much it read.
import type { Collection } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import type { Plan } from '../planner.ts';
import { type Selection, search, select } from '../query.ts';
import { countEntries } from '../scan.ts';
import { type Doc, isDoc } from '../semantics/values.ts';
import { type Commands, type Context, list, namespaceOf, optionalDoc } from './command.ts';
import { version } from './handshake.ts';
import { leadingSelection } from './leadingStages.ts';
import { nonEmpty, selectionOf } from './selection.ts';

export const explainCommands: Commands = {
  explain: { fields: ['verbosity'], run: explain },
};

interface Explained {
  namespace: string;
  selection: Selection;
  /** Stages that wrap what the plan finds, outermost first. */
  wrap: string[];
  counting?: boolean;
  stages?: readonly Doc[];
}

async function explain(context: Context, body: Doc): Promise<Doc> {
  const inner = body.explain;
  if (!isDoc(inner))
    throw new CommandError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const verbosity = body.verbosity ?? 'allPlansExecution';
  if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(String(verbosity))) {
    throw new CommandError(
      9,
      `verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}`,
    );
  }
  const asked = explained(context, inner);
  const collection = context.engine.catalogue.find(asked.namespace);
  const plan = await planOf(context, asked, collection, verbosity !== 'queryPlanner');
  const rest = { command: inner, serverInfo: { host: 'embedded', port: 0, version }, serverParameters: {} };
  if (!asked.stages) return { explainVersion: '1', ...plan, ...rest };
  return { explainVersion: '1', stages: [{ $cursor: plan }, ...asked.stages], ...rest };
}

function explained(context: Context, inner: Doc): Explained {
  const name = Object.keys(inner)[0]!;
  switch (name) {
    case 'find': {
      const projection = nonEmpty(optionalDoc(inner, 'projection'));
      const wrap = projection ? [isSimple(projection) ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT'] : [];
      return { namespace: namespaceOf(context, inner), selection: selectionOf(inner, 'filter'), wrap };
    }
    case 'count':
      return {
        namespace: namespaceOf(context, inner),
        selection: selectionOf(inner, 'query'),
        wrap: ['COUNT'],
        counting: true,
      };
    case 'distinct':
      return { namespace: namespaceOf(context, inner), selection: selectionOf(inner, 'query'), wrap: [] };
    case 'findAndModify':
    case 'findandmodify':
      return {
        namespace: namespaceOf(context, inner),
        selection: selectionOf(inner, 'query'),
        wrap: [inner.remove ? 'DELETE' : 'UPDATE'],
      };
    case 'update':
    case 'delete': {
      const [statement] = list(inner, name === 'update' ? 'updates' : 'deletes') as Doc[];
      const selection = selectionOf({ [name]: 1, ...statement, limit: undefined }, 'q');
      return { namespace: namespaceOf(context, inner), selection, wrap: [name.toUpperCase()] };
    }
    case 'aggregate': {
      const { selection, rest } = leadingSelection(list(inner, 'pipeline') as Doc[], inner);
      return {
        namespace: namespaceOf(context, inner),
        selection,
        wrap: [],
        ...(rest.length > 0 ? { stages: rest } : {}),
      };
    }
  }
  throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
}

const isSimple = (projection: Doc) =>
  Object.values(projection).every((value) => !isDoc(value) && typeof value !== 'string');

async function planOf(
  context: Context,
  asked: Explained,
  collection: Collection | undefined,
  execute: boolean,
): Promise<Doc> {
  const { namespace, selection } = asked;
  const queryPlanner = {
    namespace,
    parsedQuery: selection.filter,
    indexFilterSet: false,
    rejectedPlans: [] as Doc[],
  };
  if (!collection) {
    const stage = { stage: 'EOF' };
    return {
      queryPlanner: { ...queryPlanner, winningPlan: stage },
      ...(execute ? { executionStats: stats(stage, 0, 0, 0, 0) } : {}),
    };
  }
  const found = search(context.engine, collection, selection);
  const covered = asked.counting && found.plan.kind === 'index' && found.plan.exact;
  const winningPlan = stages(asked, found.plan, covered === true);
  if (!execute) return { queryPlanner: { ...queryPlanner, winningPlan } };
  const started = performance.now();
  let returned = 0;
  if (covered && found.plan.kind === 'index') {
    returned = countEntries(context.engine.store, collection, found.plan);
    found.counts.keys = returned;
  } else {
    for await (const chunk of select(context.engine, collection, selection, context.operation, found))
      returned += chunk.length;
  }
  const { keys, documents } = found.counts;
  const executionStats = stats(winningPlan, returned, performance.now() - started, keys, documents);
  return { queryPlanner: { ...queryPlanner, winningPlan }, executionStats };
}

const stats = (plan: Doc, returned: number, milliseconds: number, keys: number, documents: number): Doc => ({
  executionSuccess: true,
  nReturned: returned,
  executionTimeMillis: Math.round(milliseconds),
  totalKeysExamined: keys,
  totalDocsExamined: documents,
  executionStages: { ...plan, nReturned: returned },
  allPlansExecution: [],
});

function stages({ selection, wrap }: Explained, plan: Plan, covered: boolean): Doc {
  let stage = covered ? { ...accessStage(plan), stage: 'COUNT_SCAN' } : fetchStage(plan, selection.filter);
  if (!plan.sorted && selection.sort)
    stage = { stage: 'SORT', sortPattern: selection.sort, inputStage: stage };
  if (selection.skip) stage = { stage: 'SKIP', skipAmount: selection.skip, inputStage: stage };
  if (selection.limit) stage = { stage: 'LIMIT', limitAmount: selection.limit, inputStage: stage };
  for (const name of wrap.toReversed()) stage = { stage: name, inputStage: stage };
  return stage;
}

function fetchStage(plan: Plan, filter: Doc): Doc {
  if (plan.kind === 'collection') return { ...accessStage(plan), ...(nonEmpty(filter) ? { filter } : {}) };
  if (plan.kind === 'index' && plan.byId) return accessStage(plan);
  return { stage: 'FETCH', ...(plan.exact ? {} : { filter }), inputStage: accessStage(plan) };
}

function accessStage(plan: Plan): Doc {
  const direction = plan.kind !== 'or' && plan.reverse ? 'backward' : 'forward';
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction };
  if (plan.kind === 'or') return { stage: 'OR', inputStages: plan.plans.map((each) => accessStage(each)) };
  if (plan.byId) return { stage: 'IDHACK' };
  const { index } = plan;
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.arraysAt !== 0,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction,
  };
}
