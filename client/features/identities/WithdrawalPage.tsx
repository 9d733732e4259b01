// Duty: somebody shows the paper of a withdrawal: its code says which case, what ended and when, to who may see that case. The code stays out of addresses.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import type { WithdrawalProof } from '../../../shared/consentLists.ts';
import { ApiError, api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { FileCheck } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { CaseLink } from '../../ui/words.tsx';
import classes from './panel.module.css';

function codeIn(state: unknown): string {
  const given = typeof state === 'object' && state !== null && 'code' in state ? state.code : '';
  return typeof given === 'string' ? given : '';
}

export function WithdrawalPage() {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const { state } = useLocation();
  const [code, setCode] = useState(() => codeIn(state));
  const asked = useRef(false);
  const check = useMutation({
    gcTime: 0,
    mutationFn: async (given: string) =>
      (await api.post<{ data: WithdrawalProof }>('/api/withdrawal-receipts/check', { code: given })).data,
  });
  const { mutate } = check;
  // Brought along from the search: asked once, and not left in the history of this tab.
  useEffect(() => {
    if (asked.current || !codeIn(state)) return;
    asked.current = true;
    mutate(codeIn(state));
    history.replaceState({ ...(history.state as object), usr: null }, '');
  }, [state, mutate]);
  const unknown = check.error instanceof ApiError && check.error.status === 404;
  const faults = check.error && !unknown ? explain(check.error, ['code']) : null;
  return (
    <Page>
      <PageHead
        title={say('consent.paper.title')}
        tabTitle={say('consent.paper.title')}
        lead={say('consent.paper.lead')}
      />
      <form
        className={classes.paperForm}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          mutate(code);
        }}
        noValidate
      >
        <FormError words={faults?.whole ?? null} />
        <TextInput
          label={say('consent.paper.code')}
          description={say('consent.paper.codeHint')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={faults?.fields.code}
          inputMode="numeric"
          autoComplete="off"
          maxLength={30}
          className={classes.paperCode}
        />
        <Button type="submit" loading={check.isPending}>
          {say('consent.paper.check')}
        </Button>
      </form>
      <div role="status">
        {unknown && <p>{say('consent.paper.unknown')}</p>}
        {check.data && <Proof proof={check.data} />}
      </div>
    </Page>
  );
}

function Proof({ proof }: { proof: WithdrawalProof }) {
  const { say, dateTime } = useSpeech();
  return (
    <section className={classes.receipt} aria-label={say('consent.receipt')}>
      <p>
        <FileCheck size={20} aria-hidden /> <strong>{say('consent.paper.genuine')}</strong>
      </p>
      <p>
        <CaseLink id={proof.caseId} reference={proof.reference} />, {dateTime(proof.at)}
      </p>
      <p>{say('consent.paper.ended')}</p>
      <ul className={classes.paperLines}>
        {proof.consents.map(({ purpose, recipient }) => {
          const word = say(`consent.purpose.${purpose}`);
          return (
            <li key={`${purpose} ${recipient?.id ?? ''}`}>
              {recipient ? say('consent.toWhom', { purpose: word, name: recipient.name }) : word}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
