// Duty: documents as clients send them, made fit for storing: well-formed, with `_id` in front, within the size limit.
import { ObjectId } from 'bson';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { compilePath, readField } from './semantics/rawBson.ts';
import { bsonType, type Doc, decode, encode, isDoc, typeOf, type Value } from './semantics/values.ts';
import { firstFieldIsId, validateBson } from './validateBson.ts';
import { validate } from './validation.ts';

export const largestDocument = 16 * 1024 * 1024;
/** Keeps a single commit short: others wait for it. */
const transactionDocuments = 1_000;
const transactionBytes = 8 * 1024 * 1024;

const idPath = compilePath('_id');

export function prepared(bytes: Uint8Array): Uint8Array {
  validateBson(bytes);
  if (bytes.length > largestDocument) throw tooLarge(bytes.length);
  const id = readField(bytes, idPath);
  checkId(id);
  if (id !== undefined && firstFieldIsId(bytes)) return bytes;
  const doc = decode(bytes);
  return encode({ _id: id ?? new ObjectId(), ...doc });
}

export function preparedDoc(doc: Doc): Uint8Array {
  return prepared(encode(doc));
}

export const tooLarge = (size: number) =>
  new CommandError(10334, `BSONObj size: ${size} is invalid. Size must be between 0 and 16793600(16MB)`);

export function checkId(id: Value): void {
  const type = id === undefined ? undefined : typeOf(id);
  if (type === bsonType.array || type === bsonType.regex) {
    const word = type === bsonType.array ? 'array' : 'regex';
    throw new CommandError(53, `The '_id' value cannot be of type ${word}`);
  }
  const odd = isDoc(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined;
  if (odd && !['$ref', '$id', '$db'].includes(odd)) {
    throw new CommandError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${odd} is not valid for storage.`,
    );
  }
}

export interface WriteFailure {
  index: number;
  error: CommandError;
}

/** Inserts in bounded transactions; an ordered insert stops at its first failure. */
export async function insertAll(
  engine: Engine,
  namespace: string,
  documents: readonly Uint8Array[],
  ordered: boolean,
  bypassValidation = false,
): Promise<{ inserted: number; failures: WriteFailure[] }> {
  const failures: WriteFailure[] = [];
  let inserted = 0;
  const stopped = () => ordered && failures.length > 0;
  for (let start = 0; start < documents.length && !stopped(); ) {
    start = await engine.write(() => {
      const collection = engine.catalogue.ensure(namespace);
      let bytes = 0;
      let at = start;
      for (; at < documents.length && at - start < transactionDocuments && bytes < transactionBytes; at++) {
        if (stopped()) break;
        try {
          const document = prepared(documents[at]!);
          if (!bypassValidation) validate(collection, document);
          engine.records.insert(collection, document);
          bytes += document.length;
          inserted++;
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          failures.push({ index: at, error });
        }
      }
      return at;
    });
  }
  return { inserted, failures };
}
