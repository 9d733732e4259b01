// Duty: my second factor on the account page: whether it is on, turning it on and off, new recovery codes.
import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../shared/api.ts';
import type { RecoveryCodes } from '../../../shared/secondFactor.ts';
import { api } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CircleSlash, ShieldCheck } from '../../ui/icons.ts';
import { CodeField } from './CodeField.tsx';
import classes from './directory.module.css';
import { FactorSetUp } from './FactorSetUp.tsx';
import { PasswordField } from './PasswordField.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';
import { useSubmit } from './useSubmit.ts';

const fewCodes = 3;

type Stage = 'rest' | 'setUp' | 'renew' | 'turnOff' | { codes: readonly string[] };

export function FactorSection() {
  const { say, date } = useSpeech();
  const client = useQueryClient();
  const { since, recoveryCodesLeft, required } = useMe().secondFactor;
  const [stage, setStage] = useState<Stage>('rest');
  const rest = () => setStage('rest');
  const lookAgain = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['me'] }),
      client.invalidateQueries({ queryKey: ['sessions'] }),
    ]);
  const done = async () => {
    await lookAgain();
    rest();
  };
  return (
    <Paper component="section" withBorder p="lg" radius="lg" aria-labelledby="my-factor">
      <Stack>
        <div>
          <Title order={2} id="my-factor">
            {say('directory.factor.title')}
          </Title>
          <Text c="dimmed">
            {say('directory.factor.text')} {required && say('directory.factor.required')}
          </Text>
        </div>
        {stage === 'setUp' ? (
          <FactorSetUp order={3} onDone={done} onCancel={rest} />
        ) : typeof stage === 'object' ? (
          <RecoveryCodeList codes={stage.codes} order={3} onKept={done} />
        ) : since ? (
          <>
            <div>
              <Text className={classes.state} fw={550}>
                <ShieldCheck size={20} aria-hidden />
                {say('directory.factor.since', { when: date(since) })}
              </Text>
              <Text>
                {say('directory.factor.left', { count: recoveryCodesLeft })}{' '}
                {recoveryCodesLeft <= fewCodes && say('directory.factor.few')}
              </Text>
            </div>
            <div className={classes.deeds}>
              <Button variant="default" onClick={() => setStage('renew')}>
                {say('directory.factor.renew')}
              </Button>
              <Button variant="default" onClick={() => setStage('turnOff')}>
                {say('directory.factor.turnOff')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <Text className={classes.state} fw={550}>
              <CircleSlash size={20} aria-hidden />
              {say('directory.factor.off')}
            </Text>
            <div className={classes.deeds}>
              <Button onClick={() => setStage('setUp')}>{say('directory.factor.turnOn')}</Button>
            </div>
          </>
        )}
      </Stack>
      {stage === 'renew' && (
        <ProveDialog
          title={say('directory.factor.renew')}
          text={say('directory.factor.renewText')}
          send={(proof) => api.post<Answer<RecoveryCodes>>('/api/me/second-factor/recovery-codes', proof)}
          onDone={({ data }) => setStage({ codes: data.codes })}
          onClose={rest}
        />
      )}
      {stage === 'turnOff' && (
        <ProveDialog
          title={say('directory.factor.turnOff')}
          text={say('directory.factor.turnOffText')}
          send={(proof) => api.delete('/api/me/second-factor', proof)}
          onDone={async () => {
            notifications.show({ message: say('directory.factor.turnedOff') });
            await done();
          }}
          onClose={rest}
        />
      )}
    </Paper>
  );
}

/** Password and code before what somebody at an open screen must not be able to do. */
function ProveDialog<Result>(props: {
  title: string;
  text: string;
  send: (proof: { password: string; code: string }) => Promise<Result>;
  onDone: (result: Result) => unknown;
  onClose: () => void;
}) {
  const me = useMe();
  const form = useForm({ initialValues: { password: '', code: '' } });
  const { submit, whole, isPending } = useSubmit({ form, send: props.send, onDone: props.onDone });
  return (
    <Dialog title={props.title} typed={form.values} onClose={props.onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{props.text}</Text>
          <FormError words={whole} />
          <input type="email" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordField isNew={false} data-autofocus {...form.getInputProps('password')} />
          <CodeField {...form.getInputProps('code')} />
          <DialogFoot loading={isPending}>{props.title}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
