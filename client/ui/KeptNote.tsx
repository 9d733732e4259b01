// Duty: says that a form goes on where it was left on this device, and throws that away when asked twice. Where it is kept: lib/keptValues.ts.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../lib/i18n.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { FilePen } from './icons.ts';
import classes from './inputs.module.css';

interface Props {
  /** Whether something is kept that was not sent. */
  kept: boolean;
  onThrowAway: () => void;
}

export function KeptNote({ kept, onThrowAway }: Props) {
  const say = useSay();
  const [asking, setAsking] = useState(false);
  return (
    <div role="status">
      {kept && (
        <div className={classes.keptNote}>
          <FilePen size={18} aria-hidden />
          <span>{say('common.kept')}</span>
          <Button size="compact-md" variant="subtle" onClick={() => setAsking(true)}>
            {say('common.throwAway')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={asking}
        title={say('common.throwAway.title')}
        confirm={say('common.throwAway')}
        stay={say('common.throwAway.keep')}
        onConfirm={() => {
          setAsking(false);
          onThrowAway();
        }}
        onClose={() => setAsking(false)}
      >
        {say('common.throwAway.about')}
      </ConfirmDialog>
    </div>
  );
}
