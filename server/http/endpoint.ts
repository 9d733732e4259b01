// Duty: what an endpoint is (method, path, schemas, handler) and how a list of them is mounted. No endpoint lives here.
import { gzipSync } from 'node:zlib';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { notAllowed, notSignedIn, unavailable } from '../errors.ts';
import { report } from '../log.ts';
import type { Viewer } from '../policy.ts';
import { asAppError } from './errorHandler.ts';
import {
  codesAbout,
  countedRowsOf,
  furtherIdsOf,
  idsIn,
  linkHolderOf,
  markTold,
  type RecordedAs,
  type Served,
  tellServed,
  tellServing,
} from './served.ts';
import { parsePart } from './validate.ts';

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

interface Parts<Params extends Schema, Query extends Schema, Body extends Schema> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  /** For the few handlers that stream a file in or out; they answer by themselves and return `streamed`. */
  http: { request: Request; response: Response };
}

interface Definition<Params extends Schema, Query extends Schema, Body extends Schema> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path from the root, e.g. `/api/cases/:id`. */
  path: string;
  /** One line for the API's own description. */
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Status of a success; 200, or 204 when the handler returns nothing. */
  status?: number;
  /** How it stands in the audit log, where method and path do not say it. */
  recordedAs?: RecordedAs;
  /** Codes out of what was sent that the audit log keeps before the answer; no words of a person. */
  recordedAbout?(body: Parsed<Body>): readonly string[];
  /** Open also to who is signed in but owes a second factor: nothing but what leads to one. */
  whileOwing?: true;
}

/** An endpoint as the app mounts and lists it, its schema types forgotten. */
export interface Endpoint extends Definition<Schema, Schema, Schema> {
  access: 'public' | 'signedIn';
  run(viewer: Viewer | null, parts: Parts<Schema, Schema, Schema>): Promise<unknown>;
}

/** What a handler returns when it has answered by itself. */
export const streamed = Symbol('streamed');

/** An answer whose status only its handler knows, e.g. 201 for the first request and 200 for its repeat. */
class AnswerWithStatus {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}
export const withStatus = (status: number, body: unknown) => new AnswerWithStatus(status, body);

/** An answer that its presenter has already put into words. */
export class JsonText {
  readonly text: string;
  /** How many it found, where it is a list. */
  readonly rows: number | null;
  constructor(text: string, rows: number | null = null) {
    this.text = text;
    this.rows = rows;
  }
}

/** An answer around bytes that are kept: they are sent as they are, neither copied nor put into words again. */
export class JsonAround {
  readonly before: string;
  readonly kept: Buffer;
  readonly after: string;
  constructor(before: string, kept: Buffer, after: string) {
    this.before = before;
    this.kept = kept;
    this.after = after;
  }
}

/** One that stays the same for many requests: its bytes are made and compressed once. */
export class FrozenJson extends JsonText {
  readonly bytes: Buffer;
  readonly zipped: Buffer;
  constructor(text: string) {
    super(text);
    this.bytes = Buffer.from(text);
    this.zipped = gzipSync(this.bytes, { level: 9 });
  }
}

/** An endpoint for signed-in people: without a session it answers 401 before anything is read. */
export function endpoint<Params extends Schema, Query extends Schema, Body extends Schema>(
  definition: Definition<Params, Query, Body> & {
    handle(request: Parts<Params, Query, Body> & { viewer: Viewer }): Promise<unknown>;
  },
): Endpoint {
  const { handle, ...rest } = definition;
  return {
    ...rest,
    access: 'signedIn',
    run: (viewer, parts) => {
      if (!viewer) throw notSignedIn();
      return handle({ ...(parts as Parts<Params, Query, Body>), viewer });
    },
  };
}

/** An endpoint anybody may call; being public is said here, never by leaving something out. */
export function publicEndpoint<Params extends Schema, Query extends Schema, Body extends Schema>(
  definition: Definition<Params, Query, Body> & {
    handle(request: Parts<Params, Query, Body> & { viewer: Viewer | null }): Promise<unknown>;
  },
): Endpoint {
  const { handle, ...rest } = definition;
  return {
    ...rest,
    access: 'public',
    run: (viewer, parts) => handle({ ...(parts as Parts<Params, Query, Body>), viewer }),
  };
}

/** One small router per slice, found by the path's second word, so that a request is not held against every path there is. */
export function mount(endpoints: readonly Endpoint[]): RequestHandler {
  const routers = new Map<string, Router>();
  for (const item of endpoints) {
    const slice = sliceOf(item.path);
    const router = routers.get(slice) ?? Router();
    routers.set(slice, router);
    router[item.method](item.path.slice(apiRoot.length), (request, response) =>
      serve(item, request, response),
    );
  }
  return (request, response, next) => {
    const router = routers.get(sliceOf(request.originalUrl));
    if (router) router(request, response, next);
    else next();
  };
}

