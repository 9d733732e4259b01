// Duty: the fields of an issue's form: name, pattern, themes and their parts, municipalities. What is sent, and when, is the form's.
import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directoryLists.ts';
import { issueLimits } from '../../../shared/issueLists.ts';
import type { IssueFields as Fields } from '../../../shared/issues.ts';
import { type SubTheme, subThemes, type Theme, themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';

interface Props {
  values: Fields;
  onChange: (values: Fields) => void;
  faults: Record<string, string>;
}

export function IssueFields({ values, onChange, faults }: Props) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const me = useMe();
  const offered = values.themes.flatMap((theme) => [...subThemes[theme]]) as SubTheme[];
  return (
    <>
      <TextInput
        label={say('issues.name')}
        description={say('issues.name.hint')}
        value={values.title}
        maxLength={issueLimits.title}
        onChange={(event) => onChange({ ...values, title: event.currentTarget.value })}
        error={faults.title}
        autoComplete="off"
        data-autofocus
        required
      />
      <Textarea
        label={say('issues.statement')}
        description={say('issues.statement.hint')}
        value={values.statement}
        maxLength={issueLimits.statement}
        onChange={(event) => onChange({ ...values, statement: event.currentTarget.value })}
        error={faults.statement}
        autosize
        minRows={4}
        maxRows={14}
        required
      />
      <PersonalDataWarning
        texts={(['title', 'statement'] as const).map((name) => ({
          value: values[name],
          set: (text) => onChange({ ...values, [name]: text }),
        }))}
      />
      <Checkbox.Group
        label={say('issues.themes')}
        value={values.themes}
        onChange={(chosen) => {
          const kept = themes.filter((theme) => chosen.includes(theme));
          const parts = kept.flatMap((theme) => [...subThemes[theme]]) as SubTheme[];
          onChange({
            ...values,
            themes: kept,
            subThemes: values.subThemes.filter((one) => parts.includes(one)),
          });
        }}
        error={faults.themes}
        required
      >
        <Stack gap="xs" mt={6}>
          {themes.map((theme: Theme) => (
            <Checkbox key={theme} value={theme} label={say(`theme.${theme}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {offered.length > 0 && (
        <Checkbox.Group
          label={say('issues.theme.subThemes')}
          description={say('issues.theme.subThemesHint')}
          value={values.subThemes}
          onChange={(chosen) =>
            onChange({ ...values, subThemes: offered.filter((one) => chosen.includes(one)) })
          }
          error={faults.subThemes}
        >
          <Stack gap="xs" mt={6}>
            {offered.map((subTheme) => (
              <Checkbox key={subTheme} value={subTheme} label={say(`subTheme.${subTheme}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {me.municipality === null && (
        <Checkbox.Group
          label={say('issues.municipalities')}
          value={values.municipalities}
          onChange={(chosen) =>
            onChange({
              ...values,
              municipalities: municipalitySlugs.filter((slug: MunicipalitySlug) => chosen.includes(slug)),
            })
          }
          error={faults.municipalities}
          required
        >
          <Stack gap="xs" mt={6}>
            {municipalitySlugs.map((slug) => (
              <Checkbox key={slug} value={slug} label={placeName(slug)} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </>
  );
}
