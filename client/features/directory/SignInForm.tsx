// Duty: e-mail and password, sent once; where to go afterwards is the caller's. Used on the sign-in page and over a page whose session ended.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';

interface Props {
  /** Known already: the person whose session ended. */
  email?: string;
  onDone: () => Promise<void>;
  below?: ReactNode;
}

export function SignInForm({ email, onDone, below }: Props) {
  const say = useSay();
  const explain = useFormFaults();
  const [whole, setWhole] = useState<string | null>(null);
  const form = useForm({ initialValues: { email: email ?? '', password: '' } });
  const signIn = useMutation({
    mutationFn: (values: typeof form.values) => api.post('/api/session', values, { quiet: true }),
    onSuccess: onDone,
    onError: (error) => {
      const faults = explain(error, ['email', 'password']);
      form.setErrors(faults.fields);
      setWhole(faults.whole);
    },
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setWhole(null);
        signIn.mutate(values);
      })}
      noValidate
    >
      <Stack>
        <FormError words={whole} />
        <TextInput
          label={say('directory.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={email !== undefined}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={say('directory.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': say('directory.showPassword') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {say('directory.signIn')}
        </Button>
        {below}
      </Stack>
    </form>
  );
}
