// Duty: after a refusal, bring the first field that was refused to the reader; a long form hides it above or below.
import { useEffect, useRef } from 'react';

export function useFirstFault(error: unknown) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!error) return;
    const refused = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"]');
    refused?.focus();
    refused?.scrollIntoView({ block: 'center' });
  }, [error]);
  return form;
}
