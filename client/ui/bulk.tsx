// Duty: what one deed will not do to some of several records, and what it did to each. Which deed and which records is the caller's.
import { Button, Text } from '@mantine/core';
import type { BulkResult } from '../../shared/cases.ts';
import { refusalWords } from '../lib/faults.ts';
import { useSpeech } from '../lib/i18n.tsx';
import classes from './bulk.module.css';
import { CircleCheck, CircleX } from './icons.ts';

interface Named {
  id: string;
  reference: string;
}

/** As far as the list can know; the server has the last word. */
export function WillRefuse({ rows }: { rows: (Named & { why: string })[] }) {
  const { say } = useSpeech();
  return (
    <div role="status">
      {rows.length > 0 && (
        <>
          <Text fw={600}>{say('case.bulk.willRefuse', { count: rows.length })}</Text>
          <ul className={classes.list}>
            {rows.map(({ id, reference, why }) => (
              <li key={id}>
                <b>{reference}</b> {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export function BulkResults(props: { rows: Named[]; results: BulkResult[]; onClose: () => void }) {
  const { say, speaker } = useSpeech();
  return (
    <>
      <ul className={classes.list}>
        {props.results.map((result) => (
          <li key={result.id} className={classes.result}>
            {result.ok ? <CircleCheck size={18} aria-hidden /> : <CircleX size={18} aria-hidden />}
            <span>
              <b>{result.reference ?? props.rows.find((row) => row.id === result.id)?.reference}</b>{' '}
              {result.ok
                ? say('case.bulk.ok')
                : say('case.bulk.refused', { why: refusalWords(speaker, result.code) })}
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Button onClick={props.onClose} data-autofocus>
          {say('common.close')}
        </Button>
      </div>
    </>
  );
}
