// Duty: the fields of one dialog: what was typed, what the server says beside each. Nothing typed is lost by a refusal.
import { useState } from 'react';
import { useFormFaults } from '../../lib/faults.ts';

/** `const { values, set, fault, whole } = useFields(start, error)`. */
export function useFields<Values extends object>(start: Values, error: unknown) {
  const [values, setValues] = useState(start);
  const explain = useFormFaults();
  const faults = error ? explain(error, Object.keys(start)) : null;
  return {
    values,
    set: (change: Partial<Values>) => setValues((before) => ({ ...before, ...change })),
    fault: (name: keyof Values & string): string | undefined => faults?.fields[name],
    whole: faults?.whole ?? null,
  };
}
