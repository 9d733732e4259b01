// Duty: the one error class that carries an HTTP status and a machine code, and its named makers. No words for people here.

/** Where in the input a fault lies and what kind it is; the client turns `code` into words beside the field. */
export interface FieldFault {
  /** Path into the request, e.g. `['people', 'count']`. */
  path: (string | number)[];
  /** Machine code, e.g. `too_long`. */
  code: string;
  /** Numbers and names the words need, e.g. `{ maximum: 120 }`. Never what the person typed. */
  params?: Record<string, string | number>;
}

export interface ErrorDetails {
  faults?: FieldFault[];
  /** Anything else the client needs to help, e.g. both sides of a conflict. Already passed the privacy projection. */
  extra?: Record<string, unknown>;
  retryAfterSeconds?: number;
}

export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ErrorDetails;
  constructor(status: number, code: string, details: ErrorDetails = {}) {
    super(code);
    this.name = 'AppError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const notSignedIn = (code = 'signIn.needed') => new AppError(401, code);
export const notAllowed = (code = 'notAllowed') => new AppError(403, code);
export const notFound = (code = 'notFound') => new AppError(404, code);
export const conflict = (code: string, extra?: Record<string, unknown>) => new AppError(409, code, { extra });
export const gone = (code: string) => new AppError(410, code);
export const tooLarge = (code = 'body.tooLarge', params?: Record<string, string | number>) =>
  new AppError(413, code, { extra: params });
export const unsupported = (code = 'mediaType.unsupported') => new AppError(415, code);
export const invalid = (faults: FieldFault[], code = 'input.invalid') => new AppError(422, code, { faults });
export const tooMany = (retryAfterSeconds: number, code = 'tooMany') =>
  new AppError(429, code, { retryAfterSeconds });
export const unavailable = (retryAfterSeconds = 2, code = 'unavailable') =>
  new AppError(503, code, { retryAfterSeconds });
