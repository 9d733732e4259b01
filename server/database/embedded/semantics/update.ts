// Duty: compiles an update (replacement, operators or pipeline) into a function from a document to a new one, and makes upserts.
import { CommandError, failedToParse } from '../errors.ts';
import { compileDocStages } from './aggregate/documentStages.ts';
import type { Collation } from './compare.ts';
import type { Variables } from './expressions/compile.ts';
import { isOperators } from './matcher.ts';
import { identical } from './modifier.ts';
import { modifiers } from './updateOperators.ts';
import {
  type ArrayFilters,
  checkArrayFilters,
  comparePaths,
  compileArrayFilters,
  hasPosition,
  PathChanger,
  refuseConflicts,
  type UpdateContext,
  type UpdatePath,
  updatePath,
} from './updatePaths.ts';
import { bsonType, type Doc, field, isDoc, show, typeName, typeOf, type Value } from './values.ts';

export interface UpdateOptions {
  arrayFilters?: readonly Value[] | undefined;
  variables?: Variables | undefined;
  collation?: Collation | undefined;
}

export interface Updater {
  readonly isReplacement: boolean;
  /** The changed document; the very same one when there is nothing to change. The given one is never altered. */
  apply(doc: Doc, context: UpdateContext): Doc;
  /** The document an upsert inserts when the filter matches nothing; it has an `_id` only if filter or update give one. */
  upsertDocument(filter: Doc): Doc;
}

export function compileUpdate(update: Doc | readonly Doc[], options: UpdateOptions = {}): Updater {
  if (Array.isArray(update)) return pipelineUpdate(update as Doc[], options);
  const doc = update as Doc;
  const first = Object.keys(doc)[0];
  return first?.startsWith('$') ? operatorUpdate(doc, options) : replacement(doc, options);
}

function refuseArrayFilters({ arrayFilters }: UpdateOptions, kind: string): void {
  if (arrayFilters && arrayFilters.length > 0)
    throw failedToParse(`Cannot specify arrayFilters and a ${kind} update`);
}

function replacement(update: Doc, options: UpdateOptions): Updater {
  refuseArrayFilters(options, 'replacement-style');
  const dollar = Object.keys(update).find((name) => name.startsWith('$'));
  if (dollar !== undefined) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  const hasId = Object.hasOwn(update, '_id');
  const apply = (doc: Doc): Doc => {
    const id = field(doc, '_id');
    if (hasId && id !== undefined && !identical(id, update._id)) {
      throw new CommandError(
        66,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(update._id)}`,
      );
    }
    const made = id === undefined ? update : { _id: id, ...update };
    return identical(doc, made) ? doc : made;
  };
  return {
    isReplacement: true,
    apply,
    upsertDocument: (filter) => {
      const { _id } = equalities(filter);
      return apply(_id === undefined ? {} : { _id });
    },
  };
}

function pipelineUpdate(stages: Doc[], options: UpdateOptions): Updater {
  refuseArrayFilters(options, 'pipeline-style');
  const run = compileDocStages(stages, { NOW: new Date(), ...options.variables });
  const apply = (doc: Doc): Doc => {
    const made = run(doc);
    return identical(doc, made) ? doc : keepingId(doc, made);
  };
  return { isReplacement: false, apply, upsertDocument: (filter) => apply(equalities(filter)) };
}

/** `_id` never changes; a pipeline that drops it gets it back. */
function keepingId(before: Doc, after: Doc): Doc {
  const id = field(before, '_id');
  if (id === undefined) return after;
  if (!Object.hasOwn(after, '_id')) return { _id: id, ...after };
  if (identical(id, after._id)) return after;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

interface Step {
  readonly path: UpdatePath;
  readonly changer: PathChanger | Rename;
  readonly onlyOnInsert: boolean;
}

function operatorUpdate(update: Doc, options: UpdateOptions): Updater {
  const filters = compileArrayFilters(options.arrayFilters ?? [], options);
  const steps = Object.entries(update).flatMap(([operator, argument]) =>
    operatorSteps(operator, argument, filters, options),
  );
  const touched = steps.flatMap((step) =>
    step.changer instanceof Rename ? [step.changer.from, step.path] : [step.path],
  );
  refuseConflicts(touched);
  checkArrayFilters(touched, filters, update);
  steps.sort((a, b) => comparePaths(a.path, b.path));
  const apply = (doc: Doc, context: UpdateContext): Doc => {
    let made = doc;
    for (const { changer, onlyOnInsert } of steps) {
      if (!onlyOnInsert || context.isInsert) made = changer.apply(made, context);
    }
    return made === doc ? doc : keepingIdInPlace(doc, made);
  };
  return {
    isReplacement: false,
    apply,
    upsertDocument: (filter) => apply(equalities(filter), { isInsert: true }),
  };
}

function keepingIdInPlace(before: Doc, after: Doc): Doc {
  const id = field(before, '_id');
  if (id === undefined || identical(id, field(after, '_id'))) return after;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function operatorSteps(
  operator: string,
  argument: Value,
  filters: ArrayFilters,
  options: UpdateOptions,
): Step[] {
  const modifier = Object.hasOwn(modifiers, operator) ? modifiers[operator] : undefined;
  if (!modifier && operator !== '$rename') {
    throw failedToParse(
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(argument)) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${typeName(argument)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(argument)}}`,
    );
  }
  return Object.entries(argument).map(([text, operand]) => {
    if (!modifier) return renameStep(text, operand, filters);
    const path = updatePath(text);
    const change = modifier.make(operand, text, options.collation);
    const changer = new PathChanger(path, change, filters, modifier.creates);
    return { path, changer, onlyOnInsert: operator === '$setOnInsert' };
  });
}

