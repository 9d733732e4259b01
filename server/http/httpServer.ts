// Duty: the server's own limits: how long a request may take to arrive, how large its head may be, and the answer to what is no HTTP. The rest is the app's.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { ErrorBody } from '../../shared/errors.ts';

/** A head is a few packets, whatever the line; a whole upload over a poor one takes minutes. */
const headMilliseconds = 15_000;
const requestMilliseconds = 600_000;
/** Nothing sent and nothing taken for that long, in the middle of a request: nobody is there. */
const silenceMilliseconds = 60_000;
const headBytes = 16_384;

const refusals: Record<string, [string, string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'request.headTooLarge'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request.tooSlow'],
};

export function makeHttpServer(
  handler: RequestListener,
  { headTimeout = headMilliseconds, silence = silenceMilliseconds } = {},
): Server {
  const server = createServer(
    {
      headersTimeout: headTimeout,
      requestTimeout: requestMilliseconds,
      connectionsCheckingInterval: Math.min(5_000, headTimeout),
      maxHeaderSize: headBytes,
    },
    handler,
  );
  server.timeout = silence;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Once something was answered on this connection, more words could be taken for a part of it.
    const isFresh = 'bytesWritten' in socket && socket.bytesWritten === 0;
    if (!socket.writable || !isFresh) {
      socket.destroy(error);
      return;
    }
    const [status, code] = refusals[error.code ?? ''] ?? ['400 Bad Request', 'request.malformed'];
    const body: ErrorBody = { error: { code, requestId: crypto.randomUUID() } };
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  });
  return server;
}
