// Duty: sets a new password with the link from the mail.
import { Button, Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { api } from '../../lib/api.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { KeyRound } from '../../ui/icons.ts';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSubmit } from './useSubmit.ts';

export function ResetPage() {
  const say = useSay();
  const { token = '' } = useParams();
  const form = useForm({ initialValues: { password: '' } });
  const { submit, whole, isPending, isSuccess } = useSubmit({
    form,
    send: ({ password }) => api.post('/api/password-resets/use', { token, password }, { quiet: true }),
  });
  useTabTitle(say('directory.reset.title'));
  if (isSuccess)
    return (
      <Doorway>
        <EmptyState
          whole
          icon={KeyRound}
          title={say('directory.reset.done')}
          text={say('directory.reset.doneText')}
          action={
            <Button component={Link} to={paths.signIn.href()}>
              {say('directory.toSignIn')}
            </Button>
          }
        />
      </Doorway>
    );
  return (
    <Doorway>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Title order={1}>{say('directory.reset.title')}</Title>
          <FormError words={whole} />
          <PasswordField {...form.getInputProps('password')} />
          <Button type="submit" loading={isPending}>
            {say('common.save')}
          </Button>
        </Stack>
      </form>
    </Doorway>
  );
}
