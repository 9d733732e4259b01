// Duty: what an endpoint is (method, path, schemas, handler) and how a list of them is mounted. No endpoint lives here.
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
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

export function mount(endpoints: readonly Endpoint[]): Router {
  const router = Router();
  for (const item of endpoints) {
    router[item.method](item.path, async (request: Request, response: Response) => {
      const viewer = request.user ?? null;
      if (item.access === 'signedIn' && !viewer) throw notSignedIn();
      const answer = await item.run(viewer, {
        params: parsePart(item.params, request.params, 'params'),
        query: parsePart(item.query, request.query, 'query'),
        body: parsePart(item.body, request.body, 'body'),
        http: { request, response },
      });
      if (answer === streamed) return;
      if (answer instanceof AnswerWithStatus) response.status(answer.status).json(answer.body);
      else if (answer === undefined) response.status(item.status ?? 204).end();
      else response.status(item.status ?? 200).json(answer);
    });
  }
  return router;
}
