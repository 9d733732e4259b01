// Duty: tests that this driver cannot pass against any server, each with what the driver does instead. Nothing that a server
// could answer for belongs here.
const limits: [test: RegExp, reason: string][] = [
  [
    /^create-null-ids: inserting _id with type null via (insertOne|insertMany|bulkWrite|clientBulkWrite)$/,
    'driver: puts an ObjectId where `_id` is null before it sends the document',
  ],
  [
    /^gridfs-download: download when final chunk is missing$/,
    'driver: ends the stream without an error when the cursor brings no further chunk',
  ],
];

export const driverLimit = (test: string): string | undefined =>
  limits.find(([pattern]) => pattern.test(test))?.[1];
