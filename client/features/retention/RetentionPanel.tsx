// Duty: on a case page, until when the case is kept and whether it is held; setting and lifting a hold where the viewer may.
import { Button, Title } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import type { CaseRetention } from '../../../shared/retention.ts';
import { dayIn } from '../../lib/days.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './retention.module.css';
import { useCaseRetention, useHold } from './useRetention.ts';

const HoldDialog = lazy(async () => ({ default: (await import('./HoldDialog.tsx')).HoldDialog }));

interface Props {
  caseId: string;
  reference: string;
}

export function RetentionPanel({ caseId, reference }: Props) {
  const { say, date } = useSpeech();
  const id = useId();
  const { data: answer } = useCaseRetention(caseId);
  const lift = useHold(caseId);
  const explain = useErrorWords();
  const [asking, setAsking] = useState<'hold' | 'lift' | null>(null);
  const [done, setDone] = useState('');
  if (!answer) return null;
  const { data, abilities } = answer;
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <Title order={2} id={id}>
        {say('retention.panel')}
      </Title>
      <Standing data={data} />
      <div className={`${classes.actions} no-print`}>
        {abilities.hold && (
          <Button variant="default" size="sm" onClick={() => setAsking('hold')}>
            {say(data.hold ? 'retention.hold.change' : 'retention.hold')}
          </Button>
        )}
        {abilities.liftHold && (
          <Button variant="subtle" size="sm" onClick={() => setAsking('lift')}>
            {say('retention.lift')}
          </Button>
        )}
      </div>
      <div role="status">{done && <p className={classes.faint}>{done}</p>}</div>
      <Suspense>
        {asking === 'hold' && (
          <HoldDialog
            caseId={caseId}
            reference={reference}
            hold={data.hold}
            onClose={() => setAsking(null)}
            onDone={(until) => {
              setAsking(null);
              setDone(say('retention.hold.done', { day: date(until) }));
            }}
          />
        )}
      </Suspense>
      <ConfirmDialog
        opened={asking === 'lift'}
        title={say('retention.lift')}
        confirm={say('retention.lift')}
        grave
        loading={lift.isPending}
        onClose={() => setAsking(null)}
        onConfirm={() =>
          lift.mutate(null, {
            onSuccess: () => {
              setAsking(null);
              setDone(say('retention.lift.done'));
            },
          })
        }
      >
        <FormError words={lift.error ? explain(lift.error) : null} />
        {say('retention.lift.about')}
      </ConfirmDialog>
    </section>
  );
}

function Standing({ data }: { data: CaseRetention }) {
  const { say, date } = useSpeech();
  const { hold, dueOn, anonymisedAt, months } = data;
  if (anonymisedAt) return <p>{say('retention.panel.anonymised', { day: date(anonymisedAt) })}</p>;
  const due = dueOn && date(dueOn);
  if (hold && hold.until < dayIn(0))
    return <p>{say('retention.panel.heldOver', { day: date(hold.until), due: due ?? '–' })}</p>;
  if (hold)
    return (
      <>
        <p>
          {say('retention.panel.held', {
            day: date(hold.until),
            reason: say(`retention.reason.${hold.reason}`),
            who: hold.by?.name ?? say('common.nobody'),
          })}
        </p>
        {due && <p className={classes.faint}>{say('retention.panel.heldDue', { day: due })}</p>}
      </>
    );
  return (
    <p>
      {due
        ? say('retention.panel.due', { day: due, count: months })
        : say('retention.panel.open', { count: months })}
    </p>
  );
}
