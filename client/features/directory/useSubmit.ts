// Duty: sends a form once, and puts what the server refuses beside the fields; nothing typed is lost. Which request is the form's.
import type { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormFaults } from '../../lib/faults.ts';

type Form<Values extends Record<string, unknown>> = ReturnType<typeof useForm<Values>>;

interface Options<Values extends Record<string, unknown>, Result> {
  form: Form<Values>;
  send: (values: Values) => Promise<Result>;
  onDone?: (result: Result, values: Values) => unknown;
  /** Called before the words are shown; true means that it was dealt with. */
  onRefused?: (error: unknown) => boolean;
}

export function useSubmit<Values extends Record<string, unknown>, Result>(options: Options<Values, Result>) {
  const { form, send, onDone, onRefused } = options;
  const explain = useFormFaults();
  const [whole, setWhole] = useState<string | null>(null);
  const { mutate, isPending, isSuccess, reset } = useMutation({
    mutationFn: send,
    onMutate: () => {
      setWhole(null);
      form.clearErrors();
    },
    onSuccess: (result, values) => onDone?.(result, values),
    onError: (error) => {
      if (onRefused?.(error)) return;
      const faults = explain(error, Object.keys(form.getValues()));
      form.setErrors(faults.fields);
      setWhole(faults.whole);
      const first = Object.keys(faults.fields)[0];
      if (first) form.getInputNode(first)?.focus();
    },
  });
  return { submit: form.onSubmit((values) => mutate(values)), whole, isPending, isSuccess, reset };
}
