// Duty: what an endpoint is (method, path, schemas, handler) and how a list of them is mounted. No endpoint lives here.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { notSignedIn } from '../errors.ts';
import type { Viewer } from '../policy.ts';
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
  constructor(text: string) {
    this.text = text;
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

async function serve(item: Endpoint, request: Request, response: Response): Promise<void> {
  const viewer = request.user ?? null;
  if (item.access === 'signedIn' && !viewer) throw notSignedIn();
  const answer = await item.run(viewer, {
    params: parsePart(item.params, request.params, 'params'),
    query: parsePart(item.query ?? nothing, request.query, 'query'),
    body: parsePart(item.body ?? nothing, request.body, 'body'),
    http: { request, response },
  });
  if (answer === streamed) return;
  if (answer instanceof AnswerWithStatus) sendJson(response, answer.status, answer.body);
  else if (answer === undefined) response.status(item.status ?? 204).end();
  else sendJson(response, item.status ?? 200, answer);
}

/** Without Express's own look at types and freshness: an answer is JSON, and never kept. */
function sendJson(response: Response, status: number, body: unknown): void {
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
