// Duty: make a source document, keep its file, open it to others once a promise that names it is approved; and who may name which.
import type { QueryFilter } from 'mongoose';
import type { SourceCreate } from '../../../shared/commitments.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, notAllowed, notFound } from '../../errors.ts';
import type { CleanFile } from '../../files/clean.ts';
import { deleteKept, filesBelongTo, keepFile } from '../../files/kept.ts';
import type { Viewer } from '../../policy.ts';
import { seesCommitments } from './commitments.policy.ts';
import { type SourceFile, SourceModel } from './sources.model.ts';

const duplicateKey = 11000;
filesBelongTo('commitmentSource', async (id) => {
  const source = await SourceModel.findOne({ _id: id }, { file: 1 }).lean<SourceFile>();
  return source?.file ? [source.file] : [];
});

/** What the viewer may name as a source. A source is also shown with each promise that names it, by that promise's scope. */
export function sourcesVisibleTo(viewer: Viewer): QueryFilter<SourceFile> {
  if (!seesCommitments(viewer)) return { _id: { $in: [] } };
  return viewer.role === 'coordinator' ? {} : { $or: [{ open: true }, { author: viewer.id }] };
}

export async function maySeeSource(viewer: Viewer, id: string): Promise<boolean> {
  return (await SourceModel.exists({ $and: [sourcesVisibleTo(viewer), { _id: id }] })) !== null;
}

/** Made once however often it is asked for with the same id. */
export async function createSource(
  viewer: Viewer,
  { id, ...input }: SourceCreate,
  now = clock.now(),
): Promise<{ source: SourceFile; made: boolean }> {
  if (!seesCommitments(viewer)) throw notFound();
  const earlier = await SourceModel.findOne({ _id: id }).lean<SourceFile>();
  if (earlier?.author === viewer.id) return { source: earlier, made: false };
  if (earlier) throw conflict('id.taken');
  const source: SourceFile = {
    _id: id,
    ...input,
    titles: null,
    dateNote: '',
    file: null,
    verification: '',
    note: '',
    attribution: [],
    author: viewer.id,
    open: viewer.role === 'coordinator',
    createdAt: now,
    example: viewer.example,
  };
  await SourceModel.create(source).catch((error: unknown) => {
    if ((error as { code?: number }).code === duplicateKey) throw conflict('id.taken');
    throw error;
  });
  return { source, made: true };
}

/** After the promise is approved, so that a stop in between shows too little, never too much. */
export async function openSource(id: string | null): Promise<void> {
  if (id) await SourceModel.updateOne({ _id: id, open: false }, { $set: { open: true } });
}

/** The source as it may be given a file: 404 unseen, 403 for others' ones, and whether this very file is kept already. */
export async function sourceToFile(
  viewer: Viewer,
  id: string,
  fileId: string,
): Promise<{ source: SourceFile; kept: boolean }> {
  const source = await SourceModel.findOne({
    $and: [sourcesVisibleTo(viewer), { _id: id }],
  }).lean<SourceFile>();
  if (!source) throw notFound();
  if (source.author !== viewer.id && viewer.role !== 'coordinator') throw notAllowed();
  if (source.file?.id === fileId) return { source, kept: true };
  if (source.file) throw invalid([{ path: ['file'], code: 'has_file' }], 'commitment.refused');
  return { source, kept: false };
}

/** The file first, then the record, so that a record never points to nothing; a document has one file and keeps it. */
export async function keepSourceFile(
  viewer: Viewer,
  id: string,
  fileId: string,
  clean: CleanFile,
  now = clock.now(),
): Promise<SourceFile> {
  const file = await keepFile(
    clean,
    { kind: 'commitmentSource', id },
    { id: fileId, name: 'source', by: viewer.id, at: now },
  );
  try {
    const { source, kept } = await sourceToFile(viewer, id, fileId);
    const written = kept ? null : await SourceModel.updateOne({ _id: id, file: null }, { $set: { file } });
    if (written?.matchedCount) return { ...source, file };
    await deleteKept(file);
    return (await sourceToFile(viewer, id, fileId)).source;
  } catch (error) {
    await deleteKept(file);
    throw error;
  }
}
