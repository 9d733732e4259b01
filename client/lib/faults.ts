// Duty: what the server refused, in words: one sentence for the whole, one beside each field. Which field is shown where is the form's.
import { useCallback } from 'react';
import type { FaultBody } from '../../shared/errors.ts';
import type { Speaker } from '../../shared/i18n.ts';
import { ApiError } from './api.ts';
import { useSpeech } from './i18n.tsx';

/** Path of a field as forms write it: `['people', 'count']` is `people.count`. */
export const fieldOf = (fault: FaultBody): string => fault.path.join('.');

export function faultWords({ say, knows }: Speaker, fault: FaultBody): string {
  const key = `fault.${fault.code}`;
  if (!knows(key)) return say('fault.unknown');
  try {
    return say(key, fault.params);
  } catch {
    // The words need a number that the server left out.
    return say('fault.unknown');
  }
}

/** One sentence that says what went wrong and what to do. */
export function errorWords({ say, knows }: Speaker, error: unknown): string {
  if (!(error instanceof ApiError)) return say('error.unexpected');
  const key = `error.${error.code}`;
  if (knows(key)) return say(key, { seconds: error.retryAfterSeconds ?? 0, ...wordValues(error.extra) });
  if (error.status === 403) return say('error.notAllowed');
  if (error.status === 404) return say('error.notFound');
  if (error.status === 409) return say('error.conflict');
  if (error.status === 422) return say('error.input.invalid');
  if (error.status === 429) return say('error.tooMany', { seconds: error.retryAfterSeconds ?? 0 });
  return say('error.unexpected');
}

const wordValues = (extra: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(extra).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );

/** Why one of many was refused: the code of a rule or of a field, in words. */
export function refusalWords({ say, knows }: Speaker, code: string | null): string {
  const key = [`error.${code}`, `fault.${code}`].find(knows);
  return key ? say(key, { seconds: 0, days: 0, maximum: 0, minimum: 0 }) : say('error.notAllowed');
}

export interface FormFaults {
  /** Field path → words, as `form.setErrors` of @mantine/form takes it. */
  fields: Record<string, string>;
  /** What belongs to no field that the form shows; null when every fault has its field. */
  whole: string | null;
}

/** `shown` are the form's own field paths; a fault elsewhere is said above the form, so that none is silent. */
export function formFaults(speaker: Speaker, error: unknown, shown: readonly string[]): FormFaults {
  const fields: Record<string, string> = {};
  const lost: string[] = [];
  for (const fault of error instanceof ApiError ? error.faults : []) {
    const field = fieldOf(fault);
    const place = shown.includes(field) ? field : shown.find((name) => field.startsWith(`${name}.`));
    if (place) fields[place] ??= faultWords(speaker, fault);
    else lost.push(`${field}: ${faultWords(speaker, fault)}`);
  }
  if (Object.keys(fields).length > 0) return { fields, whole: lost.length > 0 ? lost.join(' ') : null };
  return { fields, whole: [errorWords(speaker, error), ...lost].join(' ') };
}

/** The above in the viewer's language: `const { fields, whole } = explain(error, ['email', 'password'])`. */
export function useFormFaults() {
  const { speaker } = useSpeech();
  return useCallback(
    (error: unknown, shown: readonly string[]) => formFaults(speaker, error, shown),
    [speaker],
  );
}

export function useErrorWords() {
  const { speaker } = useSpeech();
  return useCallback((error: unknown) => errorWords(speaker, error), [speaker]);
}
