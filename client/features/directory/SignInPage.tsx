// Duty: the way in: the form, the languages, and on an example installation the accounts to try. No session handling.
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ExampleAccount } from '../../../shared/directory.ts';
import { paths, safeNext } from '../../app/paths.ts';
import { api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useInstance } from '../../lib/places.ts';
import { useSession } from '../../lib/session.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './directory.module.css';
import { SignInForm } from './SignInForm.tsx';

export function SignInPage() {
  const say = useSay();
  const { me, signedIn } = useSession();
  const navigate = useNavigate();
  const next = safeNext(useSearchParams()[0].get('next'));
  const { data: instance } = useInstance();
  useTabTitle(say('directory.signIn'));
  useEffect(() => {
    if (me) void navigate(next, { replace: true });
  }, [me, next, navigate]);
  return (
    <Doorway>
      <Stack gap="lg">
        <Title order={1}>{say('directory.signIn')}</Title>
        <SignInForm
          onDone={signedIn}
          below={
            <Anchor component={Link} to={paths.forgot.href()} ta="center">
              {say('directory.forgot')}
            </Anchor>
          }
        />
        {instance?.exampleAccounts && (
          <ExampleAccounts accounts={instance.exampleAccounts} onDone={signedIn} />
        )}
      </Stack>
    </Doorway>
  );
}

function ExampleAccounts(props: { accounts: ExampleAccount[]; onDone: () => Promise<void> }) {
  const say = useSay();
  const words = useErrorWords();
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      api.post('/api/session', { email, password }, { quiet: true }),
    onSuccess: props.onDone,
  });
  return (
    <section className={classes.examples} aria-labelledby="examples">
      <div className={classes.examplesHead}>
        <Title order={2} size="h3" id="examples">
          {say('directory.examples')}
        </Title>
        <ExampleBadge />
      </div>
      <Text c="dimmed">{say('directory.examplesText')}</Text>
      <FormError words={signIn.error ? words(signIn.error) : null} />
      <ul className={classes.accounts}>
        {props.accounts.map((account) => (
          <li key={account.email}>
            <Button
              variant="default"
              fullWidth
              justify="space-between"
              h="auto"
              mih={52}
              loading={signIn.isPending && signIn.variables.email === account.email}
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(account)}
              classNames={{ label: classes.accountLabel }}
            >
              <span>{say(`role.${account.role}`)}</span>
              <span className={classes.accountName}>{account.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
