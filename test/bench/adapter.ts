// Duty: what the bench must know of a server: how to sign in, what to send for each job, what a right answer is. One adapter per product.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Headers = Record<string, string>;

/** Somebody signed in at a server that holds so many cases. */
export interface Session {
  url: string;
  /** Sent with every request. */
  headers: Headers;
  cases: number;
}

export interface LoadRequest {
  method?: 'GET' | 'POST';
  /** With its query. */
  path: string;
  body?: string;
  /** What a listener recognises the created case by. */
  mark?: string;
}

/** One kind of question, asked again and again in rotation so that no single cached answer decides. */
export interface Question {
  /** That every answer must have. */
  status: number;
  next(): LoadRequest;
  /** True when the answer's body (decompressed) is right for what was sent: rows, order, numbers. */
  verify(body: string, sent: LoadRequest): boolean;
}

export interface Job extends Question {
  headers?: Headers;
  /** Further questions to the server, asked only before measuring: is what was created there? */
  confirm?(sent: LoadRequest): Promise<boolean>;
  /** The same question for a bare driver: baseline 2, where the server's database can be reached. */
  bare?: Question & {
    /** An index that the bare question needs and the product does not have; made before and dropped after. */
    index?: Record<string, 1 | -1>;
  };
}

/** The main job: six things that people do all day. Each is optional for a server that cannot do it. */
export const jobNames = ['open', 'list', 'map', 'dashboard', 'search', 'create'] as const;
export type JobName = (typeof jobNames)[number];
export type Jobs = Partial<Record<JobName, Job>>;

export interface Page {
  path: string;
  /** A selector of what is there once the page can be used: the first row, the first circle. */
  ready: string;
}

export interface Adapter {
  /** Of the product, for reports. */
  name: string;
  /** Signs in as somebody who sees every case; what it answers is sent with every request. */
  signIn(url: string): Promise<Headers>;
  /** May ask the server for rows and filters to rotate over. */
  jobs(session: Session): Promise<Jobs>;
  /** One live listener: tells the mark of each created case it hears of. Resolves once it listens. */
  listen?(session: Session, heard: (mark: string) => void): Promise<{ close(): void }>;
  /** Pages for the browser scenario; the cookie header of `signIn` becomes the browser's cookies. */
  pages?: {
    list: Page;
    /** `surface` is what is dragged. */
    map: Page & { surface: string };
  };
}

/** The adapter that the file exports under the name `adapter`; this product's when no file is named. */
export async function readAdapter(file?: string): Promise<Adapter> {
  const address = file
    ? pathToFileURL(resolve(file)).href
    : new URL('./adapters/kosint.ts', import.meta.url).href;
  const { adapter } = (await import(address)) as { adapter?: Partial<Adapter> };
  if (typeof adapter?.signIn !== 'function' || typeof adapter.jobs !== 'function' || !adapter.name)
    throw new Error(
      `${file} must export \`adapter\` with name, signIn and jobs; see test/bench/adapters/kosint.ts`,
    );
  return adapter as Adapter;
}
