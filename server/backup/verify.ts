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
        if (!files.has(file)) complain(`${name} ${String(record._id)}: its file ${file} is missing`);
  return verdict;
}

/** What is written while it is looked at may seem wrong: only what is found three times is. */
async function stillVerdict(name: string, embedded: boolean): Promise<{ records: number; faults: string[] }> {
  for (let look = 1; ; look += 1) {
    const { nrecords, errors } = await mongoose.connection.db!.command({ validate: name, full: embedded });
    const faults = (errors as string[]).map((fault) => (embedded ? fault : `${name}: ${fault}`));
    if (faults.length === 0 || look === 3) return { records: Number(nrecords), faults };
  }
}

/** Names of the files whose every piece is there. */
async function wholeFiles(complain: (fault: string) => void): Promise<Set<string>> {
  const bucket = new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'evidence' });
  const chunks = mongoose.connection.db!.collection('evidence.chunks');
  const whole = new Set<string>();
  for await (const { _id, length, chunkSize } of bucket.find()) {
    let [bytes, next] = [0, 0];
    for await (const { n, data } of chunks.find({ files_id: _id }).sort({ n: 1 })) {
      if (n === next) bytes += (data as { length(): number }).length();
      next += 1;
    }
    if (bytes === length && next === Math.ceil(length / chunkSize)) whole.add(String(_id));
    else complain(`file ${String(_id)}: ${bytes} of ${length} bytes`);
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
