// Duty: what a campaign must know of commitments, which stand above it: how many were made to it and how many slip. They join here.

export interface Promises {
  /** Verbal or firmer, and not refused since. */
  made: number;
  /** Overdue without evidence. */
  slipping: number;
}
export type PromiseCounter = (campaignId: string) => Promise<Promises>;

let counter: PromiseCounter = async () => ({ made: 0, slipping: 0 });

/** Called once, by the slice that owns commitments; the answer puts back what was before. */
export function countPromisesWith(count: PromiseCounter): () => void {
  const before = counter;
  counter = count;
  return () => {
    counter = before;
  };
}

export const promisesOf: PromiseCounter = (campaignId) => counter(campaignId);
