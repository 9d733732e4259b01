// Duty: says what would be wiped from this device by signing out. Whether to leave is the dialog's question.
import { Text } from '@mantine/core';
import { useSay } from '../lib/i18n.tsx';
import type { Unsent } from '../lib/unsent.ts';

export function UnsentNote({ unsent: { written, receipts } }: { unsent: Unsent }) {
  const say = useSay();
  return (
    <>
      {written > 0 && <Text>{say('shell.unsent.written', { count: written })}</Text>}
      {receipts > 0 && <Text>{say('shell.unsent.receipts', { count: receipts })}</Text>}
      <Text>{say('shell.unsent.wiped')}</Text>
    </>
  );
}
