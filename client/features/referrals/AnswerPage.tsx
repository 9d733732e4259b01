// Duty: what an organisation without accounts sees behind its one-time link: the referred fields and the same answers. No case, no colleague.
import { Button, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useParams } from 'react-router';
import type { Answer } from '../../../shared/api.ts';
import type { OpenedIdentity } from '../../../shared/identityLists.ts';
import type { LinkMoveInput } from '../../../shared/referralMoves.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import type { LinkAbility, LinkPage } from '../../../shared/referrals.ts';
import { ApiError, api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Clock, Link2Off } from '../../ui/icons.ts';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import {
  MoveFields,
  type MoveValues,
  type MoveWithFields,
  moveBody,
  moveFieldNames,
  startValues,
} from './MoveFields.tsx';
import classes from './referrals.module.css';
import { SharedFields } from './SharedFields.tsx';

type LinkAnswer = Answer<LinkPage, LinkAbility>;
const keyOf = (token: string) => ['answer', token] as const;

export function AnswerPage() {
  const { token = '' } = useParams();
  const { say } = useSpeech();
  const asked = useQuery({
    queryKey: keyOf(token),
    queryFn: ({ signal }) => api.get<LinkAnswer>(referralPaths.answer(token), { signal, quiet: true }),
    // Consent may end while the page is open, and nothing tells a page without an account.
    refetchInterval: 20_000,
    gcTime: 0,
  });
  useTabTitle(asked.data?.data.reference ?? say('referrals.answer.tab'));
  return (
    <Doorway wide>
      {asked.error ? (
        <NotHere error={asked.error} onRetry={() => void asked.refetch()} />
      ) : asked.data ? (
        <Opened token={token} answer={asked.data} />
      ) : (
        <LoadingState />
      )}
    </Doorway>
  );
}

