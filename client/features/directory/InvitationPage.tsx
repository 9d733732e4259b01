// Duty: greets an invited person by name and takes the first password; the first administrator also gives name and e-mail.
import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Invitation } from '../../../shared/directory.ts';
import { paths } from '../../app/paths.ts';
import { api } from '../../lib/api.ts';
import { useSay, useSpeech } from '../../lib/i18n.tsx';
import { useSession } from '../../lib/session.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSubmit } from './useSubmit.ts';

export function InvitationPage() {
  const say = useSay();
  const { token = '' } = useParams();
  const { language, speak } = useSpeech();
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      api.get<{ data: Invitation }>(`/api/invitations/${encodeURIComponent(token)}`, { signal, quiet: true }),
    select: (answer) => answer.data,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useTabTitle(say('directory.invitation.accept'));
  // The administrator chose the language in which this person is greeted; they may switch below. Nobody chose for the first one.
  const theirs = data?.firstAdministrator ? null : data?.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the invitation is known; not after the person switched
  useEffect(() => {
    if (theirs && theirs !== language) void speak(theirs);
  }, [theirs]);
  return (
    <Doorway>
      {error ? (
        <ErrorState
          whole
          error={error}
          onRetry={() => void refetch()}
          action={
            <Button component={Link} to={paths.signIn.href()} variant="default">
              {say('directory.toSignIn')}
            </Button>
          }
        />
      ) : data ? (
        <AcceptForm token={token} invitation={data} />
      ) : (
        <LoadingState />
      )}
    </Doorway>
  );
}

function AcceptForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { say, language } = useSpeech();
  const navigate = useNavigate();
  const { signedIn } = useSession();
  const first = invitation.firstAdministrator;
  const form = useForm({ initialValues: { name: '', email: '', password: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: ({ name, email, password }) =>
      api.post(
        '/api/invitations/accept',
        { token, password, language, ...(first && { name, email }) },
        { quiet: true },
      ),
    onDone: async () => {
      await signedIn();
      await navigate(paths.home.href());
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Title order={1}>
          {first
            ? say('directory.invitation.first')
            : say('directory.invitation.title', { name: invitation.name })}
        </Title>
        <Text>
          {first
            ? say('directory.invitation.firstText')
            : say('directory.invitation.text', {
                role: say(`role.${invitation.role}`),
                email: invitation.email,
              })}
        </Text>
        <FormError words={whole} />
        {first && (
          <>
            <TextInput
              label={say('directory.name')}
              autoComplete="name"
              required
              withAsterisk={false}
              {...form.getInputProps('name')}
            />
            <TextInput
              label={say('directory.email')}
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              {...form.getInputProps('email')}
            />
          </>
        )}
        <PasswordField {...form.getInputProps('password')} />
        <Button type="submit" loading={isPending}>
          {say('directory.invitation.accept')}
        </Button>
      </Stack>
    </form>
  );
}
