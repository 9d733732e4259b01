// Duty: a projection as a tree of fields, and what it makes of a document. How a specification becomes a tree is projection.ts.
import { CommandError } from '../errors.ts';
import { type Doc, field, isDoc, setField, type Value } from './values.ts';

export type Compute = (root: Doc) => Value;
/** One field of the specification: kept, dropped, computed, or looked into. */
type Node = { kind: 'include' } | { kind: 'exclude' } | { kind: 'compute'; compute: Compute } | Branch;
export interface Branch {
  kind: 'branch';
  children: Map<string, Node>;
  /** Whether anything below is computed, so that missing documents on the way have to be made. */
  computes: boolean;
}

export const branch = (): Branch => ({ kind: 'branch', children: new Map(), computes: false });

export function insert(root: Branch, path: string, node: Node): void {
  const names = path.split('.');
  checkPath(path, names);
  let at = root;
  names.slice(0, -1).forEach((name, depth) => {
    at.computes ||= node.kind === 'compute';
    let next = at.children.get(name);
    if (next === undefined) {
      next = branch();
      at.children.set(name, next);
    }
    if (next.kind !== 'branch') {
      throw new CommandError(
        31249,
        `Path collision at ${path} remaining portion ${names.slice(depth + 1).join('.')}`,
      );
    }
    at = next;
  });
  at.computes ||= node.kind === 'compute';
  const last = names.at(-1)!;
  if (at.children.has(last)) throw new CommandError(31250, `Path collision at ${path}`);
  at.children.set(last, node);
}

function checkPath(path: string, names: string[]): void {
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  if (names.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (names.slice(0, -1).includes('$')) {
    throw new CommandError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path.",
    );
  }
  if (names.some((name) => name.startsWith('$'))) {
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  }
}

export function include(node: Branch, value: Value, root: Doc): Value {
  if (Array.isArray(value))
    return value.map((element: Value) => include(node, element, root)).filter(present);
  const made: Doc = {};
  if (isDoc(value)) {
    for (const name of Object.keys(value)) {
      const child = node.children.get(name);
      if (child?.kind === 'include') setField(made, name, value[name]);
      else if (child?.kind === 'branch') put(made, name, include(child, value[name], root));
    }
  } else if (!node.computes) return undefined;
  if (node.computes) compute(node, made, isDoc(value) ? value : {}, root);
  return made;
}

/** Fills in what is computed, in the order of the specification, making the documents it stands in. */
function compute(node: Branch, made: Doc, original: Doc, root: Doc): void {
  for (const [name, child] of node.children) {
    if (child.kind === 'compute') put(made, name, child.compute(root));
    else if (child.kind === 'branch' && child.computes && field(original, name) === undefined) {
      put(made, name, include(child, undefined, root));
    }
  }
}

export function exclude(node: Branch, value: Value, root: Doc): Value {
  if (Array.isArray(value)) return value.map((element: Value) => exclude(node, element, root));
  if (!isDoc(value)) return value;
  const made: Doc = {};
  for (const name of Object.keys(value)) {
    const child = node.children.get(name);
    if (child === undefined || child.kind === 'include') setField(made, name, value[name]);
    else if (child.kind === 'branch') setField(made, name, exclude(child, value[name], root));
    else if (child.kind === 'compute') put(made, name, child.compute(root));
  }
  return made;
}

export function addTo(node: Branch, value: Value, root: Doc): Value {
  if (Array.isArray(value)) return value.map((element: Value) => addTo(node, element, root));
  const made: Doc = isDoc(value) ? { ...value } : {};
  for (const [name, child] of node.children) {
    const computed =
      child.kind === 'compute' ? child.compute(root) : addTo(child as Branch, field(made, name), root);
    if (computed === undefined) delete made[name];
    else setField(made, name, computed);
  }
  return made;
}

const present = (value: Value) => value !== undefined;
function put(made: Doc, name: string, value: Value): void {
  if (value !== undefined) setField(made, name, value);
}
