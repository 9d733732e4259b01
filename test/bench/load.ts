// Duty: send many requests over a few connections for some seconds, rotating them, and verify answers before and while. What is sent is the caller's.
import { type IncomingMessage, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { gunzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import type { Headers, Job, LoadRequest, Question } from './adapter.ts';

export interface LoadResult {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of one answer's body as sent, average. */
  bytes: number;
  requests: number;
}

export interface LoadOptions extends Question, Pick<Job, 'confirm'> {
  url: string;
  headers?: Headers;
  connections?: number;
  seconds: number;
}

interface Answer {
  status: number;
  /** Decompressed. */
  body: string;
  /** As sent. */
  bytes: number;
}

const headersOf = ({ headers }: LoadOptions): Headers => ({ 'content-type': 'application/json', ...headers });

/** One request by itself. */
export function ask(options: LoadOptions, sent: LoadRequest): Promise<Answer> {
  const address = new URL(options.url + sent.path);
  const send = address.protocol === 'https:' ? secureRequest : request;
  return new Promise((resolve, reject) => {
    const asked = send(address, { method: sent.method ?? 'GET', headers: headersOf(options) });
    asked.once('error', reject);
    asked.once('response', async (answer: IncomingMessage) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const wire = Buffer.concat(chunks);
        const packed = answer.headers['content-encoding'] === 'gzip';
        const body = (packed ? gunzipSync(wire) : wire).toString();
        resolve({ status: answer.statusCode ?? 0, body, bytes: wire.length });
      } catch (error) {
        reject(error as Error);
      }
    });
    asked.end(sent.body);
  });
}

/** Null when it is right. */
function faultOf(options: LoadOptions, sent: LoadRequest, status: number, body: string): string | null {
  const words = () => `${sent.path.slice(0, 200)}: ${body.slice(0, 300)}`;
  if (status !== options.status) return `status ${status} for ${words()}`;
  try {
    return options.verify(body, sent) ? null : `body for ${words()}`;
  } catch {
    return `unreadable body for ${words()}`;
  }
}

async function askVerified(options: LoadOptions, sent: LoadRequest): Promise<Answer> {
  const answer = await ask(options, sent);
  const fault = faultOf(options, sent, answer.status, answer.body);
  if (fault) throw new Error(`A wrong answer from ${options.url}: ${fault}`);
  return answer;
}

/**
 * Verifies at least twenty answers (fewer where each takes long), the first three by further questions too, and goes on for
 * some seconds so that nothing measured is a first time. Tells how many a second it had, one after the other.
 */
export async function warmUp(options: LoadOptions, seconds = Math.min(2, options.seconds)): Promise<number> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let asked = 0;
  while (asked < 20 || performance.now() < until) {
    const sent = options.next();
    await askVerified(options, sent);
    if (asked < 3 && options.confirm && !(await options.confirm(sent)))
      throw new Error(`A wrong answer from ${options.url}: ${sent.path} was acknowledged and is not there`);
    asked += 1;
    if (performance.now() > until + seconds * 4000) break;
  }
  return (asked * 1000) / (performance.now() - begun);
}

/** What is compressed comes to the load generator unreadable, so it is asked for again, once in so many answers. */
const repeatEvery = 500;

/** Throws when any answer was wrong: a fast wrong answer is not a figure. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  let wrong = '';
  let answers = 0;
  const sizes: number[] = [];
  const repeats: Promise<void>[] = [];
  const repeat = (sent: LoadRequest) =>
    askVerified(options, sent).then(
      ({ bytes }) => void sizes.push(bytes),
      (error: Error) => {
        wrong ||= error.message;
      },
    );
  const result = await autocannon({
    url: options.url,
    connections: options.connections ?? 10,
    duration: options.seconds,
    headers: headersOf(options),
    requests: [
      {
        setupRequest: (request: autocannon.Request, context: { sent?: LoadRequest }) => {
          const sent = options.next();
          context.sent = sent;
          return { ...request, method: sent.method ?? 'GET', path: sent.path, body: sent.body ?? '' };
        },
        onResponse: (
          status: number,
          body: string,
          context: { sent?: LoadRequest },
          headers: Record<string, unknown> | undefined,
        ) => {
          answers += 1;
          const sent = context.sent!;
          const packed = Object.keys(headers ?? {}).some((name) => /^content-encoding$/i.test(name));
          if (status !== options.status) wrong ||= faultOf(options, sent, status, body)!;
          else if (packed) {
            if (sent.method !== 'POST' && answers % repeatEvery === 1) repeats.push(repeat(sent));
          } else if (answers % 10 === 1) {
            sizes.push(Buffer.byteLength(body));
            wrong ||= faultOf(options, sent, status, body) ?? '';
          }
        },
      },
    ],
  });
  await Promise.all(repeats);
  if (wrong) throw new Error(`A wrong answer from ${options.url}: ${wrong}`);
  if (result.errors > 0) throw new Error(`${result.errors} requests failed, ${answers} answered`);
  if (answers === 0) throw new Error(`Nothing was answered by ${options.url}`);
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    bytes: Math.round(sizes.reduce((sum, one) => sum + one, 0) / Math.max(1, sizes.length)),
    requests: answers,
  };
}
