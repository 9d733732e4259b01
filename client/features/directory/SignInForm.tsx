// Duty: e-mail and password, sent once; where to go afterwards is the caller's. Used on the sign-in page and over a page whose session ended.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { api } from '../../lib/api.ts';
import { useSay } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSubmit } from './useSubmit.ts';

interface Props {
  /** Known already: the person whose session ended. */
  email?: string;
  onDone: () => Promise<void>;
  below?: ReactNode;
}

export function SignInForm({ email, onDone, below }: Props) {
  const say = useSay();
  const form = useForm({ initialValues: { email: email ?? '', password: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post('/api/session', values, { quiet: true }),
    onDone,
  });
  return (
    <form onSubmit={submit} noValidate>
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
        <PasswordField isNew={false} data-autofocus {...form.getInputProps('password')} />
        <Button type="submit" loading={isPending} fullWidth>
          {say('directory.signIn')}
        </Button>
        {below}
      </Stack>
    </form>
  );
}
