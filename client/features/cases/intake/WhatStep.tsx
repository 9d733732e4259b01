// Duty: what happened and what is needed, in two boxes; warns of names and numbers, shows cases that may be the same.
import { Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { limits } from '../../../../shared/caseLists.ts';
import { withoutPersonalData } from '../../../../shared/takingOut.ts';
import { paths } from '../../../app/paths.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { ExternalLink } from '../../../ui/icons.ts';
import { PersonalDataWarning } from '../../../ui/PersonalDataWarning.tsx';
import { StatusWord } from '../../../ui/StatusWord.tsx';
import { RelativeTime } from '../../../ui/words.tsx';
import { useSimilar } from '../useCases.ts';
import type { Draft } from './drafts.ts';
import classes from './intake.module.css';
import type { StepProps } from './ThemeSteps.tsx';
import { vaultOfDraft } from './vaultOfDraft.ts';

export function WhatStep({ draft, change, faults, missing }: StepProps) {
  const say = useSay();
  const { description = '', need = '' } = draft.fields;
  return (
    <div className={classes.form}>
      <Textarea
        label={say('case.description')}
        description={say('case.log.storyHint')}
        value={description}
        maxLength={limits.story}
        onChange={(event) => change({ fields: { description: event.currentTarget.value } })}
        error={faults.description ?? (missing === 'description' && say('fault.required'))}
        autosize
        minRows={4}
        maxRows={14}
        required
      />
      <Textarea
        label={say('case.need')}
        description={say('case.log.needHint')}
        value={need}
        maxLength={limits.need}
        onChange={(event) => change({ fields: { need: event.currentTarget.value } })}
        error={faults.need}
        autosize
        minRows={2}
        maxRows={10}
      />
      <PersonalDataWarning
        vault={vaultOfDraft(draft, change)}
        texts={[
          { value: description, set: (text) => change({ fields: { description: text } }) },
          { value: need, set: (text) => change({ fields: { need: text } }) },
        ]}
      />
      <SimilarCases draft={draft} />
    </div>
  );
}

const enoughToCompare = 15;

export function SimilarCases({ draft }: { draft: Draft }) {
  const say = useSay();
  const { theme, municipality, settlement, description = '' } = draft.fields;
  const [text] = useDebouncedValue(description.trim(), 600);
  const { data = [] } = useSimilar(
    theme && municipality && text.length >= enoughToCompare
      ? {
          theme,
          municipality,
          ...(settlement && { settlement }),
          text: withoutPersonalData(text).slice(0, limits.story),
        }
      : null,
  );
  return (
    <div role="status">
      {data.length > 0 && (
        <section className={classes.similar} aria-labelledby="similar">
          <h2 id="similar">{say('case.log.similar')}</h2>
          <p>{say('case.log.similarHint')}</p>
          <ul>
            {data.slice(0, 4).map((one) => (
              <li key={one.id}>
                <a href={paths.case.href(one.id)} target="_blank" rel="noreferrer">
                  <b>{one.reference}</b> {one.title} <ExternalLink size={14} aria-hidden />
                </a>
                <span className={classes.similarMeta}>
                  <StatusWord status={one.status} />
                  <RelativeTime when={one.loggedAt} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
