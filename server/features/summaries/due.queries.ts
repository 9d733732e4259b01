// Duty: what people are told of releases by: number, period and history, for notices. No figure.
import { type ReleaseFile, ReleaseModel } from './releases.model.ts';

const fields = { number: 1, period: 1, status: 1, publishedAt: 1, history: 1 } as const;
export type ReleaseToTellOf = Pick<ReleaseFile, '_id' | keyof typeof fields>;

export const releaseToTellOf = (id: string): Promise<ReleaseToTellOf | null> =>
  ReleaseModel.findOne({ _id: id, example: false }, fields).lean<ReleaseToTellOf>();

export const releasesChangedSince = (since: Date): AsyncIterable<ReleaseToTellOf> =>
  ReleaseModel.find({ example: false, 'history.at': { $gte: since } }, fields)
    .lean<ReleaseToTellOf>()
    .cursor();
