// Duty: what a pipeline needs from the engine that runs it, and the shape in which rows flow between stages.
import type { Collation } from '../compare.ts';
import type { Variables } from '../expressions/compile.ts';
import type { Doc, Row, Value } from '../values.ts';

/** Rows flow in batches, so that nothing is awaited per document. A batch and its rows stay valid after the next one. */
export type Batches = AsyncIterable<readonly Row[]>;
export type Stage = (input: Batches) => Batches;

/** What the head of a pipeline asks of a collection: `$match`, `$sort`, `$skip` and `$limit`, in this order. */
export interface Selection {
  readonly filter: Doc;
  readonly sort?: Doc | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  readonly variables?: Variables | undefined;
  readonly hint?: Value;
}

export interface Target {
  readonly database: string;
  readonly collection: string;
}

export interface PipelineWriter {
  /** `$out`: the collection holds exactly these rows afterwards, or is as before. Its indexes stay. */
  replaceCollection(target: Target, rows: Batches): Promise<void>;
  insert(target: Target, docs: readonly Doc[]): Promise<void>;
  /** Answers how many documents matched. */
  update(target: Target, change: { filter: Doc; update: Doc | Doc[]; variables: Variables }): Promise<number>;
  /** Whether a unique index on exactly these fields exists (`_id` always has one). */
  hasUniqueIndex(target: Target, fields: readonly string[]): boolean;
}

export interface PipelineEnv {
  readonly database: string;
  /** The collection aggregated; undefined for `aggregate: 1`. */
  readonly collection: string | undefined;
  readonly collation?: Collation | undefined;
  readonly variables?: Variables | undefined;
  /** The index the collection aggregated is to be read by. */
  readonly hint?: Value;
  /** The memory that one sorting or grouping stage may take. */
  readonly budgetBytes: number;
  /** The rows of any collection that a selection asks for, as a find would give them. */
  read(target: Target, selection: Selection): Batches;
  /** Ends the command when it is killed or out of time, and lets others run when it has run long enough. */
  checkpoint(): Promise<void> | undefined;
  readonly writer: PipelineWriter;
  /** `count`, `storageStats` and the like of a collection, as `$collStats` and collStats name them. */
  collectionStats(target: Target, asked: Doc): Doc;
  indexStats(target: Target): Doc[];
  sessions(): Doc[];
}

/** What stages are compiled with: the environment, and how to compile a pipeline inside a stage. */
export interface StageContext {
  readonly env: PipelineEnv;
  /** A pipeline over rows that are already there. */
  over(stages: readonly Doc[], variables?: Variables): Stage;
  /** A pipeline over a collection. */
  from(target: Target, stages: readonly Doc[], variables?: Variables): Batches;
}

export type StageMaker = (spec: Value, context: StageContext) => Stage;

const batchSize = 500;

/** Rows that are all there, dealt out in batches. */
export async function* inBatches(rows: readonly Row[], env: PipelineEnv): Batches {
  for (let at = 0; at < rows.length; at += batchSize) {
    await env.checkpoint();
    yield rows.slice(at, at + batchSize);
  }
}

/** A stage that needs to see one batch only. */
export const eachBatch = (env: PipelineEnv, apply: (rows: readonly Row[]) => readonly Row[]): Stage =>
  async function* (input) {
    for await (const rows of input) {
      const made = apply(rows);
      await env.checkpoint();
      if (made.length > 0) yield made;
    }
  };

/** A stage that gives nothing before it has seen everything. */
export const afterAll = (
  env: PipelineEnv,
  take: (rows: readonly Row[]) => void,
  finish: () => readonly Row[],
): Stage =>
  async function* (input) {
    for await (const rows of input) {
      take(rows);
      await env.checkpoint();
    }
    yield* inBatches(finish(), env);
  };

export async function collect(batches: Batches): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) for (const row of batch) rows.push(row);
  return rows;
}
