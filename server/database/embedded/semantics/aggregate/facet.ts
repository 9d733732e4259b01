// Duty: $facet: several pipelines over the same rows, each row read once and held by nobody.
import { CommandError } from '../../errors.ts';
import { asDoc } from '../rawBson.ts';
import { type Doc, isDoc, type Row, setField, typeName, type Value } from '../values.ts';
import { type Batches, collect, type StageMaker } from './env.ts';

const notInside = new Set([
  '$collStats',
  '$facet',
  '$geoNear',
  '$indexStats',
  '$out',
  '$merge',
  '$documents',
  '$listLocalSessions',
]);

const facet: StageMaker = (spec, context) => {
  if (!isDoc(spec) || Object.keys(spec).length === 0) {
    throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = Object.entries(spec).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline))
      throw new CommandError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${typeName(pipeline)}`,
      );
    const refused = pipeline
      .flatMap((stage: Value) => (isDoc(stage) ? Object.keys(stage) : []))
      .find((stage) => notInside.has(stage));
    if (refused) throw new CommandError(40600, `${refused} is not allowed to be used within a $facet stage`);
    return { name, stage: context.over(pipeline as Doc[], context.env.variables) };
  });
  return async function* (input) {
    const branches = share(input, facets.length);
    const results = await Promise.all(facets.map(({ stage }, at) => collect(stage(branches[at]!))));
    const made: Doc = {};
    facets.forEach(({ name }, at) => {
      setField(made, name, results[at]!.map(asDoc));
    });
    yield [made];
  };
};

/** Gives every reader the same batches, in step: the next one is read when all who still listen have asked for it. */
function share(input: Batches, readers: number): Batches[] {
  const source = input[Symbol.asyncIterator]();
  type Answer = IteratorResult<readonly Row[]>;
  let waiting: { resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  let listening = readers;
  const advance = () => {
    if (waiting.length < listening || listening === 0) return;
    const served = waiting;
    waiting = [];
    source.next().then(
      (answer) => {
        for (const reader of served) reader.resolve(answer);
      },
      (error: unknown) => {
        for (const reader of served) reader.reject(error);
      },
    );
  };
  return Array.from({ length: readers }, () => ({
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<Answer>((resolve, reject) => {
          waiting.push({ resolve, reject });
          advance();
        }),
      return: async (): Promise<Answer> => {
        listening--;
        advance();
        if (listening === 0) await source.return?.();
        return { done: true, value: undefined };
      },
    }),
  }));
}

export const facetStages: Record<string, StageMaker> = { $facet: facet };
