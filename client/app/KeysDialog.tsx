// Duty: the help behind `?`: which keys do what, and the switch that turns single keys off.
import { Kbd, Modal, Switch, Table } from '@mantine/core';
import { Fragment, useState } from 'react';
import type { MessageKey } from '../../shared/i18n.ts';
import { useSay } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.tsx';
import { shortcutsAreOn, switchShortcuts } from '../lib/shortcuts.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const { logCase, listCases, viewMap } = useMe().abilities;
  const [on, setOn] = useState(shortcutsAreOn);
  const keys: [string, MessageKey, boolean][] = [
    ['/', 'keys.search', listCases],
    ['c', 'keys.log', logCase],
    ['g h', 'keys.home', true],
    ['g c', 'keys.cases', listCases],
    ['g m', 'keys.map', viewMap],
    ['?', 'keys.help', true],
  ];
  return (
    <Modal
      closeOnClickOutside
      opened
      onClose={onClose}
      title={say('keys.title')}
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <Table>
        <Table.Tbody>
          {keys
            .filter(([, , available]) => available)
            .map(([shortcut, word]) => (
              <Table.Tr key={shortcut}>
                <Table.Td>
                  {shortcut.split(' ').map((key, index) => (
                    <Fragment key={key}>
                      {index > 0 && ` ${say('keys.then')} `}
                      <Kbd size="md">{key}</Kbd>
                    </Fragment>
                  ))}
                </Table.Td>
                <Table.Td>{say(word)}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={say('keys.on')}
        checked={on}
        onChange={(event) => {
          switchShortcuts(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
