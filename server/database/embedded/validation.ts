// Duty: a collection's validator: which documents it refuses. What the rules mean is the matcher's.
import type { Collection } from './catalogue.ts';
import { badValue, CommandError } from './errors.ts';
import { compileMatcher, type Matcher } from './semantics/matcher.ts';
import { decodeTrusted } from './semantics/rawBson.ts';
import { type Doc, isDoc } from './semantics/values.ts';

const matchers = new WeakMap<Doc, Matcher>();

function matcherOf({ validator }: Doc): Matcher | undefined {
  if (!isDoc(validator) || Object.keys(validator).length === 0) return undefined;
  const matcher = matchers.get(validator) ?? compileMatcher(validator);
  matchers.set(validator, matcher);
  return matcher;
}

const levels: unknown[] = [undefined, 'off', 'strict', 'moderate'];
const actions: unknown[] = [undefined, 'error', 'warn'];

/** Throws when the options of a collection hold rules that cannot be understood. */
export function checkValidation(options: Doc): void {
  matcherOf(options);
  if (!levels.includes(options.validationLevel))
    throw badValue(`validationLevel '${String(options.validationLevel)}' is unknown`);
  if (!actions.includes(options.validationAction))
    throw badValue(`validationAction '${String(options.validationAction)}' is unknown`);
}

/** `before` is the document that an update changes: under `moderate` rules one that was invalid may stay so. */
export function validate({ options }: Collection, after: Uint8Array, before?: Uint8Array): void {
  const matcher = matcherOf(options);
  if (!matcher || options.validationLevel === 'off' || options.validationAction === 'warn') return;
  if (matcher.matchesBytes(after)) return;
  if (options.validationLevel === 'moderate' && before && !matcher.matchesBytes(before)) return;
  throw new CommandError(121, 'Document failed validation', {
    errInfo: {
      failingDocumentId: decodeTrusted(after)._id,
      details: {
        operatorName: Object.keys(options.validator as Doc)[0],
        specifiedAs: options.validator,
        reason: 'no match',
      },
    },
  });
}
