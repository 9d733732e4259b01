// Duty: projections of find and of $project and $addFields: what stays of a document, and what is computed into it.
import { badValue, CommandError } from '../errors.ts';
import { compileExpression, type Variables } from './expressions/compile.ts';
import { truthy } from './expressions/truth.ts';
import { compileElement } from './matcher.ts';
import { toWhole } from './numbers.ts';
import { addTo, type Branch, branch, type Compute, exclude, include, insert } from './projectionTree.ts';
import { compileRawProjection, type RawProject } from './rawProjection.ts';
import { withField } from './updatePaths.ts';
import { type Doc, field, isDoc, isNumber, show, typeName, type Value } from './values.ts';

export interface Project {
  (doc: Doc, position?: number): Doc;
  /** The same on bytes, where fields are only kept or dropped. */
  raw?: RawProject | undefined;
}

/** A change to the projected document that find knows and $project does not: $slice and the positional `$`. */
type Finish = (made: Doc, position: number | undefined) => Doc;

interface Parsed {
  readonly root: Branch;
  readonly finish: Finish[];
  hasInclusion: string | undefined;
  hasExclusion: string | undefined;
  positional: string | undefined;
  elementMatch: string | undefined;
}

interface Dialect {
  readonly find: boolean;
  readonly variables?: Variables | undefined;
}

/** The projection of a find; an empty one keeps everything. `position` is what the filter's array condition matched. */
export function compileProjection(spec: Doc, variables?: Variables): Project {
  if (Object.keys(spec).length === 0) return (doc) => doc;
  return compileParsed(spec, { find: true, variables });
}

