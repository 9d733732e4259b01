// Duty: what happened and what is needed, read and edited in place, with a gentle warning on names and numbers.
import { Textarea, TextInput } from '@mantine/core';
import { limits } from '../../../shared/caseLists.ts';
import { useSay } from '../../lib/i18n.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { EditSection, type SectionProps } from './EditSection.tsx';
import classes from './page.module.css';

const names = ['title', 'description', 'need'] as const;

export function StorySection(props: SectionProps) {
  const say = useSay();
  const { caseFile } = props;
  return (
    <EditSection
      {...props}
      title={say('case.page.story')}
      names={names}
      form={(values, set, faults) => (
        <>
          <TextInput
            label={say('case.title')}
            value={values.title}
            maxLength={limits.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={faults.title}
            required
          />
          <Textarea
            label={say('case.description')}
            value={values.description}
            maxLength={limits.story}
            onChange={(event) => set({ description: event.currentTarget.value })}
            error={faults.description}
            autosize
            minRows={4}
            maxRows={18}
            required
          />
          <Textarea
            label={say('case.need')}
            value={values.need}
            maxLength={limits.need}
            onChange={(event) => set({ need: event.currentTarget.value })}
            error={faults.need}
            autosize
            minRows={2}
            maxRows={12}
          />
          <PersonalDataWarning
            caseId={caseFile.id}
            texts={names.map((name) => ({ value: values[name], set: (text) => set({ [name]: text }) }))}
          />
        </>
      )}
    >
      <h3 className={classes.label}>{say('case.description')}</h3>
      <p className={classes.prose}>{caseFile.description}</p>
      <h3 className={classes.label}>{say('case.need')}</h3>
      <p className={classes.prose}>{caseFile.need || say('case.need.none')}</p>
    </EditSection>
  );
}
