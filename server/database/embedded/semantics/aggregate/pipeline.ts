// Duty: runs a pipeline: checks its stages, hands its head to the planner, and chains the rest. Stages are in the files beside this.
import { CommandError } from '../../errors.ts';
import { toWhole } from '../numbers.ts';
import { asDoc } from '../rawBson.ts';
import { type Doc, isDoc, type Value } from '../values.ts';
import { compileDocStage } from './documentStages.ts';
import {
  type Batches,
  eachBatch,
  inBatches,
  type PipelineEnv,
  type Stage,
  type StageContext,
  type StageMaker,
  type Target,
} from './env.ts';
import { facetStages } from './facet.ts';
import { groupStages } from './group.ts';
import { splitHead } from './head.ts';
import { lookupStages } from './lookup.ts';
import { outputStages } from './outputs.ts';
import { sourceStages } from './sources.ts';
import { sortStage, streamingStages } from './streaming.ts';
import { windowStages } from './windowFields.ts';

export type { Batches, PipelineEnv, PipelineWriter, Selection, Target } from './env.ts';
export { splitHead } from './head.ts';

const stageMakers: Record<string, StageMaker> = {
  ...streamingStages,
  ...groupStages,
  ...lookupStages,
  ...facetStages,
  ...windowStages,
  ...outputStages,
};

/** The rows a pipeline gives, in batches. Faults in the specification are thrown at once, before anything is read. */
export function runPipeline(stages: readonly Doc[], given: PipelineEnv): Batches {
  // One command has one time.
  const env = { ...given, variables: { NOW: new Date(), ...given.variables } };
  checkStages(stages, env);
  const [first] = stages;
  const source = first && sourceStages[nameOf(first)];
  if (source) return chain(stages.slice(1), env)(inBatches(source(first[nameOf(first)], env), env));
  return overCollection(stages, { database: env.database, collection: env.collection! }, env);
}

export const nameOf = (stage: Doc): string => Object.keys(stage)[0]!;

function checkStages(stages: readonly Value[], env: PipelineEnv): asserts stages is Doc[] {
  stages.forEach((stage, at) => {
    if (!isDoc(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
    if (Object.keys(stage).length !== 1) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const name = nameOf(stage);
    if (name === '$changeStream') {
      throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets');
    }
    if (Object.hasOwn(outputStages, name) && at < stages.length - 1) {
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    }
    if (Object.hasOwn(sourceStages, name) && at > 0) {
      throw new CommandError(40602, `${name} is only valid as the first stage in a pipeline`);
    }
  });
  const first = stages[0] as Doc | undefined;
  if (env.collection === undefined && !(first && Object.hasOwn(sourceStages, nameOf(first)))) {
    const name = first ? nameOf(first) : '';
    throw new CommandError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  }
}

/** The planner answers what the head asks, so indexes serve sub-pipelines as well. */
function overCollection(stages: readonly Doc[], target: Target, env: PipelineEnv): Batches {
  const { selection, rest } = splitHead(stages, env.variables);
  const compiled = chain(rest, env);
  return compiled(env.read(target, { ...selection, hint: env.hint }));
}

function chain(stages: readonly Doc[], env: PipelineEnv): Stage {
  const context: StageContext = {
    env,
    over: (inner, variables) => chain(inner, { ...env, variables: variables ?? env.variables }),
    from: (target, inner, variables) =>
      fromCollection(inner, target, { ...env, variables: variables ?? env.variables }),
  };
  const compiled = stages.map((stage, at) => compileStage(stage, stages.slice(at + 1), context));
  return (input) => compiled.reduce((rows, apply) => apply(rows), input);
}

function fromCollection(stages: readonly Doc[], target: Target, env: PipelineEnv): Batches {
  return runPipeline(stages, {
    ...env,
    database: target.database,
    collection: target.collection,
    hint: undefined,
  });
}

function compileStage(stage: Doc, following: readonly Doc[], context: StageContext): Stage {
  const name = nameOf(stage);
  const { env } = context;
  const spec = stage[name];
  if (name === '$sort') return sortStage(spec, env, wantedOf(following));
  if (Object.hasOwn(stageMakers, name)) return stageMakers[name]!(spec, context);
  const apply = compileDocStage(name, spec, env.variables);
  if (!apply) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return eachBatch(env, (rows) => rows.map((row) => apply(asDoc(row))));
}

/** How many rows the stages behind a sort can use at most: it need not hold more. */
function wantedOf([next, afterNext]: readonly Doc[]): number | undefined {
  const skip = next && Object.hasOwn(next, '$skip') ? toWhole(next.$skip) : 0;
  const limiting = next && Object.hasOwn(next, '$skip') ? afterNext : next;
  const limit = limiting && toWhole(limiting.$limit);
  return limit && skip !== undefined ? skip + limit : undefined;
}
