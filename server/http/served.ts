// Duty: what was asked of the server and how it ended, told to whoever keeps account of it. Ids, names of filters and codes; never content.
import type { Viewer } from '../policy.ts';

/** How an endpoint wants to be recorded where method and path do not say it. */
export type RecordedAs = 'export' | 'open' | 'search';

export interface Served {
  requestId: string;
  /** `GET` and its like; `SOCKET` for what a live connection asks. */
  method: string;
  /** The endpoint's pattern, never the address itself; null for what no endpoint answers. */
  path: string | null;
  recordedAs: RecordedAs | null;
  viewer: Pick<Viewer, 'id' | 'role'> | null;
  /** Records it was about. */
  ids: readonly string[];
  /** Names of the filters of a list, without their values. */
  filters: readonly string[];
  /** How many rows a list or search found; null where nothing is counted. */
  rows: number | null;
  /** Codes that belong to it, such as what an export is for. */
  about: readonly string[];
  /** What the answer says; 0 when it is only about to be given. */
  status: number;
  code: string | null;
}

/** A promise holds the answer back until it is kept; when it fails, the answer becomes a 503. */
export type ServedListener = (served: Served) => Promise<void> | undefined;

interface Listeners {
  /** Asked before the handler runs, for what must be on record before the first byte leaves. */
  before?: ServedListener;
  after: ServedListener;
}

const listeners = new Set<Listeners>();

export function onServed(added: Listeners): () => void {
  listeners.add(added);
  return () => listeners.delete(added);
}

function tell(served: Served, when: keyof Listeners): Promise<unknown> | undefined {
  let kept: Promise<unknown> | undefined;
  for (const listener of listeners) {
    const promise = listener[when]?.(served);
    if (promise) kept = kept ? Promise.all([kept, promise]) : promise;
  }
  return kept;
}

export const tellServing = (served: Served) => tell(served, 'before');
export const tellServed = (served: Served) => tell(served, 'after');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const mostIds = 500;

/** The record ids among these parts of a request; tokens, slugs and words are not ids. */
export function idsIn(...parts: (Record<string, unknown> | undefined)[]): string[] {
  const found: string[] = [];
  for (const part of parts)
    for (const key in part) {
      const value = part[key];
      if (typeof value === 'string') {
        if (uuid.test(value)) found.push(value);
      } else if (Array.isArray(value))
        for (const item of value) if (typeof item === 'string' && uuid.test(item)) found.push(item);
    }
  return found.length > mostIds ? found.slice(0, mostIds) : found;
}

/** Who asks through a one-time link has no session: the handler says which organisation it is. */
const holders = new WeakMap<object, string>();
export const askedByLink = (request: object, organisation: string): void =>
  void holders.set(request, organisation);
export const linkHolderOf = (request: object): string | undefined => holders.get(request);

const furtherIds = new WeakMap<object, readonly string[]>();
/** Records that the answer shows something of although the request did not name them; for the account alone, never for who asks. */
export const alsoAbout = (request: object, ids: readonly string[]): void => void furtherIds.set(request, ids);
export const furtherIdsOf = (request: object): readonly string[] => furtherIds.get(request) ?? [];

const countedRows = new WeakMap<object, number>();
/** How many rows a file has that a handler sends by itself. */
export const countsRows = (request: object, rows: number): void => void countedRows.set(request, rows);
export const countedRowsOf = (request: object): number | null => countedRows.get(request) ?? null;

const codes = new WeakMap<object, readonly string[]>();
/** Why or how it was done, in codes of a closed list; for the account alone. */
export const noteAbout = (request: object, about: readonly string[]): void => void codes.set(request, about);
export const codesAbout = (request: object): readonly string[] => codes.get(request) ?? [];

/** Requests that are on record, so that the error handler does not tell of them again. */
const told = new WeakMap<object, string>();
export const markTold = (request: object, route: string): void => void told.set(request, route);
export const isTold = (request: object): boolean => told.has(request);
/** The endpoint's pattern, for whoever counts requests. */
export const routeOf = (request: object): string | undefined => told.get(request);
