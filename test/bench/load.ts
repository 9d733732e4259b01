// Duty: send many requests over a few connections for some seconds, rotating them, and verify every answer. What is sent is the caller's.
import autocannon from 'autocannon';

export interface LoadRequest {
  method?: 'GET' | 'POST';
  path: string;
  body?: string;
}

export interface LoadResult {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of one answer's body as sent, average. */
  bytes: number;
  requests: number;
}

export interface LoadOptions {
  url: string;
  cookie?: string;
  connections?: number;
  seconds: number;
  /** Makes the next request; called once per request, so that no single cached answer decides. */
  next(): LoadRequest;
  status: number;
  /** True when the answer's body is right. */
  verify(body: string): boolean;
}

/** Throws when any answer was wrong: a fast wrong answer is not a figure. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  let wrong = '';
  let answers = 0;
  let bytes = 0;
  const result = await autocannon({
    url: options.url,
    connections: options.connections ?? 10,
    duration: options.seconds,
    headers: {
      cookie: options.cookie ?? '',
      'content-type': 'application/json',
      'x-requested-with': 'bench',
    },
    requests: [
      {
        setupRequest: (request: autocannon.Request) => {
          const next = options.next();
          return { ...request, method: next.method ?? 'GET', path: next.path, body: next.body ?? '' };
        },
        onResponse: (status: number, body: string) => {
          answers += 1;
          bytes += body.length;
          if (status !== options.status) wrong ||= `status ${status}: ${body.slice(0, 300)}`;
          else if (answers % 10 === 0 && !options.verify(body)) wrong ||= `body ${body.slice(0, 300)}`;
        },
      },
    ],
  });
  if (wrong) throw new Error(`A wrong answer from ${options.url}: ${wrong}`);
  if (result.errors > 0) throw new Error(`${result.errors} requests failed, ${answers} answered`);
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    bytes: Math.round(bytes / Math.max(1, answers)),
    requests: answers,
  };
}
