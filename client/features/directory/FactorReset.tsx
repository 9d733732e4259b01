// Duty: the administrator takes somebody's second factor away, with a reason of a closed list, after being told what that means.
import { Radio, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { UserRecord } from '../../../shared/directory.ts';
import { factorResetReasons } from '../../../shared/secondFactorReasons.ts';
import { api } from '../../lib/api.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useSubmit } from './useSubmit.ts';

export function FactorReset({ user, onClose }: { user: UserRecord; onClose: () => void }) {
  const say = useSay();
  const client = useQueryClient();
  const { name } = user;
  const form = useForm({ initialValues: { reason: '' } });
  const { submit, whole, isPending } = useSubmit({
    form,
    send: ({ reason }) =>
      api.post(`/api/users/${user.id}/second-factor-reset`, { reason: reason || undefined }),
    onDone: async () => {
      notifications.show({ message: say('directory.factor.resetDone', { name }) });
      onClose();
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <Dialog title={say('directory.factor.resetTitle', { name })} typed={form.values} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{say('directory.factor.resetText')}</Text>
          <FormError words={whole} />
          <Radio.Group label={say('directory.factor.reason')} {...form.getInputProps('reason')}>
            <Stack gap="xs" mt={6}>
              {factorResetReasons.map((reason) => (
                <Radio key={reason} value={reason} label={say(`directory.factor.reason.${reason}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <DialogFoot loading={isPending} color="alarm">
            {say('directory.factor.reset')}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