const apiRoot = '/api';
const sliceOf = (path: string): string => /^\/api\/([^/?]*)/.exec(path)?.[1] ?? '';

/** An endpoint that asks for no query or no body takes none, so that nothing is sent in vain or in hope. */
const nothing = z.strictObject({});

/** Every way out of here is told to those who keep account, and what they must keep is kept before the answer leaves. */
async function serve(item: Endpoint, request: Request, response: Response): Promise<void> {
  const viewer = request.user ?? (item.whileOwing ? request.owing : null) ?? null;
  const served = servedOf(item, request, viewer ?? request.owing ?? null);
  let answer: unknown;
  try {
    if (item.access === 'signedIn' && !viewer)
      throw request.owing ? notAllowed('secondFactor.needed') : notSignedIn();
    // Express reads the address anew at every look.
    const asked = request.query;
    const parts = {
      params: parsePart(item.params, request.params, 'params'),
      query: parsePart(item.query ?? nothing, asked, 'query'),
      body: parsePart(item.body ?? nothing, request.body, 'body'),
      http: { request, response },
    };
    served.filters = Object.keys(asked);
    if (item.body || served.filters.length > 0)
      served.ids = idsIn(request.params, parts.query as undefined, parts.body as undefined);
    if (item.recordedAbout) served.about = item.recordedAbout(parts.body as undefined);
    const before = tellServing(served);
    if (before) await before.catch(notKept);
    answer = await item.run(viewer, parts);
  } catch (error) {
    const { status, code } = asAppError(error);
    const kept = account(served, request, status, code);
    // A refusal gives nothing away, so it does not wait for a log that cannot be written.
    if (kept) await kept.catch((fault: unknown) => report(fault, { where: 'audit' }));
    throw error;
  }
  const withStatus = answer instanceof AnswerWithStatus ? answer : null;
  const body = withStatus ? withStatus.body : answer;
  const status = withStatus?.status ?? item.status ?? (answer === undefined ? 204 : 200);
  served.rows = countedRowsOf(request) ?? rowsOf(body);
  const kept = account(served, request, answer === streamed ? response.statusCode : status, null);
  if (kept) await kept.catch(answer === streamed ? report : notKept);
  if (answer === streamed) return;
  if (body === undefined) response.status(status).end();
  else if (body instanceof FrozenJson) sendFrozen(response, status, body);
  else if (body instanceof JsonAround) sendAround(response, status, body);
  else sendJson(response, status, body);
}

function servedOf(item: Endpoint, request: Request, viewer: Viewer | null): Served {
  return {
    requestId: request.id,
    method: request.method,
    path: item.path,
    recordedAs: item.recordedAs ?? null,
    viewer,
    ids: idsIn(request.params),
    filters: [],
    rows: null,
    about: [],
    status: 0,
    code: null,
  };
}

function account(
  served: Served,
  request: Request,
  status: number,
  code: string | null,
): Promise<unknown> | undefined {
  markTold(request, served.path ?? '-');
  served.status = status;
  served.code = code;
  // Somebody who has just signed in is known only now.
  served.viewer ??= request.user ?? null;
  const holder = linkHolderOf(request);
  if (holder) served.viewer ??= { id: holder, role: 'cso_member' };
  served.ids = [...served.ids, ...furtherIdsOf(request)];
  served.about = [...served.about, ...codesAbout(request)];
  return tellServed(served);
}

/** What was done is done, and safe to repeat; but nobody learns of it while it is on no record. */
function notKept(error: unknown): never {
  report(error, { where: 'audit' });
  throw unavailable(5);
}

function rowsOf(body: unknown): number | null {
  if (body instanceof JsonText) return body.rows;
  if (typeof body !== 'object' || body === null) return null;
  const { total, data } = body as { total?: unknown; data?: unknown };
  if (typeof total === 'number') return total;
  return Array.isArray(data) ? data.length : null;
}

/** Without Express's own look at types and freshness: an answer is JSON, and never kept. */
function sendJson(response: Response, status: number, body: unknown): void {
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

function sendAround(response: Response, status: number, { before, kept, after }: JsonAround): void {
  const length = Buffer.byteLength(before) + kept.length + Buffer.byteLength(after);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', length);
  response.write(before);
  response.write(kept);
  response.end(after);
}

const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/;

function sendFrozen(response: Response, status: number, { bytes, zipped }: FrozenJson): void {
  const isZipped = takesGzip.test(String(response.req.headers['accept-encoding'] ?? ''));
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Vary', 'Accept-Encoding');
  if (isZipped) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', (isZipped ? zipped : bytes).length);
  response.end(isZipped ? zipped : bytes);
}
