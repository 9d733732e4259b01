// Duty: the shape of every error the API answers with. Words for people are in i18n, under `error.<code>` and `fault.<code>`.

export interface FaultBody {
  /** Path of the field in what was sent, e.g. `['people', 'count']`. */
  path: (string | number)[];
  code: string;
  params?: Record<string, string | number>;
}

export interface ErrorBody {
  error: {
    code: string;
    requestId: string;
    faults?: FaultBody[];
    /** What the code's reader needs to help, e.g. both sides of a conflict. */
    extra?: Record<string, unknown>;
  };
}
