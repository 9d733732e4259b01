// Duty: evidence files in GridFS: kept under random names, read as streams, deleted, and swept when nothing points to them.

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import { CaseModel } from './cases.model.ts';

const bucketName = 'evidence';
/** A file this young may belong to a case that is just being saved. */
const hourMilliseconds = 3_600_000;
type Bucket = mongoose.mongo.GridFSBucket;
/** Files have UUIDs, where the driver's types expect ObjectIds. */
const asId = (name: string) => name as unknown as mongoose.mongo.ObjectId;

const bucket = (): Bucket => new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName });

/** Keeps it and answers its random name. */
export async function keepFile(content: Buffer, caseId: string): Promise<string> {
  const name = crypto.randomUUID();
  const upload = bucket().openUploadStreamWithId(asId(name), name, { metadata: { caseId } });
  await pipeline(Readable.from([content]), upload);
  return name;
}

export const readFileStream = (name: string): Readable => bucket().openDownloadStream(asId(name));

/** A file that is gone already is no fault. */
export async function deleteFiles(names: (string | null)[]): Promise<void> {
  for (const name of names) {
    if (!name) continue;
    await bucket()
      .delete(asId(name))
      .catch((error: unknown) => {
        if (!(error instanceof mongoose.mongo.MongoRuntimeError)) throw error;
      });
  }
}

/** Deletes files that no case points to and that are older than that: what a crash between two writes left. Answers how many. */
export async function sweepFiles(before: Date): Promise<number> {
  let swept = 0;
  for await (const { _id, metadata } of bucket().find({ uploadDate: { $lt: before } })) {
    const name = _id as unknown as string;
    const caseFile = await CaseModel.findOne({ _id: String(metadata?.caseId) }, { evidence: 1 }).lean();
    const isKept = caseFile?.evidence.some((item) => item.file === name || item.thumbnail === name);
    if (isKept) continue;
    await deleteFiles([name]);
    swept += 1;
  }
  return swept;
}

/** Removes what a crash left an hour ago or earlier: half-received uploads, and files that no case points to. */
export async function tidyEvidence(uploadFolder: string, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - hourMilliseconds);
  for (const name of await readdir(uploadFolder).catch(() => [])) {
    const path = join(uploadFolder, name);
    if ((await stat(path)).mtime < before) await rm(path, { force: true });
  }
  await sweepFiles(before);
}
