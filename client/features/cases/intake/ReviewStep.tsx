// Duty: the whole case once more before it is sent: its title, every answer with a way back to it, the ground for keeping it.
import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ConsentBasis, limits } from '../../../../shared/caseLists.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { usePlaceName } from '../../../lib/places.ts';
import { LockKeyhole, Pencil } from '../../../ui/icons.ts';
import { PersonalDataWarning } from '../../../ui/PersonalDataWarning.tsx';
import { UrgencyWord } from '../../../ui/StatusWord.tsx';
import { ThemeMark } from '../../../ui/ThemeMark.tsx';
import { type IntakeStep, titleFrom } from './drafts.ts';
import classes from './intake.module.css';
import type { StepProps } from './ThemeSteps.tsx';
import { vaultOfDraft } from './vaultOfDraft.ts';
import { SimilarCases } from './WhatStep.tsx';

const grounds = [
  { value: 'no_personal_data', word: 'case.log.consent.none', hint: 'case.log.consent.noneHint' },
  { value: 'consented', word: 'case.log.consent.given', hint: 'case.log.consent.givenHint' },
] as const;

export function ReviewStep({
  draft,
  change,
  faults,
  missing,
  onGo,
}: StepProps & { onGo: (step: IntakeStep) => void }) {
  const say = useSay();
  const placeName = usePlaceName();
  const { fields, people } = draft;
  const title = fields.title ?? titleFrom(fields.description ?? '');
  const row = (step: IntakeStep, label: string, answer: ReactNode) => (
    <div className={classes.answer}>
      <dt>{label}</dt>
      <dd>
        <span>{answer}</span>
        <button
          type="button"
          className={classes.change}
          onClick={() => onGo(step)}
          aria-label={say('case.log.change', { what: label })}
        >
          <Pencil size={18} aria-hidden />
        </button>
      </dd>
    </div>
  );
  return (
    <div className={classes.form}>
      <TextInput
        label={say('case.log.titleLabel')}
        description={say('case.log.titleHint')}
        value={title}
        maxLength={limits.title}
        onChange={(event) => change({ fields: { title: event.currentTarget.value } })}
        error={faults.title ?? (missing === 'title' && say('fault.required'))}
        required
      />
      <dl className={classes.answers}>
        {row('kind', say('case.kind'), fields.kind && say(`case.kind.${fields.kind}`))}
        {row(
          'theme',
          say('case.theme'),
          fields.theme && (
            <>
              <ThemeMark theme={fields.theme} /> {fields.subTheme && say(`subTheme.${fields.subTheme}`)}
            </>
          ),
        )}
        {row(
          'where',
          say('case.place'),
          fields.municipality && placeName(fields.municipality, fields.settlement),
        )}
        {row('what', say('case.description'), <span className={classes.prose}>{fields.description}</span>)}
        {row(
          'what',
          say('case.need'),
          <span className={classes.prose}>{fields.need || say('case.need.none')}</span>,
        )}
        {row(
          'who',
          say('case.people'),
          <>
            {people.count !== '' && say('case.people.count', { count: people.count })}
            {people.households !== '' && `, ${say('case.people.households', { count: people.households })}`}
            {fields.concernsChild && ` · ${say('case.concernsChild')}`}{' '}
            {fields.urgency === 'critical' && <UrgencyWord urgency="critical" />}
            {draft.photos.length > 0 && ` · ${say('case.log.photo')}: ${draft.photos.length}`}
          </>,
        )}
      </dl>
      <ForTheVault draft={draft} change={change} />
      <PersonalDataWarning
        vault={vaultOfDraft(draft, change)}
        texts={[
          { value: title, set: (text) => change({ fields: { title: text } }) },
          { value: fields.description ?? '', set: (text) => change({ fields: { description: text } }) },
          { value: fields.need ?? '', set: (text) => change({ fields: { need: text } }) },
        ]}
      />
      <SimilarCases draft={draft} />
      <Radio.Group
        label={say('case.log.consent')}
        value={fields.consentBasis ?? ''}
        onChange={(value) => change({ fields: { consentBasis: value as ConsentBasis } })}
        error={faults.consentBasis ?? (missing === 'consentBasis' && say('case.log.choose'))}
        required
      >
        <div className={classes.grounds}>
          {grounds.map(({ value, word, hint }) => (
            <Radio key={value} value={value} label={say(word)} description={say(hint)} />
          ))}
        </div>
      </Radio.Group>
      {fields.concernsChild && fields.consentBasis === 'consented' && (
        <Checkbox
          label={say('case.guardianConsent')}
          description={say('case.log.guardian')}
          checked={fields.guardianConsent ?? false}
          onChange={(event) => change({ fields: { guardianConsent: event.currentTarget.checked } })}
          error={faults.guardianConsent ?? (missing === 'guardianConsent' && say('fault.required'))}
        />
      )}
    </div>
  );
}

/** What was moved out of the texts; it goes to the vault behind the case. */
function ForTheVault({ draft: { identity = {} }, change }: Pick<StepProps, 'draft' | 'change'>) {
  const say = useSay();
  const fields = Object.keys(identity) as (keyof typeof identity)[];
  if (fields.length === 0) return null;
  return (
    <section className={classes.held} aria-labelledby="for-the-vault">
      <h2 id="for-the-vault">{say('case.log.vault')}</h2>
      <p className={classes.hint}>{say('case.log.vault.about')}</p>
      <ul>
        {fields.map((field) => (
          <li key={field} className={classes.heldItem}>
            <LockKeyhole size={22} aria-hidden />
            <span className={classes.heldWords}>
              <b>{identity[field]}</b>
              <span className={classes.hint}>{say(`case.log.vault.${field}`)}</span>
            </span>
            <Button
              variant="subtle"
              color="gray"
              aria-label={`${say('case.log.draft.remove')}: ${say(`case.log.vault.${field}`)}`}
              onClick={() => {
                const { [field]: _, ...rest } = identity;
                change({ identity: rest });
              }}
            >
              {say('case.log.draft.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
