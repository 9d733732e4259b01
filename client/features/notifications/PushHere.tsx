// Duty: one switch: this browser shows notices while the page is closed. Asks the browser; says kindly when it refuses.
import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { beginPushHere, canPush, endPushHere, isPushedHere, type PushRefusal } from './push.ts';

export function PushHere() {
  const { say } = useSpeech();
  const [on, setOn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<PushRefusal | null>(null);
  useEffect(() => {
    void isPushedHere().then(setOn);
  }, []);
  if (!canPush()) return null;
  const turn = async (wanted: boolean) => {
    setBusy(true);
    setRefused(null);
    try {
      if (wanted) {
        const refusal = await beginPushHere();
        setRefused(refusal);
        setOn(refusal === null);
      } else {
        await endPushHere();
        setOn(false);
      }
    } catch {
      setRefused('failed');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Switch
        label={say('notifications.push')}
        description={say('notifications.push.about')}
        checked={on}
        disabled={busy}
        onChange={(event) => void turn(event.currentTarget.checked)}
      />
      <FormError words={refused && say(`notifications.push.${refused}`)} />
    </>
  );
}
