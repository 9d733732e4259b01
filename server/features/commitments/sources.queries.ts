// Duty: source documents for who may name them, and as they are shown.
import type { Source } from '../../../shared/commitments.ts';
import type { Viewer } from '../../policy.ts';
import { sourcesVisibleTo } from './sources.commands.ts';
import { type SourceFile, SourceModel } from './sources.model.ts';

export type { SourceFile } from './sources.model.ts';

const mostListed = 100;
/** Of an institution's library, the newest; older ones are found by their words. */
const mostSearched = 2_000;

/** Those whose title holds all of these words, the newest first. */
export async function sourcesFor(viewer: Viewer, words = ''): Promise<Source[]> {
  const found = await SourceModel.find(sourcesVisibleTo(viewer))
    .sort({ createdAt: -1, _id: 1 })
    .limit(mostSearched)
    .lean<SourceFile[]>();
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return found
    .filter(({ title, titles, issuedBy }) => {
      const text = [title, ...Object.values(titles ?? {}), issuedBy].join(' ').toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .slice(0, mostListed)
    .map(presentSource);
}

/** For a record that the viewer may see anyway. */
export async function sourceById(id: string): Promise<SourceFile | null> {
  return SourceModel.findOne({ _id: id }).lean<SourceFile>();
}

export function presentSource(source: SourceFile): Source {
  const { _id, title, titles, kind, issuedBy, date, dateNote, language, link, file, attribution } = source;
  return {
    id: _id,
    title,
    titles,
    kind,
    issuedBy,
    date,
    dateNote,
    language,
    link,
    file: file && {
      id: file.id,
      kind: file.kind,
      name: file.name,
      size: file.size,
      mediaType: file.mediaType,
      at: file.at.toISOString(),
    },
    verification: source.verification,
    note: source.note,
    attribution: attribution.map(({ title: from, where }) => ({ title: from, where })),
  };
}
