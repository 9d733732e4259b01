// Duty: the coordinators' list of what was done without consent, and the review of each.
import { Button, Radio, SegmentedControl, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type OverrideRow, type Verdict, verdicts } from '../../../shared/consentLists.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ShieldCheck } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { OverrideNote } from './OverrideNote.tsx';
import classes from './panel.module.css';
import { useOverrides, useReviewOverride } from './useConsents.ts';

export function OverridesPage() {
  const say = useSay();
  const [show, setShow] = useState<'open' | 'all'>('open');
  const overrides = useOverrides(show);
  return (
    <Page>
      <PageHead
        title={say('override.page')}
        tabTitle={say('override.page')}
        lead={say('override.page.about')}
        secondary={
          <SegmentedControl
            aria-label={say('override.page')}
            value={show}
            onChange={(value) => setShow(value as typeof show)}
            data={[
              { value: 'open', label: say('override.page.open') },
              { value: 'all', label: say('override.page.all') },
            ]}
          />
        }
      />
      {!overrides.data ? (
        overrides.error ? (
          <ErrorState error={overrides.error} onRetry={() => void overrides.refetch()} />
        ) : (
          <LoadingState />
        )
      ) : overrides.data.length === 0 ? (
        <EmptyState
          icon={ShieldCheck}
          title={say('override.page.empty')}
          text={say('override.page.emptyHint')}
        />
      ) : (
        <ul className={classes.cards}>
          {overrides.data.map((override) => (
            <li key={override.id}>
              <OverrideNote override={override} withCase>
                {!override.review && <Review override={override} />}
              </OverrideNote>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Review({ override }: { override: OverrideRow }) {
  const say = useSay();
  const explain = useFormFaults();
  const review = useReviewOverride();
  const [open, setOpen] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  if (!open)
    return (
      <div className={classes.actions}>
        <Button variant="light" onClick={() => setOpen(true)}>
          {say('override.review')}
        </Button>
      </div>
    );
  const faults = review.error ? explain(review.error, ['verdict', 'note']) : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (verdict) review.mutate({ id: override.id, verdict, note });
  };
  return (
    <form className={classes.form} style={{ marginTop: '0.75rem' }} onSubmit={send} noValidate>
      <FormError words={faults?.whole ?? null} />
      <Radio.Group
        label={say('override.review.title')}
        value={verdict}
        onChange={(value) => setVerdict(value as Verdict)}
        error={faults?.fields.verdict ?? (tried && !verdict ? say('fault.required') : undefined)}
        required
      >
        <div className={classes.actions} style={{ columnGap: '1.25rem' }}>
          {verdicts.map((one) => (
            <Radio key={one} value={one} label={say(`override.verdict.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={say('override.review.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={faults?.fields.note}
        maxLength={500}
        autosize
        minRows={2}
      />
      <DialogFoot onCancel={() => setOpen(false)} loading={review.isPending}>
        {say('override.review')}
      </DialogFoot>
    </form>
  );
}
