// Duty: asks for the password over a page whose session ended, so that nothing typed on it is lost. When that is so: lib/session.tsx.
import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../../lib/i18n.tsx';
import { useOutbox } from '../../lib/offline.tsx';
import { useMe, useSession } from '../../lib/session.tsx';
import { useUnsent } from '../../lib/unsent.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { UnsentNote } from '../../ui/UnsentNote.tsx';
import { SignInForm } from './SignInForm.tsx';

export function SessionLost() {
  const say = useSay();
  const me = useMe();
  const { signedIn, signedOut } = useSession();
  const outbox = useOutbox();
  const unsent = useUnsent()();
  const [asking, setAsking] = useState(false);
  const [codeAsked, setCodeAsked] = useState(false);
  const leave = () => {
    outbox.clear();
    signedOut();
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={say('directory.lost.title')}
      // Whoever stands before the screen now may be somebody else.
      overlayProps={{ blur: 14, backgroundOpacity: 0.65 }}
    >
      <Text mb="md">{say('directory.lost.text')}</Text>
      <SignInForm
        email={me.email}
        onDone={signedIn}
        asked={codeAsked}
        onAsked={setCodeAsked}
        below={
          <Button variant="subtle" color="gray" onClick={() => (unsent ? setAsking(true) : leave())}>
            {say('directory.lost.leave')}
          </Button>
        }
      />
      <ConfirmDialog
        opened={asking}
        title={say('shell.unsent.title')}
        confirm={say('shell.unsent.leave')}
        grave
        onConfirm={leave}
        onClose={() => setAsking(false)}
      >
        {unsent && <UnsentNote unsent={unsent} />}
      </ConfirmDialog>
    </Modal>
  );
}
