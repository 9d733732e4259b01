// Duty: what a command is to the server, and how its arguments are read with MongoDB's own complaints.
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { type Doc, isDoc, isNumber, toDouble, typeName, type Value } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';

export interface Caller {
  readonly connectionId: number;
  /** Set by a successful SCRAM conversation, or from the start where none is asked for. */
  user: string | undefined;
  /** The name the client gave itself, empty when it gave none; undefined before its first message. */
  application: string | undefined;
  readonly mustSignIn: boolean;
  /** A SCRAM conversation under way. */
  conversation: unknown;
}

export interface Context {
  engine: Engine;
  database: string;
  caller: Caller;
  operation: Operation;
  /** Hex of the session's id, when the client sent one. */
  session: string | undefined;
  /** Runs another command for the same caller, as `explain` does. */
  run(body: Doc): Promise<Doc | CursorReply>;
}

export interface Command {
  /** The command's own fields; any other but the general ones is refused. `undefined` accepts all. */
  fields: readonly string[] | undefined;
  /** May be called before signing in. */
  open?: boolean;
  adminOnly?: boolean;
  run(context: Context, body: Doc): Promise<Doc | CursorReply> | Doc | CursorReply;
}

export type Commands = Record<string, Command>;

const general = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$audit',
  '$client',
  'help',
  'maxTimeMSOpOnly',
  'mayBypassWriteBlocking',
]);

export function checkFields(name: string, command: Command, body: Doc): void {
  if (!command.fields) return;
  for (const field of Object.keys(body)) {
    if (field !== name && !general.has(field) && !command.fields.includes(field))
      throw unknownField(name, field);
  }
}

const unknownField = (owner: string, field: string) =>
  new CommandError(40415, `BSON field '${owner}.${field}' is an unknown field.`);

export function checkKnown(owner: string, doc: Doc, known: readonly string[]): void {
  for (const field of Object.keys(doc)) if (!known.includes(field)) throw unknownField(owner, field);
}

const wrongType = (name: string, value: Value, expected: string) =>
  new CommandError(
    14,
    `BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  );

const absent = (value: Value): value is null | undefined => value === undefined || value === null;

const commandName = (body: Doc): string => Object.keys(body)[0] ?? '';

/** A whole number, or undefined when it is missing. */
export function integer(body: Doc, name: string, least = 0): number | undefined {
  const value = body[name];
  if (absent(value)) return undefined;
  if (!isNumber(value)) throw wrongType(`${commandName(body)}.${name}`, value, 'number');
  const number = Math.trunc(toDouble(value));
  if (!(number >= least)) {
    throw new CommandError(51024, `BSON field '${name}' value must be >= ${least}, actual value '${number}'`);
  }
  return number;
}

export function flag(body: Doc, name: string): boolean {
  const value = body[name];
  if (absent(value)) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toDouble(value) !== 0;
  throw wrongType(`${commandName(body)}.${name}`, value, 'bool');
}

export function optionalDoc(body: Doc, name: string): Doc | undefined {
  const value = body[name];
  if (absent(value)) return undefined;
  if (!isDoc(value)) throw wrongType(`${commandName(body)}.${name}`, value, 'object');
  return value;
}

export function text(body: Doc, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  if (absent(value)) throw missing(commandName(body), name);
  throw wrongType(`${commandName(body)}.${name}`, value, 'string');
}

export function list(body: Doc, name: string): Value[] {
  const value = body[name];
  if (Array.isArray(value)) return value;
  if (absent(value)) throw missing(commandName(body), name);
  throw wrongType(`${commandName(body)}.${name}`, value, 'array');
}

export const missing = (owner: string, name: string) =>
  new CommandError(40414, `BSON field '${owner}.${name}' is missing but a required field`);

/** `database.collection` of a command whose first field names the collection. */
export function namespaceOf(context: Context, body: Doc): string {
  const name = Object.keys(body)[0]!;
  const collection = body[name];
  if (typeof collection !== 'string') {
    throw new CommandError(73, `collection name has invalid type ${typeName(collection)}`);
  }
  return checkedNamespace(context.database, collection);
}

export function checkedNamespace(database: string, collection: string): string {
  if (collection === '' || collection.includes('\0')) {
    throw new CommandError(73, `Invalid namespace specified '${database}.${collection}'`);
  }
  return `${database}.${collection}`;
}
