// Duty: refuse state-changing requests that another site made the browser send (CSRF). Who the person is, is not asked here.
import type { NextFunction, Request, Response } from 'express';
import { notAllowed } from '../errors.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** True when the request's Origin is this server as the browser addressed it, or the configured public address. */
export function isOwnOrigin(
  origin: string,
  host: string | undefined,
  publicUrl: string | undefined,
): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  const known = publicUrl === undefined ? null : new URL(publicUrl);
  // Where people come by https, a page sent by http is whoever sits on the line.
  if (known?.protocol === 'https:' && url.host === known.host) return url.origin === known.origin;
  return url.host === host || url.origin === known?.origin;
}

/** A browser names the origin of every unsafe request; a program without one must say so with `X-Requested-With`. */
export function originGuard(publicUrl: string | undefined) {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (safeMethods.includes(request.method)) return next();
    const origin = request.headers.origin;
    const allowed = origin
      ? isOwnOrigin(origin, request.headers.host, publicUrl)
      : request.headers['x-requested-with'] !== undefined;
    next(allowed ? undefined : notAllowed('origin.foreign'));
  };
}
