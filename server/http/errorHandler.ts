// Duty: the one place where an error becomes a status and a body. The unexpected is logged with its request id and hidden.
import type { NextFunction, Request, Response } from 'express';
import type { ErrorBody } from '../../shared/errors.ts';
import { AppError, notFound, tooLarge, unavailable } from '../errors.ts';
import { log, report } from '../log.ts';
import { isTold, tellServed } from './served.ts';

export function unknownPath(_request: Request, _response: Response, next: NextFunction): void {
  next(notFound('path.unknown'));
}

/** Database errors that mean "try again shortly": the connection broke, the server is starting or full. */
const passingFaults = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
];
/** A connection that broke while it was written to comes as the system's own error; under a batch the driver wraps it, with its code or none. */
const brokenConnections = ['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ERR_STREAM_DESTROYED'];
const isBrokenConnection = ({ name, code }: Error & { code?: unknown }): boolean =>
  brokenConnections.includes(String(code)) || (name === 'MongoBulkWriteError' && code === undefined);
const outOfDiskSpace = 14031;
/** What Express and its file sender say of a request's own headers: a condition, a range, a path. */
const refusedByLibrary = new Set([400, 403, 404, 412, 416]);

export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error) {
    const { type, status, code } = error as Error & { type?: string; status?: number; code?: unknown };
    if (type === 'entity.too.large') return tooLarge();
    if (type === 'entity.parse.failed') return new AppError(400, 'body.notJson');
    if (error instanceof URIError) return new AppError(400, 'path.malformed');
    if (type?.startsWith('encoding.') || type?.startsWith('charset.'))
      return new AppError(415, 'mediaType.unsupported');
    if (type?.startsWith('request.') || (type && status === 400)) return new AppError(400, 'body.broken');
    if (code === outOfDiskSpace) return unavailable(60, 'storage.full');
    if (passingFaults.includes(error.name) || isBrokenConnection(error)) return unavailable();
    if (status && refusedByLibrary.has(status)) return new AppError(status, 'request.refused');
  }
  return new AppError(500, 'internal');
}

/** Refusals of whoever wanted to change something: who, where, which record, which code. What they sent stays out. */
const refusals = new Set([403, 404, 409, 410, 422]);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Ids alone are taken from an address; a one-time link's token is none. */
const recordIds = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function logRefusal(known: AppError, request: Request): void {
  const ids = request.originalUrl.split('?')[0]!.match(recordIds) ?? [];
  log.info(
    {
      requestId: request.id,
      user: request.user?.id ?? null,
      method: request.method,
      path: request.route?.path,
      ids,
      status: known.status,
      code: known.code,
    },
    'refused',
  );
}

/** What was refused before any endpoint saw it: a foreign origin, a broken body, an address that is none. */
function tellRefused(known: AppError, request: Request): void {
  if (!request.originalUrl.startsWith('/api/')) return;
  tellServed({
    requestId: request.id,
    method: request.method,
    path: null,
    recordedAs: null,
    viewer: request.user ?? null,
    ids: [],
    filters: [],
    rows: null,
    about: [],
    status: known.status,
    code: known.code,
  })?.catch((fault: unknown) => report(fault, { where: 'audit' }));
}

export function errorHandler(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const known = asAppError(error);
  if (known.status >= 500)
    report(error, { requestId: request.id, method: request.method, path: request.route?.path });
  else if (refusals.has(known.status) && !safeMethods.has(request.method)) logRefusal(known, request);
  if (!isTold(request)) tellRefused(known, request);
  if (response.headersSent) {
    next(error);
    return;
  }
  if (known.details.retryAfterSeconds) response.set('Retry-After', String(known.details.retryAfterSeconds));
  const body: ErrorBody = {
    error: {
      code: known.code,
      requestId: String(request.id),
      faults: known.details.faults,
      extra: known.details.extra,
    },
  };
  response.status(known.status).set('Cache-Control', 'no-store').json(body);
}
