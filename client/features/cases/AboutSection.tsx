// Duty: the quieter facts of a case: kind, theme, language, sensitivity, consent, who logged it; edited in place.
import { Checkbox, NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  type CaseKind,
  type ConsentBasis,
  caseKinds,
  consentBases,
  type Sensitivity,
  sensitivities,
} from '../../../shared/caseLists.ts';
import { type Language, languages } from '../../../shared/directoryLists.ts';
import { type SubTheme, subThemes, type Theme, themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { PersonName, RelativeTime } from '../../ui/words.tsx';
import { EditSection, type SectionProps } from './EditSection.tsx';
import classes from './page.module.css';

const names = [
  'kind',
  'theme',
  'subTheme',
  'sensitivity',
  'concernsChild',
  'consentBasis',
  'guardianConsent',
  'language',
  'interpreterNeeded',
] as const;

export function AboutSection(props: SectionProps) {
  const { say } = useSpeech();
  const { caseFile } = props;
  return (
    <EditSection
      {...props}
      title={say('case.page.about')}
      names={names}
      form={(values, set, faults) => (
        <>
          <NativeSelect
            label={say('case.kind')}
            data={caseKinds.map((value) => ({ value, label: say(`case.kind.${value}`) }))}
            value={values.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as CaseKind })}
          />
          <NativeSelect
            label={say('case.theme')}
            data={themes.map((value) => ({ value, label: say(`theme.${value}`) }))}
            value={values.theme}
            onChange={(event) => {
              const theme = event.currentTarget.value as Theme;
              set({ theme, subTheme: subThemes[theme][0] });
            }}
          />
          <NativeSelect
            label={say('case.subTheme')}
            data={subThemes[values.theme].map((value) => ({ value, label: say(`subTheme.${value}`) }))}
            value={values.subTheme}
            onChange={(event) => set({ subTheme: event.currentTarget.value as SubTheme })}
            error={faults.subTheme}
          />
          <NativeSelect
            label={say('case.sensitivity')}
            data={sensitivities.map((value) => ({ value, label: say(`case.sensitivity.${value}`) }))}
            value={values.sensitivity}
            onChange={(event) => set({ sensitivity: event.currentTarget.value as Sensitivity })}
            error={faults.sensitivity}
          />
          <NativeSelect
            label={say('case.consentBasis')}
            data={consentBases.map((value) => ({ value, label: say(`case.consent.${value}`) }))}
            value={values.consentBasis}
            onChange={(event) => set({ consentBasis: event.currentTarget.value as ConsentBasis })}
            error={faults.consentBasis}
          />
          <Checkbox
            label={say('case.concernsChild')}
            checked={values.concernsChild}
            onChange={(event) => set({ concernsChild: event.currentTarget.checked })}
          />
          {values.concernsChild && (
            <Checkbox
              label={say('case.guardianConsent')}
              checked={values.guardianConsent}
              onChange={(event) => set({ guardianConsent: event.currentTarget.checked })}
              error={faults.guardianConsent}
            />
          )}
          <NativeSelect
            label={say('case.language')}
            data={languages.map((value) => ({ value, label: say(`language.${value}`) }))}
            value={values.language}
            onChange={(event) => set({ language: event.currentTarget.value as Language })}
          />
          <Checkbox
            label={say('case.interpreterNeeded')}
            checked={values.interpreterNeeded}
            onChange={(event) => set({ interpreterNeeded: event.currentTarget.checked })}
          />
        </>
      )}
    >
      <dl className={classes.pairs}>
        <Pair term={say('case.kind')}>{say(`case.kind.${caseFile.kind}`)}</Pair>
        <Pair term={say('case.sensitivity')}>{say(`case.sensitivity.${caseFile.sensitivity}`)}</Pair>
        {caseFile.concernsChild && (
          <Pair term={say('case.concernsChild')}>
            {caseFile.guardianConsent ? say('case.guardianConsent') : say('common.yes')}
          </Pair>
        )}
        <Pair term={say('case.consentBasis')}>{say(`case.consent.${caseFile.consentBasis}`)}</Pair>
        {!caseFile.anonymisedAt && (
          <Pair term={say('case.language')}>
            {say(`language.${caseFile.language}`)}
            {caseFile.interpreterNeeded && ` · ${say('case.interpreterNeeded')}`}
          </Pair>
        )}
        <Pair term={say('case.loggedAt')}>
          <RelativeTime when={caseFile.loggedAt} />{' '}
          {caseFile.loggedBy ? (
            <PersonName person={caseFile.loggedBy} />
          ) : (
            say(`case.source.${caseFile.source}`)
          )}
        </Pair>
        {caseFile.reopenCount > 0 && (
          <div>
            <dd>{say('case.reopened', { count: caseFile.reopenCount })}</dd>
          </div>
        )}
      </dl>
    </EditSection>
  );
}

function Pair({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
