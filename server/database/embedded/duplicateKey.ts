// Duty: the E11000 error, in the words that drivers and mongoose parse.
import { CommandError } from './errors.ts';
import type { Index } from './indexDefinition.ts';
import { type Doc, show, type Value } from './semantics/values.ts';

export function duplicateKey(namespace: string, index: Index, doc: Doc): CommandError {
  const keyValue: Doc = {};
  for (const field of index.fields) keyValue[field] = valueAt(doc, field.split('.'));
  const shown = index.fields.map((field) => `${field}: ${show(keyValue[field])}`).join(', ');
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown} }`;
  return new CommandError(11000, message, { keyPattern: index.spec.key, keyValue });
}

/** The first value at the path; MongoDB names the element that collided, which is the same for all but arrays. */
function valueAt(value: Value, parts: string[]): Value {
  for (const part of parts) {
    if (Array.isArray(value)) value = value.find((each) => each?.[part] !== undefined);
    value = (value as Doc | null | undefined)?.[part];
  }
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
