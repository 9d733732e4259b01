// Duty: how a BSON document looks in memory inside the database, and the way in and out of bytes. No comparison here.
import { BSON } from 'bson';

/**
 * A BSON value as `decode` makes it. Numbers stay typed (`Int32`, `Double`, `Long`, `Decimal128`), so that an update
 * never changes a type by accident; strings, booleans, null, Date, RegExp-as-BSONRegExp, ObjectId, Binary are themselves.
 */
export type Value = unknown;
export type Doc = { [field: string]: Value };

const decodeOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

export function decode(bytes: Uint8Array): Doc {
  return BSON.deserialize(bytes, decodeOptions) as Doc;
}

export function encode(doc: Doc): Uint8Array {
  return BSON.serialize(doc, { ignoreUndefined: false });
}
