// Duty: the shape of one documented MongoDB behaviour; the tables beside this file are lists of them.
import type { Document } from 'mongodb';

/** What is stored before. A bare value stands for a document `{ _id: <its place, from 0>, a: <value> }`. */
interface Stored {
  says: string;
  docs?: Document[];
  values?: unknown[];
}

/** A query and the `_id`s it finds. */
export interface Finds extends Stored {
  filter: Document;
  collation?: Document;
  finds: unknown[];
}

/** The `_id`s in order. */
export interface Sorts extends Stored {
  sort: Document;
  collation?: Document;
  order: unknown[];
}

/** One document updated; `after` is all there is then. */
export interface Updates extends Stored {
  filter?: Document;
  update: Document | Document[];
  options?: Document;
  replace?: boolean;
  many?: boolean;
  after: Document[];
  /** How many were modified, where that is the point. */
  modified?: number;
}

export interface Projects extends Stored {
  filter?: Document;
  projection: Document;
  gives: Document[];
}

export interface Aggregates extends Stored {
  /** A second collection, called `other` in the pipeline. */
  other?: Document[];
  pipeline: Document[];
  gives: Document[];
}

/** Refusals carry MongoDB's code, and words that its message has. */
export interface Refuses extends Stored {
  filter?: Document;
  update?: Document | Document[];
  options?: Document;
  replace?: boolean;
  pipeline?: Document[];
  projection?: Document;
  sort?: Document;
  code: number;
  words: string;
}
