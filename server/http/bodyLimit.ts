// Duty: refuse a body that is too large before any of it is read; the parser would first take in the whole of it. Files have limits of their own.
import type { RequestHandler } from 'express';
import { tooLarge } from '../errors.ts';

export function bodyLimit(bytes: number): RequestHandler {
  return (request, response, next) => {
    if (request.headers['content-type']?.startsWith('multipart/')) return next();
    if (Number(request.headers['content-length']) > bytes) {
      response.set('Connection', 'close');
      return next(tooLarge());
    }
    if (request.headers['transfer-encoding']) {
      let taken = 0;
      request.on('data', (chunk: Buffer) => {
        taken += chunk.length;
        // The parser refuses at the limit; what is still sent then has no end.
        if (taken > 2 * bytes) request.destroy();
      });
    }
    next();
  };
}
