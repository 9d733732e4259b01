// Duty: one id for a request from the browser to the log. A proxy's own is taken over when it has our form; nothing else is.
import type { NextFunction, Request, Response } from 'express';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whatever else is sent would end in a log line as somebody else's words. */
export function requestIds(request: Request, response: Response, next: NextFunction): void {
  const sent = request.headers['x-request-id'];
  request.id = typeof sent === 'string' && form.test(sent) ? sent : crypto.randomUUID();
  response.setHeader('X-Request-Id', request.id);
  next();
}
