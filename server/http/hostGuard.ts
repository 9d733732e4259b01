// Duty: refuse requests that were addressed to another name (DNS rebinding): a stranger's page must not become this server's own.
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors.ts';

/** True for a bare address, this machine's own names and the configured public one; whoever rebinds a name needs another. */
export function isOwnHost(host: string | undefined, publicUrl: string | undefined): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.toLowerCase();
  const own = hostname().toLowerCase();
  const names = ['localhost', own, `${own}.local`, publicUrl && new URL(publicUrl).hostname.toLowerCase()];
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || names.includes(name);
}

export function hostGuard(publicUrl: string | undefined) {
  return (request: Request, _response: Response, next: NextFunction) =>
    next(isOwnHost(request.headers.host, publicUrl) ? undefined : new AppError(421, 'host.foreign'));
}
