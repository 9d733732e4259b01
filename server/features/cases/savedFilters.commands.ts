// Duty: a person's own saved filters of the case list: kept, listed, removed. Nobody else ever sees them.
import { model, Schema } from 'mongoose';
import type { z } from 'zod';
import type { SavedFilter, savedFilterInput } from '../../../shared/cases.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';

interface StoredFilter {
  _id: string;
  user: string;
  name: string;
  query: string;
}
const text = { type: String, required: true } as const;
const filterSchema = new Schema<StoredFilter>(
  { _id: text, user: text, name: text, query: { type: String, default: '' } },
  { versionKey: false, collection: 'savedFilters' },
);
filterSchema.index({ user: 1, name: 1 });
const FilterModel = model<StoredFilter>('SavedFilter', filterSchema);

const mostFilters = 50;

export async function savedFiltersOf(viewer: Viewer): Promise<SavedFilter[]> {
  const found = await FilterModel.find({ user: viewer.id }).sort({ name: 1 }).lean<StoredFilter[]>();
  return found.map(({ _id, name, query }) => ({ id: _id, name, query }));
}

/** Keeps it under its client-made id, new or changed; an id that is somebody else's is refused. */
export async function saveFilter(
  viewer: Viewer,
  { id, name, query }: z.infer<typeof savedFilterInput>,
): Promise<SavedFilter> {
  const found = await FilterModel.findOne({ _id: id }).lean<StoredFilter>();
  if (found && found.user !== viewer.id) throw conflict('id.taken');
  if (!found && (await FilterModel.countDocuments({ user: viewer.id })) >= mostFilters)
    throw invalid([{ path: [], code: 'too_many', params: { maximum: mostFilters } }]);
  await FilterModel.updateOne({ _id: id, user: viewer.id }, { $set: { name, query } }, { upsert: true });
  return { id, name, query };
}

export async function removeFilter(viewer: Viewer, id: string): Promise<void> {
  const { deletedCount } = await FilterModel.deleteOne({ _id: id, user: viewer.id });
  if (deletedCount === 0) throw notFound();
}
