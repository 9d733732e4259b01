// Duty: when each job is next due and who holds it: what keeps two processes from doing the same work at once.
import { model, Schema } from 'mongoose';

export interface JobState {
  _id: string;
  nextAt: Date;
  /** Until then one process has it; a process that dies holds it no longer. */
  heldUntil: Date;
  lastRunAt: Date | null;
  /** How many things the last run did. */
  lastDone: number;
}

const jobSchema = new Schema<JobState>(
  {
    _id: { type: String, required: true },
    nextAt: { type: Date, required: true },
    heldUntil: { type: Date, required: true },
    lastRunAt: { type: Date, default: null },
    lastDone: { type: Number, default: 0 },
  },
  { versionKey: false, collection: 'jobs' },
);

export const JobModel = model<JobState>('Job', jobSchema);
