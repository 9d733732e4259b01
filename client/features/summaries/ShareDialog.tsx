// Duty: make, see and revoke links that show a release to funders without an account. A link is told once.
import { Button, Checkbox, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/api.ts';
import type { ReleaseShare, ShareCreate, ShareMade } from '../../../shared/releaseShares.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './summaries.module.css';

const keyOf = (releaseId: string) => ['progress', 'shares', releaseId] as const;

interface Wanted {
  recipient: string;
  days: number | string;
  once: boolean;
}
const startWanted: Wanted = { recipient: '', days: 14, once: false };

export function ShareDialog({ releaseId, onClose }: { releaseId: string; onClose: () => void }) {
  const { say } = useSpeech();
  const client = useQueryClient();
  const make = useMutation({
    gcTime: 0,
    mutationFn: (input: ShareCreate) => api.post<ShareMade>(summaryPaths.allShares, input),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(releaseId) }),
  });
  const [wanted, setWanted] = useState(startWanted);
  return (
    <Dialog typed={make.data ? null : wanted} onClose={onClose} size="lg" title={say('summaries.share')}>
      <p className={classes.faint}>{say('summaries.share.about')}</p>
      {make.data ? (
        <Made made={make.data} />
      ) : (
        <ShareForm
          releaseId={releaseId}
          wanted={wanted}
          onChange={(change) => setWanted((before) => ({ ...before, ...change }))}
          error={make.error}
          busy={make.isPending}
          onMake={(input) => make.mutate(input)}
        />
      )}
      <ShareList releaseId={releaseId} />
    </Dialog>
  );
}

function ShareForm(props: {
  releaseId: string;
  wanted: Wanted;
  onChange: (change: Partial<Wanted>) => void;
  error: unknown;
  busy: boolean;
  onMake: (input: ShareCreate) => void;
}) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const [id] = useState(newId);
  const { recipient, days, once } = props.wanted;
  const faults = props.error ? explain(props.error, ['recipient', 'days']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onMake({ id, releaseId: props.releaseId, recipient, days: Number(days), once });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack mt="md">
        <FormError words={faults?.whole ?? null} />
        <TextInput
          label={say('summaries.share.recipient')}
          description={say('summaries.share.recipient.hint')}
          value={recipient}
          maxLength={80}
          onChange={(event) => props.onChange({ recipient: event.currentTarget.value })}
          error={faults?.fields.recipient}
          data-autofocus
        />
        <NumberInput
          label={say('summaries.share.days')}
          value={days}
          onChange={(days) => props.onChange({ days })}
          min={1}
          max={90}
          clampBehavior="none"
          allowDecimal={false}
          error={faults?.fields.days}
        />
        <Checkbox
          label={say('summaries.share.once')}
          checked={once}
          onChange={(event) => props.onChange({ once: event.currentTarget.checked })}
        />
        <Button type="submit" loading={props.busy}>
          {say('summaries.share.make')}
        </Button>
      </Stack>
    </form>
  );
}

function Made({ made }: { made: ShareMade }) {
  const { say } = useSpeech();
  return (
    <Stack mt="md">
      <TextInput
        label={say('summaries.share.made')}
        value={made.link}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyAction value={made.link} />
    </Stack>
  );
}

function ShareList({ releaseId }: { releaseId: string }) {
  const { say } = useSpeech();
  const shares = useQuery({
    queryKey: keyOf(releaseId),
    queryFn: ({ signal }) => api.get<{ data: ReleaseShare[] }>(summaryPaths.shares(releaseId), { signal }),
    select: (answer) => answer.data,
  });
  return (
    <section className={classes.shares} aria-labelledby="shares">
      <h2 id="shares">{say('summaries.share.list')}</h2>
      {shares.error ? (
        <ErrorState error={shares.error} onRetry={() => void shares.refetch()} />
      ) : !shares.data ? (
        <LoadingState />
      ) : shares.data.length === 0 ? (
        <p className={classes.faint}>{say('summaries.share.none')}</p>
      ) : (
        <ul className={classes.shareList}>
          {shares.data.map((share) => (
            <ShareLine key={share.id} share={share} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ShareLine({ share }: { share: ReleaseShare }) {
  const { say, date } = useSpeech();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(summaryPaths.share(share.id)),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(share.releaseId) }),
  });
  const expired = Date.parse(share.expiresAt) <= Date.now();
  const standing = share.revokedAt
    ? say('summaries.share.revoked')
    : expired
      ? say('summaries.share.expired')
      : say('summaries.share.expires', { day: date(share.expiresAt) });
  return (
    <li>
      <span>
        <strong>{say('summaries.share.for', { recipient: share.recipient })}</strong>
        <br />
        <span className={classes.faint}>
          {[
            standing,
            say('summaries.share.opened', { count: share.opened }),
            share.once && say('summaries.share.once'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {!share.revokedAt && !expired && (
        <Button
          size="compact-md"
          variant="default"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
          aria-label={`${say('summaries.share.revoke')}: ${share.recipient}`}
        >
          {say('summaries.share.revoke')}
        </Button>
      )}
    </li>
  );
}
