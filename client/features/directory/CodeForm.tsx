// Duty: the second half of signing in: the code. Who it is, the server remembers; when it took too long, back to the password.
import { Button, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ApiError, api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CodeField } from './CodeField.tsx';
import { useSubmit } from './useSubmit.ts';

interface Props {
  onDone: () => Promise<void>;
  /** `why` where it was not the person's wish. */
  onBack: (why: string | null) => void;
}

export function CodeForm({ onDone, onBack }: Props) {
  const say = useSay();
  const words = useErrorWords();
  const form = useForm({ initialValues: { code: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post('/api/session/second-factor', values, { quiet: true }),
    onDone,
    onRefused: (error) => {
      if (!(error instanceof ApiError) || error.code !== 'secondFactor.expired') return false;
      onBack(words(error));
      return true;
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <div>
          <Title order={2}>{say('directory.factor.ask')}</Title>
          <Text>{say('directory.factor.askText')}</Text>
        </div>
        <FormError words={whole} />
        <CodeField autoFocus data-autofocus {...form.getInputProps('code')} />
        <Button type="submit" loading={isPending} fullWidth>
          {say('directory.signIn')}
        </Button>
        <Text c="dimmed">{say('directory.factor.askLost')}</Text>
        <Button variant="subtle" color="gray" onClick={() => onBack(null)}>
          {say('directory.factor.back')}
        </Button>
      </Stack>
    </form>
  );
}
