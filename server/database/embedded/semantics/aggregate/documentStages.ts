// Duty: the stages that turn one document into one document; a pipeline update is made of nothing else.
import { CommandError } from '../../errors.ts';
import { compileExpression, type Variables } from '../expressions/compile.ts';
import { compileAddFields, compileProjectStage } from '../projection.ts';
import { type Doc, isDoc, show, typeName, type Value } from '../values.ts';

export type DocStage = (doc: Doc) => Doc;

/** The stage as a function, or undefined when it is not of this kind. */
export function compileDocStage(name: string, spec: Value, variables?: Variables): DocStage | undefined {
  switch (name) {
    case '$set':
    case '$addFields':
      return compileAddFields(name, spec, variables);
    case '$project':
      return compileProjectStage(spec, variables);
    case '$unset':
      return compileUnset(spec);
    case '$replaceRoot': {
      if (!isDoc(spec))
        throw new CommandError(
          40229,
          `expected an object as specification for $replaceRoot stage, got ${typeName(spec)}`,
        );
      if (!Object.hasOwn(spec, 'newRoot'))
        throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
      return compileReplace(spec.newRoot, variables);
    }
    case '$replaceWith':
      return compileReplace(spec, variables);
  }
  return undefined;
}

function compileUnset(spec: Value): DocStage {
  const names: Value[] = Array.isArray(spec) ? spec : [spec];
  if (names.length === 0)
    throw new CommandError(
      31119,
      '$unset specification must be a string or an array with at least one field',
    );
  const exclusion: Doc = {};
  for (const name of names) {
    if (typeof name !== 'string')
      throw new CommandError(
        31120,
        '$unset specification must be a string or an array containing only string values',
      );
    exclusion[name] = false;
  }
  return compileProjectStage(exclusion);
}

function compileReplace(spec: Value, variables?: Variables): DocStage {
  const expression = compileExpression(spec, variables);
  return (doc) => {
    const made = expression.evaluate(doc);
    if (isDoc(made)) return made;
    throw new CommandError(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was: ${made === undefined ? 'MISSING' : show(made)}. Type of resulting value: '${typeName(made)}'. Input document: ${show(doc)}`,
    );
  };
}

/** Several of them as one function, for updates; any other stage is refused. */
export function compileDocStages(stages: readonly Doc[], variables?: Variables): DocStage {
  const compiled = stages.map((stage) => {
    const [name, ...others] = isDoc(stage) ? Object.keys(stage) : [];
    if (name === undefined || others.length > 0) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const made = compileDocStage(name, stage[name], variables);
    if (made) return made;
    if (!knownStages.has(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
    throw new CommandError(72, `${name} is not allowed to be used within an update`);
  });
  return (doc) => compiled.reduce((made, apply) => apply(made), doc);
}

/** Every stage this server has. */
const knownStages = new Set([
  '$addFields',
  '$bucket',
  '$bucketAuto',
  '$collStats',
  '$count',
  '$documents',
  '$facet',
  '$group',
  '$indexStats',
  '$limit',
  '$listLocalSessions',
  '$lookup',
  '$match',
  '$merge',
  '$out',
  '$project',
  '$replaceRoot',
  '$replaceWith',
  '$sample',
  '$set',
  '$setWindowFields',
  '$skip',
  '$sort',
  '$sortByCount',
  '$unionWith',
  '$unset',
  '$unwind',
]);
