// Duty: the frame of every dialog of campaigns: heading, refusals, both sides when somebody was faster, cancel and the deed. Fields are the caller's.
import { Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import { staleOf } from './useCampaigns.ts';

interface Props {
  title: string;
  /** All that can be filled in, as it stands now. */
  typed: unknown;
  about?: string;
  deed: string;
  error: unknown;
  whole: string | null;
  loading: boolean;
  grave?: boolean;
  wide?: boolean;
  /** Beside cancel: another, quieter deed. */
  also?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog(props: Props) {
  const { say } = useSpeech();
  const stale = staleOf(props.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog typed={props.typed} onClose={props.onClose} title={props.title} size={props.wide ? 'xl' : 'lg'}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {props.about && <Text>{props.about}</Text>}
          <FormError words={props.whole} />
          {stale && <ConflictNote stale={stale} />}
          {props.children}
          <DialogFoot loading={props.loading} color={props.grave ? 'alarm' : undefined} also={props.also}>
            {stale ? say('campaigns.conflict.keepMine') : props.deed}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
