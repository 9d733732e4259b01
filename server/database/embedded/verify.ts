// Duty: proves that documents, index entries and counts of a collection agree. Reads only; never repairs.
import type { Collection } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { entriesOf, entryFor } from './indexEntries.ts';
import { afterPrefix, encodeValue, prefixed } from './keys.ts';
import type { Operation } from './operation.ts';
import { idOf } from './records.ts';
import { scan } from './scan.ts';
import { decodeTrusted } from './semantics/rawBson.ts';
import { validateBson } from './validateBson.ts';

export interface Verdict {
  documents: number;
  bytes: number;
  entries: Record<string, number>;
  errors: string[];
}

const mostErrors = 100;

/** Writers should be still meanwhile: what changes between two looks may be reported as an error. */
export async function verifyCollection(
  engine: Engine,
  collection: Collection,
  operation: Operation,
): Promise<Verdict> {
  const verdict: Verdict = { documents: 0, bytes: 0, entries: {}, errors: [] };
  const complain = (error: string) => {
    if (verdict.errors.length < mostErrors) verdict.errors.push(`${collection.namespace}: ${error}`);
  };
  const indexes = collection.indexes.filter((each) => !each.primary && !each.building);
  for (const index of indexes) verdict.entries[index.name] = 0;
  const plan = { kind: 'collection', reverse: false, exact: true, sorted: true } as const;
  for (const chunk of scan(engine.store, collection, plan, { keys: 0, documents: 0 })) {
    for (const { key, bytes } of chunk) {
      verdict.documents++;
      verdict.bytes += bytes.length;
      try {
        validateBson(bytes);
      } catch (error) {
        complain(`a document is damaged: ${(error as Error).message}`);
        continue;
      }
      if (!collection.sequenced && !encodeValue(idOf(bytes)).equals(key))
        complain('a document is stored under another key');
      const doc = decodeTrusted(bytes);
      for (const index of indexes) {
        for (const prefix of entriesOf(index, doc).prefixes) {
          verdict.entries[index.name]!++;
          const wanted = entryFor(prefix, key);
          if (!engine.store.idx.get(wanted.key)?.equals(wanted.value))
            complain(`index ${index.name} lacks an entry`);
        }
      }
    }
    await operation.checkpoint();
  }
  for (const index of indexes) {
    const prefix = prefixed(index.id, Buffer.alloc(0));
    const stored = engine.store.idx.count(prefix, afterPrefix(prefix));
    const wanted = verdict.entries[index.name]!;
    if (stored !== wanted)
      complain(`index ${index.name} has ${stored} entries, the documents ask for ${wanted}`);
  }
  if (verdict.documents !== collection.count)
    complain(`${verdict.documents} documents, counted ${collection.count}`);
  if (verdict.bytes !== collection.bytes) complain(`${verdict.bytes} bytes, counted ${collection.bytes}`);
  return verdict;
}
