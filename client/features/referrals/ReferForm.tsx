// Duty: what a referral says: which service, whom, which fields, by when, in which words. Only what the person agreed to can be ticked.
import { Button, Radio, Textarea } from '@mantine/core';
import { type FormEvent, Suspense, useEffect, useRef, useState } from 'react';
import type { CasePage } from '../../../shared/caseViews.ts';
import type { ShareableField } from '../../../shared/consentLists.ts';
import { newId } from '../../../shared/ids.ts';
import {
  type ReferralKind,
  type ReferralUrgency,
  referralKinds,
  referralUrgencies,
} from '../../../shared/referralLists.ts';
import type { ReferralAnswer, ReferralPage } from '../../../shared/referrals.ts';
import { type Service, services, servicesByTheme } from '../../../shared/serviceLists.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useKeptValues } from '../../lib/keptValues.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { FieldTicks } from './FieldTicks.tsx';
import { ProviderList } from './ProviderList.tsx';
import classes from './referrals.module.css';
import { useReferralSlots } from './slots.tsx';
import { useProviders, useRefer, useReviseDraft } from './useReferrals.ts';

const shown = ['recipient', 'service', 'sharedFields', 'urgency', 'replyBy', 'message', 'kind'];

interface Props {
  caseFile: CasePage;
  /** Written on instead of a new one. */
  draft: ReferralPage | null;
  onSent: (answer: ReferralAnswer) => void;
}

interface Values {
  /** Stays the same until it is sent, so that a repeated request cannot refer twice. */
  id: string;
  /** Of the draft as this form read it: what somebody else writes meanwhile is not passed over. */
  version: number;
  service: Service;
  recipient: string | null;
  fields: ShareableField[];
  urgency: ReferralUrgency;
  replyBy: string;
  message: string;
  kind: ReferralKind;
}

const startOf = (caseFile: CasePage, draft: ReferralPage | null): Values => ({
  id: newId(),
  version: draft?.version ?? 0,
  service: draft?.service ?? servicesByTheme[caseFile.theme][0]!,
  recipient: draft?.recipient.id ?? null,
  fields: draft?.sharedFields ?? [],
  urgency: draft?.urgency ?? 'within_72_hours',
  replyBy: draft?.replyBy ?? dayIn(referralUrgencies.within_72_hours),
  message: draft?.message ?? '',
  kind: draft?.kind ?? 'referral',
});

const differ = ({ id, version, ...one }: Values, other: Values): boolean =>
  JSON.stringify(one) !== JSON.stringify({ ...other, id: undefined, version: undefined });

/** What was begun here before; a day that is past meanwhile is counted anew. */
const resumed = (left: Values): Values =>
  left.replyBy < dayIn(0) ? { ...left, replyBy: dayIn(referralUrgencies[left.urgency]) } : left;

