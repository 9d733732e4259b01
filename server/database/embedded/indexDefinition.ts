// Duty: what an index is: its key pattern, its options, its flags; from a specification and back. No entries here.
import { compileMatcher, type Matcher } from './semantics/matcher.ts';
import type { Doc, Value } from './semantics/values.ts';

export interface Index {
  readonly id: number;
  readonly name: string;
  /** As listIndexes shows it. */
  spec: Doc;
  readonly fields: readonly string[];
  readonly parts: readonly (readonly string[])[];
  readonly descending: readonly boolean[];
  readonly unique: boolean;
  /** Already refuses new duplicates, though old ones may be there: on its way to being unique. */
  readonly prepareUnique: boolean;
  readonly sparse: boolean;
  readonly partial: Doc | undefined;
  readonly partialMatcher: Matcher | undefined;
  /** The order of the documents themselves: it has no entries of its own. */
  readonly primary: boolean;
  expireAfterSeconds: number | undefined;
  hidden: boolean;
  /** Bit n: some document has an array at the nth field, and so perhaps several entries. Never taken back. */
  arraysAt: number;
  /** Some entry was too long for a key and ends in a hash. Never taken back. */
  cut: boolean;
  /** Entries are written but not yet complete: not used for reading. */
  building: boolean;
}

export function indexFrom(record: Doc): Index {
  const spec = record.spec as Doc;
  const key = spec.key as Doc;
  const fields = Object.keys(key);
  const partial = spec.partialFilterExpression as Doc | undefined;
  const expire = spec.expireAfterSeconds;
  return {
    id: Number(record.id),
    name: spec.name as string,
    spec,
    fields,
    parts: fields.map((field) => field.split('.')),
    descending: Object.values(key).map((direction) => Number(direction) < 0),
    unique: record.unique === true || isTrue(spec.unique),
    prepareUnique: isTrue(spec.prepareUnique),
    sparse: isTrue(spec.sparse),
    partial,
    partialMatcher: partial && compileMatcher(partial),
    primary: record.primary === true,
    expireAfterSeconds: expire === undefined ? undefined : Number(expire),
    hidden: isTrue(spec.hidden),
    arraysAt: arraysIn(record),
    cut: record.cut === true,
    building: record.building === true,
  };
}

/** What the catalogue stores of it. */
export function indexRecord(index: Index): Doc {
  const { id, spec, unique, primary, arraysAt, cut, building } = index;
  return { id, spec, unique, primary, multikey: arraysAt !== 0, arraysAt, cut, building };
}

/** Earlier versions did not note at which field: then it may be any. */
function arraysIn({ multikey, arraysAt }: Doc): number {
  if (arraysAt !== undefined) return Number(arraysAt);
  return multikey === true ? -1 : 0;
}

/** Truth as MongoDB reads option values: numbers other than zero count. */
export const isTrue = (value: Value): boolean => value === true || (value != null && Number(value) > 0);
