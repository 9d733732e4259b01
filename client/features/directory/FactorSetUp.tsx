// Duty: the three steps to a second factor: password, key into the phone with a code of it, recovery codes. Where this stands is the caller's.
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { lazy, Suspense, useState } from 'react';
import type { Answer } from '../../../shared/api.ts';
import type { FactorSetUp as NewKey, RecoveryCodes } from '../../../shared/secondFactor.ts';
import { ApiError, api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { CodeField } from './CodeField.tsx';
import classes from './directory.module.css';
import { PasswordField } from './PasswordField.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';
import { useSubmit } from './useSubmit.ts';

const QrPicture = lazy(async () => ({ default: (await import('./QrPicture.tsx')).QrPicture }));

interface Props {
  onDone: () => void;
  onCancel?: () => void;
  /** Of the headings here: one below the caller's. */
  order: 2 | 3;
}

export function FactorSetUp({ onDone, onCancel, order }: Props) {
  const [key, setKey] = useState<NewKey | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  if (codes) return <RecoveryCodeList codes={codes} onKept={onDone} order={order} />;
  if (key)
    return (
      <ConfirmKey
        newKey={key}
        order={order}
        onConfirmed={setCodes}
        onTooLate={(words) => {
          setKey(null);
          setWhy(words);
        }}
        onCancel={onCancel}
      />
    );
  return <AskPassword why={why} onKey={setKey} onCancel={onCancel} />;
}

function AskPassword(props: {
  why: string | null;
  onKey: (key: NewKey) => void;
  onCancel: (() => void) | undefined;
}) {
  const say = useSay();
  const me = useMe();
  const form = useForm({ initialValues: { password: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post<Answer<NewKey>>('/api/me/second-factor', values),
    onDone: ({ data }) => props.onKey(data),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{say('directory.factor.passwordText')}</Text>
        <FormError words={whole ?? props.why} />
        {/* Lets password keepers know whose password this is. */}
        <input type="email" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordField isNew={false} autoFocus {...form.getInputProps('password')} />
        <Foot deed={say('common.next')} isPending={isPending} onCancel={props.onCancel} />
      </Stack>
    </form>
  );
}

function ConfirmKey(props: {
  newKey: NewKey;
  order: 2 | 3;
  onConfirmed: (codes: readonly string[]) => void;
  onTooLate: (words: string) => void;
  onCancel: (() => void) | undefined;
}) {
  const say = useSay();
  const words = useErrorWords();
  const { key, address } = props.newKey;
  const form = useForm({ initialValues: { code: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: (values) => api.post<Answer<RecoveryCodes>>('/api/me/second-factor/confirm', values),
    onDone: ({ data }) => props.onConfirmed(data.codes),
    onRefused: (error) => {
      if (!(error instanceof ApiError) || error.code !== 'secondFactor.notBegun') return false;
      props.onTooLate(words(error));
      return true;
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <div role="status">
          <Title order={props.order} size="h3">
            {say('directory.factor.scan')}
          </Title>
          <Text>{say('directory.factor.scanText')}</Text>
        </div>
        <Suspense fallback={<LoadingState />}>
          <QrPicture address={address} label={say('directory.factor.picture')} />
        </Suspense>
        <div>
          <Anchor href={address}>{say('directory.factor.openApp')}</Anchor>
          <Text mt="xs">{say('directory.factor.byHand')}</Text>
          <p className={classes.key}>{key.replace(/(.{4})(?=.)/g, '$1 ')}</p>
        </div>
        <FormError words={whole} />
        <CodeField phoneOnly {...form.getInputProps('code')} />
        <Foot deed={say('directory.factor.turnOn')} isPending={isPending} onCancel={props.onCancel} />
      </Stack>
    </form>
  );
}

function Foot(props: { deed: string; isPending: boolean; onCancel: (() => void) | undefined }) {
  const say = useSay();
  return (
    <Group>
      <Button type="submit" loading={props.isPending}>
        {props.deed}
      </Button>
      {props.onCancel && (
        <Button variant="default" onClick={props.onCancel}>
          {say('common.cancel')}
        </Button>
      )}
    </Group>
  );
}
