// Duty: how a source document is kept: a small record of its own that several commitments may name.
import { model, Schema } from 'mongoose';
import type { SourceKind } from '../../../shared/commitmentLists.ts';
import type { Titles } from '../../../shared/commitments.ts';
import type { Language } from '../../../shared/directory.ts';
import type { KeptFile } from '../../files/kept.ts';

export interface SourceFile {
  _id: string;
  title: string;
  titles: Titles | null;
  kind: SourceKind;
  issuedBy: string;
  date: string | null;
  dateNote: string;
  language: Language;
  link: string | null;
  file: KeptFile | null;
  verification: string;
  note: string;
  attribution: { title: string; where: string }[];
  /** Null: a documented fact. */
  author: string | null;
  /** Everybody who sees commitments may name it; until then its author and coordinators. */
  open: boolean;
  createdAt: Date;
  example: boolean;
}

const text = { type: String, required: true } as const;
const words = { type: String, default: '' } as const;
const maybeText = { type: String, default: null } as const;
const mixed = { type: Schema.Types.Mixed, default: null } as const;

const sourceSchema = new Schema<SourceFile>(
  {
    _id: text,
    title: text,
    titles: mixed,
    kind: text,
    issuedBy: words,
    date: maybeText,
    dateNote: words,
    language: text,
    link: maybeText,
    file: mixed,
    verification: words,
    note: words,
    attribution: [Schema.Types.Mixed],
    author: maybeText,
    open: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'commitmentSources', minimize: false },
);
sourceSchema.index({ createdAt: -1, _id: 1 });
sourceSchema.index({ author: 1 });
sourceSchema.index({ open: 1, createdAt: -1 });

export const SourceModel = model<SourceFile>('CommitmentSource', sourceSchema);
