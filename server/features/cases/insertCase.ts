// Duty: save new cases, those that come at the same time together. What a case holds is the caller's.
import { mongo } from 'mongoose';
import { batched } from './batches.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';

/** Resolves when it is durable; rejects as a single insert does, e.g. with the key that is taken. */
export async function insertCase(caseFile: CaseFile): Promise<void> {
  const isSaved = await insertTogether(caseFile);
  // What failed among others is tried alone, for its own error.
  if (!isSaved) await CaseModel.collection.insertOne({ ...caseFile } as never);
}

const insertTogether = batched(async (caseFiles: CaseFile[]): Promise<boolean[]> => {
  const saved = caseFiles.map(() => true);
  try {
    await CaseModel.collection.insertMany(caseFiles as never[], { ordered: false });
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    // Without failures of single cases the whole command is in doubt.
    if (failures.length === 0) throw error;
    for (const { index } of failures) saved[index] = false;
  }
  return saved;
});
