// Duty: e-mail and password, then the code where one is asked for; where to go afterwards is the caller's. Used on the sign-in page and over a page whose session ended.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import type { Answer } from '../../../shared/api.ts';
import type { Me } from '../../../shared/directory.ts';
import type { FactorAsked } from '../../../shared/secondFactor.ts';
import { api } from '../../lib/api.ts';
import { useSay } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CodeForm } from './CodeForm.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSubmit } from './useSubmit.ts';

export type SignInAnswer = Answer<Me> | { data: FactorAsked };
export const asksForCode = ({ data }: SignInAnswer): boolean => data.secondFactor === 'asked';

interface Props {
  /** Known already: the person whose session ended. */
  email?: string;
  onDone: () => Promise<void>;
  /** Whether the password was right and the code is asked for. */
  asked: boolean;
  onAsked: (asked: boolean) => void;
  below?: ReactNode;
}

export function SignInForm({ email, onDone, asked, onAsked, below }: Props) {
  const say = useSay();
  const [why, setWhy] = useState<string | null>(null);
  const form = useForm({ initialValues: { email: email ?? '', password: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post<SignInAnswer>('/api/session', values, { quiet: true }),
    onDone: (answer) => {
      if (!asksForCode(answer)) return onDone();
      form.setFieldValue('password', '');
      setWhy(null);
      onAsked(true);
    },
  });
  if (asked)
    return (
      <CodeForm
        onDone={onDone}
        onBack={(words) => {
          setWhy(words);
          onAsked(false);
        }}
      />
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormError words={whole ?? why} />
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