/** Used, too old, taken back or never there: each in kind words, and none says anything of the case. */
function NotHere({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { say } = useSpeech();
  const status = error instanceof ApiError ? error.status : 0;
  const code = error instanceof ApiError ? error.code : '';
  if (status === 410)
    return (
      <EmptyState
        whole
        icon={Clock}
        title={say(code === 'link.used' ? 'referrals.answer.used' : 'referrals.answer.expired')}
        text={say(code === 'link.used' ? 'referrals.answer.usedText' : 'referrals.answer.expiredText')}
      />
    );
  if (status === 404 || status === 422)
    return (
      <EmptyState
        whole
        icon={Link2Off}
        title={say('referrals.answer.gone')}
        text={say('referrals.answer.goneText')}
      />
    );
  return <ErrorState whole error={error} onRetry={onRetry} />;
}

function Opened({ token, answer }: { token: string; answer: LinkAnswer }) {
  const { say, date } = useSpeech();
  const placeName = usePlaceName();
  const { data: page, abilities } = answer;
  const [move, setMove] = useState<MoveWithFields | null>(null);
  const [said, setSaid] = useState('');
  const open = async () =>
    (await api.post<{ data: OpenedIdentity }>(referralPaths.answerIdentity(token), {}, { quiet: true })).data;
  const order: MoveWithFields[] = ['accept', 'begin', 'complete', 'decline', 'fail', 'reroute'];
  const moves = order.filter((one) => abilities[one as LinkAbility]);
  return (
    <div className={classes.answer}>
      <div>
        <Title order={1}>{say('referrals.answer.title', { name: page.recipient.name })}</Title>
        <p className={classes.subline}>
          <span className={classes.reference}>{page.reference}</span>
          <ThemeMark theme={page.theme} />
          <span>{placeName(page.municipality)}</span>
        </p>
      </div>
      <p className={classes.lead}>
        {say('referrals.answer.asked', { service: say(`service.${page.service}`) })}{' '}
        {page.status === 'pending' && (
          <>
            {say('referrals.answer.by')} {date(page.replyBy)} (<RelativeTime when={page.replyBy} />
            ).
          </>
        )}
      </p>
      {page.status !== 'pending' && (
        <p>
          <b>{say(`referrals.status.${page.status}`)}</b>
          {page.workerName && `, ${page.workerName}`}
          {page.firstContactOn && (
            <>
              {' · '}
              {say('referrals.fact.firstContact')} <RelativeTime when={page.firstContactOn} />
            </>
          )}
        </p>
      )}
      <div role="status">{said && <p className={classes.thanks}>{said}</p>}</div>
      {page.message && (
        <div className={classes.section}>
          <h2 className={classes.boxTitle}>{say('referrals.message')}</h2>
          <p className={classes.prose}>{page.message}</p>
        </div>
      )}
      <div className={classes.section}>
        <h2 className={classes.boxTitle}>{say('referrals.shared.title')}</h2>
        <SharedFields
          status={page.status}
          sharedFields={page.sharedFields}
          shared={page.shared}
          municipality={page.municipality}
          evidenceHref={(evidence) => referralPaths.answerEvidence(token, evidence)}
          thumbnailHref={(evidence) => referralPaths.answerThumbnail(token, evidence)}
          open={open}
          withoutReason
        />
      </div>
      {move ? (
        <AnswerForm
          key={move}
          token={token}
          page={page}
          move={move}
          onClose={() => setMove(null)}
          onDone={(status) => {
            setMove(null);
            setSaid(say('referrals.answer.thanks', { status: say(`referrals.status.${status}`) }));
          }}
        />
      ) : (
        moves.length > 0 && (
          <div className={classes.cardFoot}>
            {moves.map((one, index) => (
              <Button
                key={one}
                variant={index === 0 ? 'filled' : one === 'reroute' ? 'subtle' : 'default'}
                onClick={() => {
                  setSaid('');
                  setMove(one);
                }}
              >
                {say(`referrals.move.${one}`)}
              </Button>
            ))}
          </div>
        )
      )}
      <p className={classes.faint}>
        {say('referrals.link.until', { date: date(page.until) })} {say('referrals.answer.keep')}
      </p>
    </div>
  );
}

interface FormProps {
  token: string;
  page: LinkPage;
  move: MoveWithFields;
  onClose: () => void;
  onDone: (status: LinkPage['status']) => void;
}

function AnswerForm({ token, page, move, onClose, onDone }: FormProps) {
  const { say } = useSpeech();
  const client = useQueryClient();
  const explain = useFormFaults();
  const [values, setValues] = useState<MoveValues>(() => ({
    ...startValues(null),
    workerName: page.workerName ?? '',
  }));
  const send = useMutation({
    mutationFn: (input: LinkMoveInput) =>
      api.post<LinkAnswer>(referralPaths.answerMoves(token), input, { quiet: true }),
    onSuccess: (answer) => {
      client.setQueryData<LinkAnswer>(keyOf(token), answer);
      onDone(answer.data.status);
    },
    onError: (error) => {
      if (error instanceof ApiError && [404, 409, 410].includes(error.status))
        void client.invalidateQueries({ queryKey: keyOf(token) });
    },
  });
  const faults = send.error ? explain(send.error, moveFieldNames) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ ...moveBody(move, values, true), version: page.version } as LinkMoveInput);
  };
  return (
    <form
      className={classes.answerForm}
      onSubmit={submit}
      noValidate
      aria-label={say(`referrals.move.${move}`)}
    >
      <h2 className={classes.boxTitle}>{say(`referrals.move.${move}`)}</h2>
      <p className={classes.faint}>{say(`referrals.move.${move}.about`)}</p>
      <FormError words={faults?.whole ?? null} />
      <MoveFields
        move={move}
        values={values}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
        fault={(name) => faults?.fields[name]}
        workers={null}
        organisations={move === 'decline' || move === 'reroute' ? page.organisations : []}
      />
      <DialogFoot onCancel={onClose} loading={send.isPending}>
        {say(`referrals.move.${move}`)}
      </DialogFoot>
    </form>
  );
}
