// Duty: shows a one-time link that no mail server sent, to be handed over. It is shown once and kept nowhere.
import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useSay } from '../../lib/i18n.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';

export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const say = useSay();
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('directory.users.link')}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <Stack>
        <Text>{say('directory.users.linkText', { name })}</Text>
        <TextInput
          aria-label={say('directory.users.link')}
          value={link}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyAction value={link} first />
      </Stack>
    </Modal>
  );
}