function renameStep(text: string, operand: Value, filters: ArrayFilters): Step {
  if (typeof operand !== 'string') {
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${text}: ${show(operand)}`);
  }
  const [from, path] = [updatePath(text), updatePath(operand)];
  if (text === operand)
    throw new CommandError(2, `The source and target field for $rename must differ: ${text}: "${operand}"`);
  if (hasPosition(from))
    throw new CommandError(2, `The source field for $rename may not be dynamic: ${text}`);
  if (hasPosition(path))
    throw new CommandError(2, `The destination field for $rename may not be dynamic: ${operand}`);
  return { path, changer: new Rename(from, path, filters), onlyOnInsert: false };
}

/** Takes a value out of one path and puts it at another; neither may lead through an array. */
class Rename {
  readonly from: UpdatePath;
  private readonly to: UpdatePath;
  private readonly filters: ArrayFilters;
  constructor(from: UpdatePath, to: UpdatePath, filters: ArrayFilters) {
    this.from = from;
    this.to = to;
    this.filters = filters;
  }

  apply(doc: Doc, context: UpdateContext): Doc {
    refuseArrayOnPath(doc, this.from, 'source');
    let moved: Value;
    const take = (value: Value) => {
      moved = value;
      return undefined;
    };
    const taken = new PathChanger(this.from, take, this.filters, false).apply(doc, context);
    if (moved === undefined) return doc;
    refuseArrayOnPath(doc, this.to, 'destination');
    return new PathChanger(this.to, () => moved, this.filters, true).apply(taken, context);
  }
}

function refuseArrayOnPath(doc: Doc, path: UpdatePath, role: 'source' | 'destination'): void {
  let value: Value = doc;
  for (const [at, name] of path.names.entries()) {
    if (Array.isArray(value)) {
      throw new CommandError(
        2,
        `The ${role} field cannot be an array element, '${path.text}' in doc with _id: ${show(doc._id)} has an array field called '${path.names[at - 1] ?? ''}'`,
      );
    }
    if (!isDoc(value)) return;
    value = field(value, name);
  }
}

/** The fields that a filter says are equal to something: what an upsert begins with. */
function equalities(filter: Doc): Doc {
  const found = new Map<string, Value>();
  collectEqualities(filter, found);
  let doc: Doc = {};
  for (const [text, value] of found) {
    const path = { text, names: text.split('.') };
    doc = new PathChanger(path, () => value, new Map(), true).apply(doc, { isInsert: true });
  }
  return doc;
}

function collectEqualities(filter: Doc, found: Map<string, Value>): void {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' || (name === '$or' && (operand as Doc[]).length === 1)) {
      for (const clause of operand as Doc[]) collectEqualities(clause, found);
    } else if (!name.startsWith('$')) {
      const value = equalityValue(operand);
      if (value === undefined) continue;
      for (const other of found.keys()) {
        if (other !== name && !other.startsWith(`${name}.`) && !name.startsWith(`${other}.`)) continue;
        throw new CommandError(54, `cannot infer query fields to set, path '${name}' is matched twice`);
      }
      found.set(name, value);
    }
  }
}

function equalityValue(operand: Value): Value {
  if (typeOf(operand) === bsonType.regex) return undefined;
  if (!isOperators(operand)) return operand;
  if (Object.hasOwn(operand, '$eq')) return operand.$eq;
  const single = operand.$all ?? operand.$in;
  const value: Value = Array.isArray(single) && single.length === 1 ? single[0] : undefined;
  return typeOf(value) === bsonType.regex || isOperators(value) ? undefined : value;
}
