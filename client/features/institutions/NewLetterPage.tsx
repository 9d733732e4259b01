// Duty: begin a letter: whom, about what, in which language; the server fills the template. What is typed stays until it is taken.
import { Button, NativeSelect, Select, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Answer } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { CasePage } from '../../../shared/caseViews.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { newId } from '../../../shared/ids.ts';
import { letterKinds, letterLanguages } from '../../../shared/letterLists.ts';
import type { LetterCreate } from '../../../shared/letters.ts';
import type { TextLanguage } from '../../../shared/takingOut.ts';
import { themes } from '../../../shared/themeLists.ts';
import { paths } from '../../app/paths.ts';
import { api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useKeptValues } from '../../lib/keptValues.ts';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { FilePen } from '../../ui/icons.ts';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { BackLink } from '../../ui/wayBack.tsx';
import classes from './institutions.module.css';
import { useInstitutionList } from './useInstitutions.ts';
import { useWriteLetter } from './useLetters.ts';
import { useInstitutionName } from './words.tsx';

const shown = ['kind', 'municipality', 'institutionId', 'language', 'theme', 'ask'];

export function NewLetterPage() {
  const { say, language } = useSpeech();
  const me = useMe();
  const [search] = useSearchParams();
  const caseId = search.get('case');
  const about = useQuery({
    queryKey: ['letters', 'case', caseId],
    queryFn: ({ signal }) => api.get<Answer<CasePage>>(casePaths.one(caseId ?? ''), { signal }),
    enabled: caseId !== null,
    select: (answer) => answer.data,
  });
  if (caseId && !about.data && !about.error) return null;
  return (
    <Page narrow>
      <BackLink to={paths.letters.href()}>{say('letters.title')}</BackLink>
      <PageHead
        title={say('letters.new.title')}
        tabTitle={say('letters.new.title')}
        lead={say('letters.new.about')}
        beside={
          about.data && (
            <span className={classes.pill}>
              {say('letters.forCase', { reference: about.data.reference })}
            </span>
          )
        }
      />
      <Form
        name={caseId ? `letter.${caseId}` : `letter new ${search}`}
        key={about.data?.id ?? ''}
        start={{
          municipality: about.data?.municipality ?? me.municipality ?? search.get('municipality') ?? '',
          institution: search.get('institution') ?? '',
          theme: about.data?.theme ?? '',
          language: language === 'sr' ? 'sr' : 'sq',
        }}
        links={{
          caseId,
          campaignId: search.get('campaign'),
          demandId: search.get('demand'),
          issueId: search.get('issue'),
        }}
      />
    </Page>
  );
}

interface FormProps {
  /** Under which what is typed is kept. */
  name: string;
  start: { municipality: string; institution: string; theme: string; language: string };
  links: Pick<LetterCreate, 'caseId' | 'campaignId' | 'demandId' | 'issueId'>;
}

function Form({ name, start, links }: FormProps) {
  const { say, compare } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const placeName = usePlaceName();
  const institutionName = useInstitutionName();
  const explain = useFormFaults();
  const write = useWriteLetter();
  const [blank] = useState({ kind: 'request', ask: '', ...start });
  const [left, keep] = useKeptValues<{ id: string; values: typeof blank }>(name);
  // Stays the same until it is sent, so that a repeated request cannot write two.
  const [id, setId] = useState(() => left?.id ?? newId());
  const [values, setValues] = useState(left?.values ?? blank);
  const begun = (one: typeof blank) => JSON.stringify(one) !== JSON.stringify(blank);
  const change = (next: Partial<typeof blank>) => {
    const now = { ...values, ...next };
    setValues(now);
    keep(begun(now) ? { id, values: now } : null);
  };
  const throwAway = () => {
    keep(null);
    setId(newId());
    setValues(blank);
    write.reset();
  };
  const { data: institutions = [] } = useInstitutionList({ offices: 'true' });
  const isCoordinator = me.role === 'coordinator';
  const choices = institutions
    .filter((one) => one.municipality === null || one.municipality === values.municipality)
    .map((one) => ({ value: one.id, label: institutionName(one.names) }))
    .sort((a, b) => compare(a.label, b.label));
  const chosen = institutions.find((one) => one.id === values.institution);
  const faults = write.error ? explain(write.error, shown) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = {
      id,
      kind: values.kind,
      institutionId: chosen ? (chosen.of ?? chosen.id) : undefined,
      municipality: values.municipality || null,
      language: values.language,
      theme: values.theme || null,
      ask: values.ask,
      ...links,
    } as LetterCreate;
    // Heard also when the page was left meanwhile: what is written is no draft any more.
    write.mutateAsync(input, { onSuccess: ({ data }) => navigate(paths.letter.href(data.id)) }).then(
      () => keep(null),
      () => {},
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <KeptNote kept={begun(values)} onThrowAway={throwAway} />
        <FormError words={faults?.whole ?? null} />
        <NativeSelect
          label={say('letters.field.kind')}
          value={values.kind}
          onChange={(event) => change({ kind: event.currentTarget.value })}
          data={letterKinds.map((kind) => ({ value: kind, label: say(`letters.kind.${kind}`) }))}
          error={faults?.fields.kind}
        />
        <NativeSelect
          label={say('letters.field.municipality')}
          value={values.municipality}
          disabled={!isCoordinator || links.caseId !== null}
          onChange={(event) => {
            const municipality = event.currentTarget.value;
            const stays = chosen && (chosen.municipality === null || chosen.municipality === municipality);
            change({ municipality, institution: stays ? values.institution : '' });
          }}
          data={[
            { value: '', label: say('institutions.municipality.none') },
            ...municipalitySlugs.map((slug) => ({ value: slug, label: placeName(slug) })),
          ]}
          error={faults?.fields.municipality}
        />
        <Select
          label={say('letters.field.institution')}
          value={values.institution || null}
          onChange={(institution) => change({ institution: institution ?? '' })}
          data={choices}
          error={faults?.fields.institutionId}
          searchable
          required
        />
        <div className={classes.pair}>
          <NativeSelect
            label={say('letters.field.language')}
            value={values.language}
            onChange={(event) => change({ language: event.currentTarget.value })}
            data={letterLanguages.map((one) => ({ value: one, label: say(`letters.language.${one}`) }))}
            error={faults?.fields.language}
          />
          <NativeSelect
            label={`${say('letters.field.theme')} (${say('common.optional')})`}
            value={values.theme}
            onChange={(event) => change({ theme: event.currentTarget.value })}
            data={[
              { value: '', label: say('common.none') },
              ...themes.map((theme) => ({ value: theme, label: say(`theme.${theme}`) })),
            ]}
            error={faults?.fields.theme}
          />
        </div>
        <Textarea
          label={`${say('letters.field.ask')} (${say('common.optional')})`}
          description={say('letters.field.askHint')}
          value={values.ask}
          onChange={(event) => change({ ask: event.currentTarget.value })}
          error={faults?.fields.ask}
          autosize
          minRows={4}
          maxRows={14}
        />
        <PersonalDataWarning
          caseId={links.caseId}
          language={values.language as TextLanguage}
          texts={[{ value: values.ask, set: (text) => change({ ask: text }) }]}
        />
        <Button
          type="submit"
          loading={write.isPending}
          leftSection={<FilePen size={18} aria-hidden />}
          className={classes.start}
        >
          {say('letters.new.make')}
        </Button>
      </Stack>
    </form>
  );
}
