// Duty: every dialog in which something is filled in, and the one way to leave it: what was written goes only knowingly. Fields and sending are the caller's.
import { Drawer, Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useSay } from '../lib/i18n.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { DialogFrameContext } from './dialogFrame.ts';

interface Props extends Pick<ModalProps, 'size'> {
  title: string;
  /** All that can be filled in, as it stands now, as JSON can say it. Compared with how it stood when the dialog opened. */
  typed: unknown;
  /** Along the right edge, for long forms. */
  beside?: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, typed, beside = false, onClose, children, ...size }: Props) {
  const say = useSay();
  const now = JSON.stringify(typed);
  const [start] = useState(now);
  const [asking, setAsking] = useState(false);
  const [above, setAbove] = useState(0);
  const leave = () => (now === start ? onClose() : setAsking(true));
  const hold = useCallback(() => {
    setAbove((count) => count + 1);
    return () => setAbove((count) => count - 1);
  }, []);
  const shared = {
    opened: true,
    title,
    onClose: leave,
    closeOnEscape: above === 0,
    closeButtonProps: { 'aria-label': say('common.close') },
    ...size,
  };
  const content = (
    <DialogFrameContext value={{ leave, hold }}>
      {children}
      {/* Not there before: it would hear the very Escape that asks for it. */}
      {asking && (
        <ConfirmDialog
          opened
          title={say('common.throwAway.title')}
          confirm={say('common.throwAway')}
          stay={say('common.throwAway.keep')}
          onConfirm={onClose}
          onClose={() => setAsking(false)}
        >
          {say('common.throwAway.about')}
        </ConfirmDialog>
      )}
    </DialogFrameContext>
  );
  return beside ? (
    <Drawer position="right" {...shared}>
      {content}
    </Drawer>
  ) : (
    <Modal {...shared}>{content}</Modal>
  );
}
