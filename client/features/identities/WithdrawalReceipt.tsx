// Duty: the code that proves a withdrawal, shown until it was passed on; copied and printed alone. Kept nowhere.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../lib/i18n.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';
import { Printer } from '../../ui/icons.ts';
import { Paper } from '../../ui/Paper.tsx';
import classes from './panel.module.css';

const inFours = (code: string) => code.replace(/(\d{4})(?=\d)/g, '$1 ');

export function WithdrawalReceipt(props: { code: string; reference: string; onPut: () => void }) {
  const { say, dateTime } = useSpeech();
  const [printing, setPrinting] = useState(false);
  const [at] = useState(() => new Date());
  return (
    <section className={classes.receipt} aria-label={say('consent.receipt')}>
      <strong>{say('consent.receipt')}</strong>
      <p className={classes.code}>{inFours(props.code)}</p>
      <p>{say('consent.receipt.about')}</p>
      <div className={classes.actions}>
        <CopyAction value={props.code} variant="default" />
        <Button
          variant="default"
          leftSection={<Printer size={18} aria-hidden />}
          onClick={() => setPrinting(true)}
        >
          {say('identity.print')}
        </Button>
        <Button onClick={props.onPut}>{say('consent.receipt.put')}</Button>
      </div>
      {printing && (
        <Paper onPrinted={() => setPrinting(false)}>
          <h1>{say('consent.receipt')}</h1>
          <p>
            {props.reference}, {dateTime(at)}
          </p>
          <p>{say('consent.withdrawn')}</p>
          <p className={classes.code}>{inFours(props.code)}</p>
        </Paper>
      )}
    </section>
  );
}
