// Duty: asks for a link to set a new password. Never says whether the address has an account.
import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { api } from '../../lib/api.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { MailCheck } from '../../ui/icons.ts';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useSubmit } from './useSubmit.ts';

export function ForgotPage() {
  const say = useSay();
  const form = useForm({ initialValues: { email: '' } });
  const { submit, whole, isPending, isSuccess } = useSubmit({
    form,
    send: (values) => api.post('/api/password-resets', values, { quiet: true }),
  });
  useTabTitle(say('directory.forgot.title'));
  const back = (
    <Anchor component={Link} to={paths.signIn.href()} ta="center">
      {say('directory.toSignIn')}
    </Anchor>
  );
  if (isSuccess)
    return (
      <Doorway>
        <EmptyState
          whole
          icon={MailCheck}
          title={say('directory.forgot.sent')}
          text={say('directory.forgot.sentText')}
          action={back}
        />
      </Doorway>
    );
  return (
    <Doorway>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Title order={1}>{say('directory.forgot.title')}</Title>
          <Text>{say('directory.forgot.text')}</Text>
          <FormError words={whole} />
          <TextInput
            label={say('directory.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={isPending}>
            {say('directory.forgot.send')}
          </Button>
          {back}
        </Stack>
      </form>
    </Doorway>
  );
}
