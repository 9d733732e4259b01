// Duty: my own name, language, password, second factor and devices. Role and e-mail are the administrator's.
import { Button, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense } from 'react';
import { type Language, languages } from '../../../shared/directory.ts';
import { api } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import { FactorSection } from './FactorSection.tsx';
import { PasswordField } from './PasswordField.tsx';
import { SessionList } from './SessionList.tsx';
import { useAccountSlots } from './slots.tsx';
import { useSubmit } from './useSubmit.ts';

export function AccountPage() {
  const { say } = useSpeech();
  const me = useMe();
  const { Notifications } = useAccountSlots();
  return (
    <Page narrow>
      <PageHead
        title={say('directory.account.title')}
        tabTitle={say('directory.account.title')}
        beside={me.example && <ExampleBadge />}
      />
      <Stack gap="lg">
        <AboutMe />
        <Suspense>{Notifications && <Notifications />}</Suspense>
        <ChangePassword />
        <FactorSection />
        <SessionList />
      </Stack>
    </Page>
  );
}

function AboutMe() {
  const { say, speak } = useSpeech();
  const me = useMe();
  const placeName = usePlaceName();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: me.name, language: me.language as string } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.patch('/api/me', values),
    onDone: async (_answer, { language }) => {
      await Promise.all([
        speak(language as Language),
        client.invalidateQueries({ queryKey: ['me'] }),
        client.invalidateQueries({ queryKey: ['colleagues'] }),
      ]);
      notifications.show({ message: say('common.saved') });
    },
  });
  return (
    <Paper component="section" withBorder p="lg" radius="lg" aria-labelledby="about-me">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Title order={2} id="about-me">
            {say('directory.account.me')}
          </Title>
          <div>
            <Text>
              {say(`role.${me.role}`)}
              {me.municipality && `, ${placeName(me.municipality)}`}
            </Text>
            <Text c="dimmed">{me.email}</Text>
            <Text c="dimmed">{say('directory.account.scopeText')}</Text>
          </div>
          <FormError words={whole} />
          <TextInput label={say('directory.name')} autoComplete="name" {...form.getInputProps('name')} />
          <Radio.Group label={say('directory.language')} {...form.getInputProps('language')}>
            <Stack gap="xs" mt={6}>
              {languages.map((one) => (
                <Radio key={one} value={one} label={say(`language.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {form.values.language === 'rom' && <Text c="dimmed">{say('language.partial')}</Text>}
          <Button type="submit" loading={isPending} style={{ alignSelf: 'start' }}>
            {say('common.save')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

function ChangePassword() {
  const { say } = useSpeech();
  const me = useMe();
  const client = useQueryClient();
  const form = useForm({ initialValues: { current: '', password: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post('/api/me/password', values),
    onDone: async () => {
      form.reset();
      notifications.show({ message: say('directory.account.passwordChanged') });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  return (
    <Paper component="section" withBorder p="lg" radius="lg" aria-labelledby="my-password">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Title order={2} id="my-password">
            {say('directory.account.passwordTitle')}
          </Title>
          <FormError words={whole} />
          {/* Lets password keepers know whose password this is. */}
          <input type="email" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordField
            isNew={false}
            label={say('directory.account.current')}
            {...form.getInputProps('current')}
          />
          <PasswordField {...form.getInputProps('password')} />
          <Button type="submit" variant="default" loading={isPending} style={{ alignSelf: 'start' }}>
            {say('directory.account.changePassword')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
