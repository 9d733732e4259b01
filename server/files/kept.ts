// Duty: files in GridFS: kept under random names, read as streams, deleted, and swept when nothing points to them. Who may open one is its record's matter.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import { log } from '../log.ts';
import type { CleanFile } from './clean.ts';

/** A file as its record names it; the record has it inside and is its only address. */
export interface KeptFile {
  /** Made by the sender, so that a repeated upload is known. */
  id: string;
  kind: 'photo' | 'document';
  /** What it is called when it is opened; made by us: file names tell names. */
  name: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  at: Date;
  by: string;
  /** Names of the files in GridFS; made at random. */
  file: string;
  thumbnail: string | null;
}

/** Whose file it is: the kind of record, as registered with `filesBelongTo`, and its id. */
export interface FileOwner {
  kind: string;
  id: string;
}

const bucketName = 'evidence';
/** A file this young may belong to a record that is just being saved. */
const hourMilliseconds = 3_600_000;
type Bucket = mongoose.mongo.GridFSBucket;
/** Files have UUIDs, where the driver's types expect ObjectIds. */
const asId = (name: string) => name as unknown as mongoose.mongo.ObjectId;

const bucket = (): Bucket => new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName });

async function keep(content: Buffer, owner: FileOwner): Promise<string> {
  const name = crypto.randomUUID();
  const upload = bucket().openUploadStreamWithId(asId(name), name, { metadata: { owner } });
  await pipeline(Readable.from([content]), upload);
  return name;
}

/** Keeps a file and its thumbnail before the record that will point to them is saved; delete them when that fails. */
export async function keepFile(
  clean: CleanFile,
  owner: FileOwner,
  { id, name, by, at }: Pick<KeptFile, 'id' | 'name' | 'by' | 'at'>,
): Promise<KeptFile> {
  const file = await keep(clean.content, owner);
  const thumbnail = clean.thumbnail ? await keep(clean.thumbnail, owner) : null;
  const { kind, mediaType, content } = clean;
  return {
    id,
    kind,
    name: `${name}.${clean.extension}`,
    size: content.length,
    mediaType,
    at,
    by,
    file,
    thumbnail,
  };
}

export const readFileStream = (name: string): Readable => bucket().openDownloadStream(asId(name));

/** Deletes a kept file and its thumbnail. */
export const deleteKept = (kept: KeptFile): Promise<void> => deleteFiles([kept.file, kept.thumbnail]);

/** Every file that was ever kept for this record, also those it points to no more. Safe to repeat. */
export async function deleteFilesOf({ kind, id }: FileOwner): Promise<void> {
  const names: string[] = [];
  for await (const { _id } of bucket().find({ 'metadata.owner.kind': kind, 'metadata.owner.id': id }))
    names.push(_id as unknown as string);
  await deleteFiles(names);
}

/** A file that is gone already is no fault. */
async function deleteFiles(names: (string | null)[]): Promise<void> {
  for (const name of names) {
    if (!name) continue;
    await bucket()
      .delete(asId(name))
      .catch((error: unknown) => {
        if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
      });
  }
}

/** The files that the record with this id points to; none when the record is gone. */
type FilesOf = (ownerId: string) => Promise<readonly Pick<KeptFile, 'file' | 'thumbnail'>[]>;
const owners = new Map<string, FilesOf>();

/** Registers a kind of record that has files. Files of a kind that nobody registered are never swept. */
export function filesBelongTo(kind: string, filesOf: FilesOf): void {
  owners.set(kind, filesOf);
}

/** Deletes files that no record points to and that are older than that: what a crash between two writes left. Answers how many. */
export async function sweepFiles(before: Date): Promise<number> {
  let swept = 0;
  for await (const { _id, metadata } of bucket().find({ uploadDate: { $lt: before } })) {
    const name = _id as unknown as string;
    const filesOf = owners.get(String(metadata?.owner?.kind));
    if (!filesOf) continue;
    const files = await filesOf(String(metadata?.owner?.id));
    if (files.some((item) => item.file === name || item.thumbnail === name)) continue;
    await deleteFiles([name]);
    swept += 1;
  }
  return swept;
}

/** Removes what a crash left an hour ago or earlier: half-received uploads, and files that no record points to. */
export async function tidyFiles(uploadFolder: string, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - hourMilliseconds);
  let halfReceived = 0;
  for (const name of await readdir(uploadFolder).catch(() => [])) {
    const path = join(uploadFolder, name);
    if ((await stat(path)).mtime >= before) continue;
    await rm(path, { force: true });
    halfReceived += 1;
  }
  const unowned = await sweepFiles(before);
  if (halfReceived + unowned > 0) log.info({ halfReceived, unowned }, 'removed files that a stop left');
}
