// Duty: the receipt code of a case just logged on this device, until it was passed on: shown, copied, printed alone. It is asked nowhere again.
import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';
import { Printer } from '../../ui/icons.ts';
import { forgetLogged, readLogged } from './logged.ts';
import classes from './receipt.module.css';

/** Read aloud and copied by hand in fours. */
const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1\u2009');

export function ReceiptCard({ caseId, reference }: { caseId: string; reference: string }) {
  const say = useSay();
  const me = useMe();
  const [logged, setLogged] = useState(() => readLogged(me.id, caseId));
  if (!logged?.receipt) return null;
  const print = () => {
    document.documentElement.dataset.printing = 'receipt';
    window.print();
    delete document.documentElement.dataset.printing;
  };
  return (
    <section className={classes.card} aria-labelledby="receipt" data-receipt>
      <div className={classes.words}>
        <Title order={2} size="h3" id="receipt">
          {say('case.log.receipt')}
        </Title>
        <p className={classes.reference}>{reference}</p>
        <p className={classes.code}>{inGroups(logged.receipt)}</p>
        <Text>{say('case.log.receiptAbout')}</Text>
      </div>
      <div className={`${classes.actions} no-print`}>
        <CopyAction
          value={logged.receipt}
          variant="default"
          words={{ copy: say('case.log.receiptCopy'), copied: say('case.log.receiptCopied') }}
        />
        <Button variant="default" onClick={print} leftSection={<Printer size={18} aria-hidden />}>
          {say('case.log.receiptPrint')}
        </Button>
        <Button
          onClick={() => {
            forgetLogged(me.id, caseId);
            setLogged(null);
          }}
        >
          {say('case.log.receiptPut')}
        </Button>
      </div>
    </section>
  );
}
