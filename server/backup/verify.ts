// Duty: look through everything that is kept and name what does not agree. Reads only; never repairs.
import mongoose from 'mongoose';

export interface Verdict {
  records: number;
  files: number;
  /** One line each: where, never what. */
  faults: string[];
}

const mostFaults = 100;

/** Of the connected database; `embedded` is asked for every index entry, while a MongoDB would stop its writers for that. */
export async function verifyRecords(embedded: boolean): Promise<Verdict> {
  const db = mongoose.connection.db!;
  const verdict: Verdict = { records: 0, files: 0, faults: [] };
  const complain = (fault: string) => {
    if (verdict.faults.length < mostFaults) verdict.faults.push(fault);
  };
  const collections = (await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()).map(
    ({ name }) => name,
  );
  for (const name of collections) {
    const { records, faults } = await stillVerdict(name, embedded);
    verdict.records += records;
    for (const fault of faults) complain(fault);
  }
  const files = await wholeFiles(complain);
  verdict.files = files.size;
  for (const name of collections.filter((one) => !/\.(files|chunks)$/.test(one)))
    for await (const record of db.collection(name).find())
      for (const file of filesNamedIn(record))
        if (!files.has(file) && (await isMissing(file, name, record._id)))
          complain(`${name} ${String(record._id)}: its file ${file} is missing`);
  return verdict;
}

/** Looked up now: what was kept or deleted since the files were gone through is no fault. */
async function isMissing(file: string, collection: string, record: unknown): Promise<boolean> {
  const kept = await keptFile(file);
  if (kept && isWhole(kept, await piecesOf(kept))) return false;
  const again = await mongoose.connection.db!.collection(collection).findOne({ _id: record as never });
  return filesNamedIn(again).includes(file);
}

const mostLooks = 4;
const lookAgainMilliseconds = 100;

/**
 * What is written while it is looked at may seem wrong, each time otherwise: only what every look finds in the same words is a fault.
 * So a count that is off by a few shows itself only while nobody writes.
 */
async function stillVerdict(name: string, embedded: boolean): Promise<{ records: number; faults: string[] }> {
  let standing: string[] | null = null;
  for (let look = 1; ; look += 1) {
    const { nrecords, errors } = await mongoose.connection.db!.command({ validate: name, full: embedded });
    const faults = (errors as string[]).map((fault) => (embedded ? fault : `${name}: ${fault}`));
    standing = standing ? standing.filter((fault) => faults.includes(fault)) : faults;
    if (standing.length === 0 || look === mostLooks) return { records: Number(nrecords), faults: standing };
    await new Promise((resolve) => setTimeout(resolve, lookAgainMilliseconds));
  }
}

interface Kept {
  _id: unknown;
  length: number;
  chunkSize: number;
}
const keptFiles = () => mongoose.connection.db!.collection<Kept>('evidence.files');
const keptFile = (name: string) => keptFiles().findOne({ _id: name as never });

/** How many there are, and how many bytes until the first that is missing. */
async function piecesOf({ _id }: Kept): Promise<{ count: number; bytes: number }> {
  const pieces = { count: 0, bytes: 0 };
  const chunks = mongoose.connection.db!.collection('evidence.chunks');
  for await (const { n, data } of chunks.find({ files_id: _id as never }).sort({ n: 1 })) {
    if (n === pieces.count) pieces.bytes += (data as { length(): number }).length();
    pieces.count += 1;
  }
  return pieces;
}

const isWhole = ({ length, chunkSize }: Kept, { count, bytes }: { count: number; bytes: number }) =>
  bytes === length && count === Math.ceil(length / chunkSize);

/** Names of the files whose every piece is there. One that is deleted while it is looked at is no fault. */
async function wholeFiles(complain: (fault: string) => void): Promise<Set<string>> {
  const whole = new Set<string>();
  for await (const kept of keptFiles().find()) {
    const pieces = await piecesOf(kept);
    const name = String(kept._id);
    if (isWhole(kept, pieces)) whole.add(name);
    else if (await keptFile(name)) complain(`file ${name}: ${pieces.bytes} of ${kept.length} bytes`);
  }
  return whole;
}

/** A kept file is named in its record beside its media type, whatever slice the record belongs to. */
function filesNamedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(filesNamedIn);
  if (typeof value !== 'object' || value === null || value instanceof Date || '_bsontype' in value) return [];
  const fields = value as Record<string, unknown>;
  const own =
    typeof fields.mediaType === 'string'
      ? [fields.file, fields.thumbnail].filter((name) => typeof name === 'string')
      : [];
  return [...own, ...Object.values(fields).flatMap(filesNamedIn)];
}
