// Duty: how an update reaches the fields its paths name: positional parts, array filters, and copying only what changes.
import { badValue, CommandError, failedToParse } from '../errors.ts';
import type { Collation } from './compare.ts';
import type { Variables } from './expressions/compile.ts';
import { compileMatcher, type Matcher } from './matcher.ts';
import { type Doc, field, isDoc, setField, show, type Value } from './values.ts';

/** Padding an array out to an absurd index would only fill memory. */
const longestPadding = 1_500_000;

export interface UpdateContext {
  /** What the positional `$` stands for. */
  readonly position?: number | undefined;
  readonly isInsert: boolean;
}

/** Changes one value; undefined is a missing field, before and after. The same value back means: nothing to do. */
export type Change = (current: Value, doc: Doc) => Value;

export interface UpdatePath {
  readonly text: string;
  readonly names: readonly string[];
}

const isPositional = (name: string) => name === '$' || (name.startsWith('$[') && name.endsWith(']'));

export function updatePath(text: string): UpdatePath {
  if (text === '') throw new CommandError(56, 'An empty update path is not valid.');
  const names = text.split('.');
  if (names.includes('')) {
    throw new CommandError(
      56,
      `The update path '${text}' contains an empty field name, which is not allowed.`,
    );
  }
  names.forEach((name, at) => {
    if (!name.startsWith('$')) return;
    if (isPositional(name)) {
      if (at > 0) return;
      throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${text}'`);
    }
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${name}' in '${text}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  });
  if (names.filter((name) => name === '$').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${text}'`);
  }
  return { text, names };
}

export const hasPosition = ({ names }: UpdatePath): boolean => names.some(isPositional);

/** Paths are applied in the order of their names, numbers by value: it decides where new fields stand. */
export function comparePaths(a: UpdatePath, b: UpdatePath): number {
  for (let at = 0; at < Math.min(a.names.length, b.names.length); at++) {
    const [x, y] = [a.names[at]!, b.names[at]!];
    if (x === y) continue;
    const bothNumbers = /^\d+$/.test(x) && /^\d+$/.test(y);
    return bothNumbers ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.names.length - b.names.length;
}

/** Two operators must not touch the same field, nor one a field inside the other's. */
export function refuseConflicts(paths: UpdatePath[]): void {
  for (const [at, path] of paths.entries()) {
    for (const earlier of paths.slice(0, at)) {
      const length = Math.min(path.names.length, earlier.names.length);
      if (path.names.slice(0, length).join('.') !== earlier.names.slice(0, length).join('.')) continue;
      throw new CommandError(
        40,
        `Updating the path '${path.text}' would create a conflict at '${path.names.slice(0, length).join('.')}'`,
      );
    }
  }
}

export type ArrayFilters = ReadonlyMap<string, Matcher>;

export function compileArrayFilters(
  filters: readonly Value[],
  options: { collation?: Collation | undefined; variables?: Variables | undefined },
): ArrayFilters {
  const compiled = new Map<string, Matcher>();
  for (const filter of filters) {
    if (!isDoc(filter))
      throw new CommandError(14, "BSON field 'arrayFilters' is the wrong type, expected type 'object'");
    const names = [...new Set(topNames(filter))];
    const [name] = names;
    if (name === undefined)
      throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
    if (names.length > 1) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${names[1]}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (compiled.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    compiled.set(name, compileMatcher(filter, options));
  }
  return compiled;
}

/** The identifiers a filter speaks of, also inside $and, $or and $nor. */
function topNames(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, operand]) => {
    if (!name.startsWith('$')) return [name.split('.')[0]!];
    return Array.isArray(operand) ? (operand as Value[]).filter(isDoc).flatMap(topNames) : [];
  });
}

export function checkArrayFilters(paths: UpdatePath[], filters: ArrayFilters, update: Doc): void {
  const used = new Set<string>();
  for (const { text, names } of paths) {
    for (const name of names) {
      const identifier = /^\$\[(.+)\]$/.exec(name)?.[1];
      if (identifier === undefined) continue;
      if (!filters.has(identifier))
        throw badValue(`No array filter found for identifier '${identifier}' in path '${text}'`);
      used.add(identifier);
    }
  }
  const unused = [...filters.keys()].find((name) => !used.has(name));
  if (unused === undefined) return;
  throw failedToParse(
    `The array filter for identifier '${unused}' was not used in the update ${show(update)}`,
  );
}

