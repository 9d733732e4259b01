// Duty: the only place that speaks HTTP to the server: JSON in and out, one error class. No words for people, no caching.
import type { ErrorBody, FaultBody } from '../../shared/errors.ts';

/** `status` 0: no answer came (`network`, `timeout`). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: FaultBody[];
  readonly extra: Record<string, unknown>;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  constructor(
    status: number,
    code: string,
    more: {
      faults?: FaultBody[];
      extra?: Record<string, unknown>;
      requestId?: string | null;
      retryAfterSeconds?: number | null;
    } = {},
  ) {
    super(`${status} ${code}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.faults = more.faults ?? [];
    this.extra = more.extra ?? {};
    this.requestId = more.requestId ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}

/** True when nothing was answered, so that sending the same again later is right. */
export const isUnreachable = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status === 0;

/** Not there, or not ours to see any more. */
export const isGone = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 404);

/** Gone, or somebody was faster: what is shown is no longer true. */
export const isOutdated = (error: unknown): boolean =>
  isGone(error) || (error instanceof ApiError && error.status === 409);

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[];
export interface RequestOptions {
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
  /** Answer a lost session with the 401 itself instead of asking the person to sign in again. */
  quiet?: boolean;
  timeoutMilliseconds?: number;
}

/** Tells the server that a page of this site asks: a form on another site cannot set it. */
const sameSite = { 'X-Requested-With': 'kosint' };

/** Lists become comma-separated, empty values are left out. */
export function withQuery(path: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== null && text !== '') search.set(name, String(text));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof (body as ErrorBody).error?.code === 'string';

/** Seconds of a Retry-After header, which is a number or a date. */
export function retryAfter(header: string | null, now = Date.now()): number | null {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

/** The error that an answer stands for; something that is not ours (a proxy's page) keeps its status only. */
export function errorOf(status: number, body: unknown, headers: (name: string) => string | null): ApiError {
  const retryAfterSeconds = retryAfter(headers('Retry-After'));
  if (!isErrorBody(body))
    return new ApiError(status, 'unexpected', { requestId: headers('X-Request-Id'), retryAfterSeconds });
  const { code, faults, extra, requestId } = body.error;
  return new ApiError(status, code, { faults, extra, requestId, retryAfterSeconds });
}

let recoverSession: () => Promise<boolean> = async () => false;
/** `recover` asks the person to sign in again and says whether the same person did; then the request is sent once more. */
export function onSessionLost(recover: () => Promise<boolean>): void {
  recoverSession = recover;
}

let tellFactorOwed: () => void = () => {};
/** `heard` looks anew who is there: nothing is open to them before they set up a second factor. */
export function onFactorOwed(heard: () => void): void {
  tellFactorOwed = heard;
}

async function send(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const limit = AbortSignal.timeout(options.timeoutMilliseconds ?? 30_000);
  try {
    return await fetch(withQuery(path, options.query), {
      method,
      headers: {
        Accept: 'application/json',
        ...sameSite,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, limit.aborted ? 'timeout' : 'network');
  }
}

/** The answer to what was granted; what was refused is thrown. */
async function granted(
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Response> {
  const answer = await send(method, path, body, options);
  if (answer.ok) return answer;
  const content: unknown = await answer.json().catch(() => undefined);
  const error = errorOf(answer.status, content, (name) => answer.headers.get(name));
  if (error.code === 'secondFactor.needed') tellFactorOwed();
  if (error.status === 401 && !options.quiet && (await recoverSession()))
    return granted(method, path, body, { ...options, quiet: true });
  throw error;
}

async function request<Result>(
  method: string,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<Result> {
  const answer = await granted(method, path, body, options);
  if (answer.status === 204) return undefined as Result;
  return (await answer.json().catch(() => undefined)) as Result;
}

/** Orders a file and puts it where the browser keeps downloads, under the name that the server gives it. */
async function save(path: string, body: unknown): Promise<void> {
  const answer = await granted('POST', path, body, {});
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name ?? '';
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface UploadOptions {
  /** 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
  /** Fields that go before the file. */
  fields?: Record<string, string>;
}

/** Sends one file as multipart/form-data; `fetch` cannot tell how far an upload is, so this is the one XMLHttpRequest. */
function upload<Result>(
  path: string,
  file: Blob,
  name: string,
  options: UploadOptions = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(options.fields ?? {})) form.append(field, value);
    form.append('file', file, name);
    const exchange = new XMLHttpRequest();
    exchange.open('POST', path);
    exchange.responseType = 'json';
    exchange.setRequestHeader('Accept', 'application/json');
    for (const [header, value] of Object.entries(sameSite)) exchange.setRequestHeader(header, value);
    exchange.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    exchange.onload = () => {
      if (exchange.status >= 200 && exchange.status < 300) resolve(exchange.response as Result);
      else
        reject(errorOf(exchange.status, exchange.response, (header) => exchange.getResponseHeader(header)));
    };
    exchange.onerror = () => reject(new ApiError(0, 'network'));
    exchange.onabort = () => reject(new DOMException('Upload cancelled', 'AbortError'));
    options.signal?.addEventListener('abort', () => exchange.abort(), { once: true });
    exchange.send(form);
  });
}

export const api = {
  get: <Result>(path: string, options?: RequestOptions) => request<Result>('GET', path, undefined, options),
  post: <Result>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Result>('POST', path, body, options),
  put: <Result>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Result>('PUT', path, body, options),
  patch: <Result>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Result>('PATCH', path, body, options),
  /** `body` where the server asks which version is taken away. */
  delete: <Result>(path: string, body?: unknown, options?: RequestOptions) =>
    request<Result>('DELETE', path, body, options),
  upload,
  save,
};
