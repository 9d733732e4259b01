// Duty: writes into a database until there is no room for more, then tells what still works. Run under a limit of file size.
import { Int32, Long } from 'bson';
import { Engine } from '../../../server/database/embedded/engine.ts';
import { CommandError } from '../../../server/database/embedded/errors.ts';
import { insertAll } from '../../../server/database/embedded/insert.ts';
import { Operation } from '../../../server/database/embedded/operation.ts';
import { encode } from '../../../server/database/embedded/semantics/values.ts';
import { verifyCollection } from '../../../server/database/embedded/verify.ts';

process.on('unhandledRejection', () => {});
const engine = new Engine(process.argv[2]!);
const big = 'x'.repeat(2_000);
const batch = (from: number) =>
  Array.from({ length: 100 }, (_, at) =>
    encode({ _id: new Int32(from + at), size: Long.fromNumber(big.length), big }),
  );

async function insert(from: number): Promise<number> {
  try {
    await insertAll(engine, 'test.full', batch(from), true);
    return 0;
  } catch (error) {
    return error instanceof CommandError ? error.code : -1;
  }
}

let saved = 0;
let code = 0;
while (code === 0 && saved < 100_000) {
  code = await insert(saved);
  if (code === 0) saved += 100;
}
const again = await insert(saved);
const collection = engine.catalogue.find('test.full')!;
const { documents, errors } = await verifyCollection(engine, collection, new Operation());
console.log(JSON.stringify({ saved, code, again, documents, counted: collection.count, errors }));
process.exit(0);
