// Duty: the stages that begin a pipeline without reading documents: $documents, $collStats, $indexStats, $currentOp, $listLocalSessions.
import { hostname } from 'node:os';
import { CommandError } from '../../errors.ts';
import { compileExpression } from '../expressions/compile.ts';
import { isDoc, type Row, type Value } from '../values.ts';
import type { PipelineEnv, Target } from './env.ts';

export type Source = (spec: Value, env: PipelineEnv) => readonly Row[];

const targetOf = (env: PipelineEnv, name: string): Target => {
  if (env.collection === undefined)
    throw new CommandError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  return { database: env.database, collection: env.collection };
};

export const sourceStages: Record<string, Source> = {
  $documents: (spec, env) => {
    const made = compileExpression(spec, env.variables).evaluate({});
    if (!Array.isArray(made) || !made.every(isDoc))
      throw new CommandError(5858203, 'an array is expected for $documents');
    return made;
  },
  $collStats: (spec, env) => {
    if (!isDoc(spec)) throw new CommandError(5447000, '$collStats must take a nested object');
    return [env.collectionStats(targetOf(env, '$collStats'), spec)];
  },
  $indexStats: (_, env) => env.indexStats(targetOf(env, '$indexStats')),
  $currentOp: (_, env) => [
    {
      type: 'op',
      host: hostname(),
      desc: 'aggregate',
      active: true,
      op: 'command',
      ns: `${env.database}.$cmd.aggregate`,
    },
  ],
  $listLocalSessions: (_, env) => env.sessions(),
};
