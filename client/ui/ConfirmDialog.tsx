// Duty: asks before something that is hard to undo; names the deed on the button, never "OK".
import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '../lib/i18n.tsx';
import { useStandsOn } from './dialogFrame.ts';

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The deed, e.g. "Deactivate". */
  confirm: string;
  /** Staying in words, where “Cancel” would leave it open what is cancelled. */
  stay?: string;
  /** True when somebody could be hurt by a mistake. */
  grave?: boolean;
  loading?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog(props: Props) {
  const say = useSay();
  useStandsOn(props.opened);
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <Text component="div">{props.children}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {props.stay ?? say('common.cancel')}
        </Button>
        <Button color={props.grave ? 'alarm' : undefined} loading={props.loading} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
