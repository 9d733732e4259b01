// Duty: when each job is next due and who holds it: what keeps two processes from doing the same work at once.
import { model, Schema } from 'mongoose';
import type { ProcessMark } from '../processMark.ts';

export interface JobState {
  _id: string;
  nextAt: Date;
  /** Until then one process has it; a process that dies holds it no longer. */
  heldUntil: Date;
  /** The run that has it, by a name of its own: one that lost it changes nothing here any more. */
  holder: string | null;
  /** By which others on that machine tell sooner that it is no more. */
  process: ProcessMark | null;
  lastRunAt: Date | null;
  /** How many things the last run did. */
  lastDone: number;
}

const jobSchema = new Schema<JobState>(
  {
    _id: { type: String, required: true },
    nextAt: { type: Date, required: true },
    heldUntil: { type: Date, required: true },
    holder: { type: String, default: null },
    process: { type: Schema.Types.Mixed, default: null },
    lastRunAt: { type: Date, default: null },
    lastDone: { type: Number, default: 0 },
  },
  { versionKey: false, collection: 'jobs' },
);

export const JobModel = model<JobState>('Job', jobSchema);
