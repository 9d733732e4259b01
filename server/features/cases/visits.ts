// Duty: when a person last began a visit, so that "new since then" has a meaning. Nothing about what they looked at.
import { model, Schema } from 'mongoose';
import { clock } from '../../clock.ts';

interface Visits {
  _id: string;
  /** When the present visit began and was last seen to go on. */
  began: Date;
  seen: Date;
  /** When the visit before it was last seen to go on; null at the first. */
  before: Date | null;
}
const visitsSchema = new Schema<Visits>(
  {
    _id: { type: String, required: true },
    began: { type: Date, required: true },
    seen: { type: Date, required: true },
    before: { type: Date, default: null },
  },
  { versionKey: false, collection: 'visits' },
);
const VisitsModel = model<Visits>('Visits', visitsSchema);

/** A pause of this length ends a visit. */
const pauseMilliseconds = 30 * 60_000;
/** A visit that goes on is not written at every look. */
const writeMilliseconds = 5 * 60_000;

/** The end of the visit before this one; null at the first. Begins a visit where none is under way. */
export async function visitBefore(user: string): Promise<Date | null> {
  const now = clock.now();
  const visits = await VisitsModel.findOne({ _id: user }).lean<Visits>();
  const quiet = visits ? now.getTime() - visits.seen.getTime() : Number.POSITIVE_INFINITY;
  if (visits && quiet < writeMilliseconds) return visits.before;
  const next = !visits || quiet > pauseMilliseconds;
  const before = next ? (visits?.seen ?? null) : visits.before;
  await VisitsModel.updateOne(
    { _id: user },
    { $set: next ? { began: now, seen: now, before } : { seen: now } },
    { upsert: true },
  );
  return before;
}