export function compileProjectStage(spec: Value, variables?: Variables): Project {
  if (!isDoc(spec)) throw new CommandError(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0) {
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  try {
    return compileParsed(spec, { find: false, variables });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(error.code, `Invalid $project :: caused by :: ${error.message}`);
  }
}

export function compileAddFields(name: string, spec: Value, variables?: Variables): Project {
  if (!isDoc(spec))
    throw new CommandError(40272, `${name} specification stage must be an object, got ${typeName(spec)}`);
  const root = branch();
  for (const [path, value] of Object.entries(spec)) addComputedField(root, path, value, variables);
  return (doc) => addTo(root, doc, doc) as Doc;
}

function addComputedField(root: Branch, path: string, value: Value, variables?: Variables): void {
  if (isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$')) {
    for (const [name, inner] of Object.entries(value))
      addComputedField(root, `${path}.${name}`, inner, variables);
    return;
  }
  const expression = compileExpression(value, variables);
  insert(root, path, { kind: 'compute', compute: (doc) => expression.evaluate(doc) });
}

function compileParsed(spec: Doc, dialect: Dialect): Project {
  const parsed: Parsed = {
    root: branch(),
    finish: [],
    hasInclusion: undefined,
    hasExclusion: undefined,
    positional: undefined,
    elementMatch: undefined,
  };
  for (const [path, value] of Object.entries(spec)) parse(parsed, path, value, dialect);
  const { root, finish } = parsed;
  const id = root.children.get('_id');
  const excludes =
    parsed.hasInclusion === undefined &&
    (parsed.hasExclusion !== undefined || id?.kind !== 'include') &&
    id?.kind !== 'branch' &&
    id?.kind !== 'compute';
  if (parsed.positional !== undefined) {
    if (excludes) throw new CommandError(31395, 'positional projection cannot be used with exclusion');
    if (parsed.elementMatch !== undefined)
      throw new CommandError(31255, 'Cannot specify positional operator and $elemMatch.');
  }
  if (!excludes && !id) root.children.set('_id', { kind: 'include' });
  const base: Project = excludes
    ? (doc: Doc) => exclude(root, doc, doc) as Doc
    : (doc: Doc) => include(root, doc, doc) as Doc;
  if (finish.length === 0) {
    base.raw = compileRawProjection(root, excludes) ?? undefined;
    return base;
  }
  return (doc, position) => finish.reduce((made, step) => step(made, position), base(doc));
}

function parse(parsed: Parsed, path: string, value: Value, dialect: Dialect): void {
  const definite = (mode: 'hasInclusion' | 'hasExclusion') => {
    if (path === '_id') return;
    parsed[mode] ??= path;
    if (parsed.hasInclusion === undefined || parsed.hasExclusion === undefined) return;
    throw mode === 'hasInclusion'
      ? new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  };
  if (typeof value === 'boolean' || isNumber(value)) {
    const included = truthy(value);
    definite(included ? 'hasInclusion' : 'hasExclusion');
    if (dialect.find && included && path.endsWith('.$')) parsePositional(parsed, path);
    else insert(parsed.root, path, { kind: included ? 'include' : 'exclude' });
    return;
  }
  if (isDoc(value)) {
    const [operator] = Object.keys(value);
    if (operator === undefined)
      throw new CommandError(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path`,
      );
    if (!operator.startsWith('$')) {
      for (const [name, inner] of Object.entries(value)) {
        if (name.includes('.'))
          throw new CommandError(16410, 'FieldPath field names may not contain dots here');
        parse(parsed, `${path}.${name}`, inner, dialect);
      }
      return;
    }
    if (operator === '$meta')
      throw new CommandError(40218, 'query requires text score metadata, but it is not available');
    if (dialect.find && parseFindOperator(parsed, path, operator, value[operator], dialect)) return;
  }
  definite('hasInclusion');
  const expression = compileExpression(value, dialect.variables);
  insert(parsed.root, path, { kind: 'compute', compute: (doc) => expression.evaluate(doc) });
}

/** What only find has; false when it is an expression after all. */
function parseFindOperator(
  parsed: Parsed,
  path: string,
  operator: string,
  operand: Value,
  dialect: Dialect,
): boolean {
  if (operator === '$slice' && isFindSlice(operand)) {
    parseSlice(parsed, path, operand);
    return true;
  }
  if (operator !== '$elemMatch') return false;
  parsed.elementMatch = path;
  // By itself it keeps nothing else, but it may stand in an exclusion too.
  if (parsed.hasExclusion === undefined) parsed.hasInclusion ??= path;
  insert(parsed.root, path, { kind: 'compute', compute: elementMatch(path, operand, dialect) });
  return true;
}

function elementMatch(path: string, operand: Value, { variables }: Dialect): Compute {
  if (!isDoc(operand))
    throw new CommandError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${typeName(operand)}`,
    );
  if (path.includes('.'))
    throw new CommandError(31275, `Cannot use $elemMatch projection on a nested field: ${path}`);
  const test = compileElement(operand, { variables });
  return (root) => {
    const array = field(root, path);
    if (!Array.isArray(array)) return undefined;
    const at = array.findIndex(test);
    return at < 0 ? undefined : [array[at]];
  };
}

function parsePositional(parsed: Parsed, path: string): void {
  if (parsed.positional !== undefined)
    throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
  parsed.positional = path;
  const names = path.slice(0, -2).split('.');
  insert(parsed.root, path.slice(0, -2), { kind: 'include' });
  parsed.finish.push(
    (made, position) =>
      inArrayAt(made, names, 0, (array) => {
        if (array.length === 0) return array;
        if (position === undefined) {
          throw new CommandError(
            51246,
            "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
          );
        }
        if (position >= array.length) {
          throw new CommandError(
            51247,
            "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
          );
        }
        return [array[position]];
      }) as Doc,
  );
}

const isFindSlice = (operand: Value) =>
  isNumber(operand) || (Array.isArray(operand) && operand.every(isNumber));

function parseSlice(parsed: Parsed, path: string, operand: Value): void {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(
    (number: Value) => toWhole(number) ?? 0,
  );
  if (Array.isArray(operand) && operand.length !== 2)
    throw badValue(`Invalid $slice syntax: { $slice: ${show(operand)} }`);
  if (second !== undefined && second <= 0) throw new CommandError(28724, `$slice limit must be positive`);
  const cut = (array: Value[]): Value[] => {
    if (second === undefined) return first! < 0 ? array.slice(first!) : array.slice(0, first!);
    const from = first! < 0 ? Math.max(0, array.length + first!) : first!;
    return array.slice(from, from + second);
  };
  // It keeps the field in an inclusion, and drops nothing by itself.
  insert(parsed.root, path, { kind: 'include' });
  parsed.finish.push((made) => inArrayAt(made, path.split('.'), 0, cut) as Doc);
}

function inArrayAt(value: Value, names: string[], part: number, change: (array: Value[]) => Value[]): Value {
  if (part === names.length) return Array.isArray(value) ? change(value as Value[]) : value;
  if (Array.isArray(value)) return value.map((element: Value) => inArrayAt(element, names, part, change));
  if (!isDoc(value)) return value;
  const inner = field(value, names[part]!);
  const made = inArrayAt(inner, names, part + 1, change);
  return made === inner ? value : withField(value, names[part]!, made);
}
