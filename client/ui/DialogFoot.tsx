// Duty: the foot of a dialog that sends a form: cancel, then the deed. What is sent is the form's.
import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '../lib/i18n.tsx';
import { useLeave } from './dialogFrame.ts';
import classes from './page.module.css';

interface Props extends Pick<ButtonProps, 'loading' | 'disabled' | 'color'> {
  /** Where no dialog is around; otherwise that is left. */
  onCancel?: () => void;
  /** Before cancel: another, quieter deed. */
  also?: ReactNode;
  /** Where the dialog has nothing to fill in, the deed is what the keyboard is on. */
  'data-autofocus'?: boolean | undefined;
  /** The deed in words. */
  children: ReactNode;
}

export function DialogFoot({ onCancel, also, children, ...deed }: Props) {
  const say = useSay();
  const leave = useLeave();
  return (
    <div className={classes.dialogFoot}>
      {also}
      <Button variant="default" onClick={onCancel ?? leave}>
        {say('common.cancel')}
      </Button>
      <Button type="submit" {...deed}>
        {children}
      </Button>
    </div>
  );
}