export function ReferForm({ caseFile, draft, onSent }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const create = useRefer(caseFile.id);
  const [start, setStart] = useState(() => startOf(caseFile, draft));
  const [left, keep] = useKeptValues<Values>(`refer.${caseFile.id}${draft ? `.${draft.id}` : ''}`);
  const [values, setValues] = useState(() => (left ? resumed(left) : start));
  const { id, version, service, recipient, fields, urgency, replyBy, message, kind } = values;
  const unsent = differ(values, start);
  // Saving a draft tells its version while somebody may be writing on.
  const newest = useRef(values);
  newest.current = values;
  const change = (next: Partial<Values>) => {
    newest.current = { ...newest.current, ...next };
    setValues(newest.current);
    keep(differ(newest.current, start) ? newest.current : null);
  };
  const revise = useReviseDraft(draft?.id ?? '', (newer) => change({ version: newer }));
  const refer = draft ? revise : create;
  const { AskConsent } = useReferralSlots();
  const usual = servicesByTheme[caseFile.theme];
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const providers = useProviders(caseFile.id, service);
  const chosen = providers.data?.find((one) => one.id === recipient) ?? null;
  // What was agreed to may have shrunk while the form was open.
  const ticked = fields.filter((field) => chosen?.consentedFields.includes(field));
  const faults = refer.error ? explain(refer.error, shown) : null;
  const fault = (name: string) => faults?.fields[name];
  useEffect(() => {
    if (!refer.error) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.scrollIntoView({
      block: 'center',
    });
  }, [refer.error]);
  const send = (now: boolean) => {
    setTried(true);
    if (!recipient) {
      form.current?.querySelector<HTMLInputElement>('input[name="recipient"]')?.focus();
      return;
    }
    const sent = (answer: ReferralAnswer) => {
      keep(null);
      onSent(answer);
    };
    const said = { kind, recipient, service, sharedFields: ticked, urgency, replyBy, message, send: now };
    // Heard also when the page was left meanwhile: what is sent is no draft any more.
    const going = draft ? revise.mutateAsync({ ...said, version }) : create.mutateAsync({ ...said, id });
    going.then(sent, () => {});
  };
  const throwAway = () => {
    const fresh = startOf(caseFile, draft);
    keep(null);
    setStart(fresh);
    setValues(fresh);
    setTried(false);
    refer.reset();
  };
  return (
    <>
      <form
        ref={form}
        className={classes.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send(true);
        }}
        noValidate
      >
        <KeptNote kept={unsent} onThrowAway={throwAway} />
        <FormError words={faults?.whole ?? null} />
        <Radio.Group
          label={<span className={classes.question}>{say('referrals.ask.service')}</span>}
          value={service}
          onChange={(value) => change({ service: value as Service })}
          error={fault('service')}
        >
          <ServiceChoices
            title={say('referrals.ask.usualServices', { theme: say(`theme.${caseFile.theme}`) })}
            services={usual}
          />
          <ServiceChoices
            title={say('referrals.ask.otherServices')}
            services={services.filter((one) => !usual.includes(one))}
          />
        </Radio.Group>
        <ProviderList
          providers={providers}
          theme={caseFile.theme}
          municipality={caseFile.municipality}
          value={recipient}
          onChange={(value) => {
            const next = providers.data?.find((one) => one.id === value);
            change({ recipient: value, fields: [], ...(next && !next.hasAccounts && { kind: 'referral' }) });
          }}
          error={fault('recipient') ?? (tried && !recipient ? say('fault.required') : undefined)}
        />
        {chosen && (
          <>
            <FieldTicks
              recipient={chosen.name}
              consented={chosen.consentedFields}
              value={ticked}
              onChange={(next) => change({ fields: next })}
              error={fault('sharedFields')}
              onAsk={AskConsent ? () => setAsking(true) : null}
            />
            <Radio.Group
              label={<span className={classes.question}>{say('referrals.ask.urgency')}</span>}
              value={urgency}
              onChange={(value) => {
                const next = value as ReferralUrgency;
                change({ urgency: next, replyBy: dayIn(referralUrgencies[next]) });
              }}
              error={fault('urgency')}
            >
              <div className={classes.choices}>
                {(Object.keys(referralUrgencies) as ReferralUrgency[]).map((one) => (
                  <Radio key={one} value={one} label={say(`referrals.urgency.${one}`)} />
                ))}
              </div>
            </Radio.Group>
            <DayInput
              label={say('referrals.ask.replyBy')}
              value={replyBy}
              onChange={(day) => change({ replyBy: day })}
              error={fault('replyBy')}
              quick={[1, 3, 14]}
            />
            <div className={classes.stack}>
              <Textarea
                label={say('referrals.ask.message')}
                description={say('referrals.ask.messageHint')}
                value={message}
                onChange={(event) => change({ message: event.currentTarget.value })}
                error={fault('message')}
                maxLength={2000}
                autosize
                minRows={3}
                maxRows={12}
              />
              <PersonalDataWarning
                texts={[{ value: message, set: (text) => change({ message: text }) }]}
                caseId={caseFile.id}
              />
            </div>
            <Radio.Group
              label={<span className={classes.question}>{say('referrals.ask.kind')}</span>}
              value={kind}
              onChange={(value) => change({ kind: value as ReferralKind })}
              error={fault('kind')}
            >
              <div className={classes.choices}>
                {referralKinds.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={say(`referrals.kind.${one}`)}
                    description={say(`referrals.kind.${one}.about`)}
                    disabled={one === 'transfer' && !chosen.hasAccounts}
                  />
                ))}
              </div>
            </Radio.Group>
            <div className={classes.sendFoot}>
              <Button
                variant="default"
                onClick={() => send(false)}
                loading={refer.isPending && refer.variables?.send === false}
              >
                {say(draft ? 'referrals.draft.save' : 'referrals.ask.draft')}
              </Button>
              <Button
                type="submit"
                loading={refer.isPending && refer.variables?.send === true}
                disabled={chosen.consentedFields.length === 0}
              >
                {say('referrals.ask.send')}
              </Button>
            </div>
            {chosen.consentedFields.length === 0 && (
              <p className={classes.faint}>{say('referrals.ask.noConsent', { name: chosen.name })}</p>
            )}
          </>
        )}
      </form>
      {/* Beside the form, not in it: its own sending would reach this form's through the tree. */}
      <Suspense>
        {asking && recipient && AskConsent && (
          <AskConsent
            caseId={caseFile.id}
            recipient={recipient}
            onDone={() => {
              setAsking(false);
              void providers.refetch();
            }}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}

function ServiceChoices({ title, services }: { title: string; services: readonly Service[] }) {
  const { say } = useSpeech();
  return (
    <>
      <p className={`${classes.faint} ${classes.serviceGroup}`}>{title}</p>
      <div className={classes.twoColumns}>
        {services.map((one) => (
          <Radio key={one} value={one} label={say(`service.${one}`)} />
        ))}
      </div>
    </>
  );
}
