// Duty: the way in: the form, the languages, and on an example installation the accounts to try. No session handling.
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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
import { asksForCode, type SignInAnswer, SignInForm } from './SignInForm.tsx';

export function SignInPage() {
  const say = useSay();
  const { me, signedIn } = useSession();
  const navigate = useNavigate();
  const next = safeNext(useSearchParams()[0].get('next'));
  const { data: instance } = useInstance();
  const [asked, setAsked] = useState(false);
  const halfway = useHalfway();
  // A phone may have thrown the page away while the person looked for the code.
  useEffect(() => {
    if (halfway) setAsked(true);
  }, [halfway]);
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
          asked={asked}
          onAsked={setAsked}
          below={
            <Anchor component={Link} to={paths.forgot.href()} ta="center">
              {say('directory.forgot')}
            </Anchor>
          }
        />
        {instance?.exampleAccounts && !asked && (
          <ExampleAccounts
            accounts={instance.exampleAccounts}
            onDone={async (answer) => (asksForCode(answer) ? setAsked(true) : signedIn())}
          />
        )}
      </Stack>
    </Doorway>
  );
}

/** Whether this browser gave the right password a moment ago, and the code is still waited for. */
function useHalfway(): boolean {
  const { data } = useQuery({
    queryKey: ['halfway'],
    queryFn: ({ signal }) =>
      api.get<{ data: { secondFactor: 'asked' | null } }>('/api/session', { signal, quiet: true }),
    select: (answer) => answer.data.secondFactor === 'asked',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return data ?? false;
}

function ExampleAccounts(props: {
  accounts: ExampleAccount[];
  onDone: (answer: SignInAnswer) => Promise<void>;
}) {
  const say = useSay();
  const words = useErrorWords();
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      api.post<SignInAnswer>('/api/session', { email, password }, { quiet: true }),
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