export class PathChanger {
  private readonly path: UpdatePath;
  private readonly change: Change;
  private readonly filters: ArrayFilters;
  /** Whether the change makes missing fields; if not, a path that leads nowhere is no error. */
  private readonly creates: boolean;

  constructor(path: UpdatePath, change: Change, filters: ArrayFilters, creates: boolean) {
    this.path = path;
    this.change = change;
    this.filters = filters;
    this.creates = creates;
  }

  apply(doc: Doc, context: UpdateContext): Doc {
    return this.at(doc, 0, doc, context) as Doc;
  }

  private at(value: Value, part: number, doc: Doc, context: UpdateContext): Value {
    const { names } = this.path;
    if (part === names.length) return this.change(value, doc);
    const name = names[part]!;
    if (name.startsWith('$[')) return this.inElements(value, part, doc, context);
    const key = name === '$' ? this.positionOf(value, context) : name;
    if (Array.isArray(value)) return this.inArray(value, key, part, doc, context);
    if (isDoc(value)) {
      const inner = field(value, key);
      const made = this.at(inner, part + 1, doc, context);
      return made === inner ? value : withField(value, key, made);
    }
    if (!this.creates) return value;
    if (value !== undefined) {
      const parent = names[part - 1] ?? '';
      throw new CommandError(28, `Cannot create field '${key}' in element {${parent}: ${show(value)}}`);
    }
    const made = this.at(undefined, part + 1, doc, context);
    return made === undefined ? undefined : withField({}, key, made);
  }

  private positionOf(value: Value, { position }: UpdateContext): string {
    if (position === undefined || value === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    return String(position);
  }

  private inArray(array: Value[], key: string, part: number, doc: Doc, context: UpdateContext): Value {
    if (!/^\d+$/.test(key)) {
      if (!this.creates) return array;
      const parent = this.path.names[part - 1] ?? '';
      throw new CommandError(28, `Cannot create field '${key}' in element {${parent}: ${show(array)}}`);
    }
    const index = Number(key);
    const inner = array[index];
    const made = this.at(inner, part + 1, doc, context);
    if (made === inner) return array;
    if (index - array.length > longestPadding) {
      throw new CommandError(2, `can't backfill more than ${longestPadding} elements`);
    }
    const copy = [...array];
    while (copy.length < index) copy.push(null);
    // An array keeps its length: what is taken out leaves null behind.
    copy[index] = made ?? null;
    return copy;
  }

  private inElements(value: Value, part: number, doc: Doc, context: UpdateContext): Value {
    const { names } = this.path;
    const path = names.slice(0, part).join('.');
    if (value === undefined) {
      throw badValue(`The path '${path}' must exist in the document in order to apply array updates.`);
    }
    if (!Array.isArray(value)) {
      throw badValue(
        `Cannot apply array updates to non-array element ${names[part - 1] ?? ''}: ${show(value)}`,
      );
    }
    const identifier = names[part]!.slice(2, -1);
    const matcher = this.filters.get(identifier);
    let changed = false;
    const made = value.map((element: Value) => {
      if (matcher && !matcher.matches({ [identifier]: element })) return element;
      const after = this.at(element, part + 1, doc, context);
      changed ||= after !== element;
      return after ?? null;
    });
    return changed ? made : value;
  }
}

export function withField(doc: Doc, name: string, value: Value): Doc {
  const copy: Doc = { ...doc };
  if (value === undefined) delete copy[name];
  else setField(copy, name, value);
  return copy;
}

/** A copy of the document with a value at a path, making documents on the way; undefined takes the field out. */
export function withPath(doc: Doc, names: readonly string[], value: Value): Doc {
  const [name, ...rest] = names;
  if (rest.length === 0) return withField(doc, name!, value);
  const inner = field(doc, name!);
  return withField(doc, name!, withPath(isDoc(inner) ? inner : {}, rest, value));
}
