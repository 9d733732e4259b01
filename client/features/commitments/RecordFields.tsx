// Duty: the questions about a promise: what, who, when, and where it stands written. What is sent of the answers: recordValues.ts.
import { Chip, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { formalities, sourceKinds } from '../../../shared/commitmentLists.ts';
import { languages, municipalitySlugs } from '../../../shared/directoryLists.ts';
import { nameOf } from '../../../shared/format.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { FilePlusCorner } from '../../ui/icons.ts';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import classes from './commitments.module.css';
import { FileButton } from './FileButton.tsx';
import type { RecordField, RecordValues } from './recordValues.ts';
import { useInstitutions, useSources } from './useCommitments.ts';
import { useTitle } from './words.tsx';

interface Props {
  values: RecordValues;
  onChange: (change: Partial<RecordValues>) => void;
  fault: (name: RecordField) => string | undefined;
  file: File | null;
  onFile: (file: File) => void;
  /** Days, firmness and money are asked for once; later they have moves of their own. */
  isNew: boolean;
}

export function RecordFields({ values, onChange, fault, file, onFile, isNew }: Props) {
  const { say, language, compare } = useSpeech();
  const placeName = usePlaceName();
  const title = useTitle();
  const { data: institutions = [] } = useInstitutions();
  const { data: sources = [] } = useSources();
  const part = (name: string, content: ReactNode) => (
    <fieldset className={classes.formPart}>
      <legend>{name}</legend>
      {content}
    </fieldset>
  );
  type Text =
    | 'title'
    | 'person'
    | 'office'
    | 'place'
    | 'page'
    | 'sourceTitle'
    | 'sourceIssuedBy'
    | 'sourceLink'
    | 'promised';
  const text = (name: Text, label: string, field: RecordField, more: object = {}) => (
    <TextInput
      label={label}
      value={values[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      error={fault(field)}
      {...more}
    />
  );
  const day = (
    name: 'promisedOn' | 'dueOn' | 'nextCheckOn' | 'sourceDate',
    label: string,
    field: RecordField,
    hint?: string,
  ) => (
    <TextInput
      type="date"
      label={label}
      description={hint}
      value={values[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      error={fault(field)}
    />
  );
  return (
    <>
      {part(
        say('commitments.new.what'),
        <>
          {text('title', say('commitments.field.title'), 'title', {
            description: say('commitments.field.titleHint'),
            maxLength: 160,
            required: true,
          })}
          <Textarea
            label={say('commitments.field.words')}
            description={say('commitments.field.wordsHint')}
            value={values.words}
            onChange={(event) => onChange({ words: event.currentTarget.value })}
            error={fault('words')}
            maxLength={4000}
            autosize
            minRows={3}
          />
          <PersonalDataWarning
            texts={(['words', 'title'] as const).map((name) => ({
              value: values[name],
              set: (text) => onChange({ [name]: text }),
            }))}
          />
          <Select
            label={say('commitments.field.language')}
            data={languages.map((one) => ({ value: one, label: say(`language.${one}`) }))}
            value={values.language}
            onChange={(chosen) => chosen && onChange({ language: chosen })}
            error={fault('language')}
            allowDeselect={false}
          />
          <Chip.Group
            multiple
            value={values.themes}
            onChange={(chosen) => onChange({ themes: chosen as RecordValues['themes'] })}
          >
            <fieldset className={classes.chips}>
              <legend className={classes.label}>{say('commitments.field.themes')}</legend>
              {themes.map((theme) => (
                <Chip key={theme} value={theme} size="md">
                  {say(`theme.${theme}`)}
                </Chip>
              ))}
              {fault('themes') && <p className={classes.faultWords}>{fault('themes')}</p>}
            </fieldset>
          </Chip.Group>
        </>,
      )}
      {part(
        say('commitments.new.who'),
        <>
          <Select
            label={say('commitments.field.institution')}
            data={institutions
              .map(({ id, names }) => ({ value: id, label: nameOf(names, language) }))
              .sort((a, b) => compare(a.label, b.label))}
            value={values.institutionId || null}
            onChange={(chosen) => onChange({ institutionId: chosen ?? '' })}
            error={fault('institutionId')}
            searchable
            required
          />
          <Select
            label={say('commitments.field.municipality')}
            data={[
              { value: '', label: say('commitments.field.none') },
              ...municipalitySlugs.map((slug) => ({ value: slug, label: placeName(slug) })),
            ]}
            value={values.municipality}
            onChange={(chosen) => onChange({ municipality: (chosen ?? '') as RecordValues['municipality'] })}
            error={fault('municipality')}
            allowDeselect={false}
          />
          {text('person', say('commitments.field.person'), 'person', {
            description: say('commitments.field.personHint'),
            maxLength: 120,
          })}
          {text('office', say('commitments.office'), 'office', { maxLength: 160 })}
        </>,
      )}
      {part(
        say('commitments.new.when'),
        <>
          {day('promisedOn', say('commitments.field.promisedOn'), 'promisedOn')}
          {text('place', say('commitments.place'), 'place', { maxLength: 160 })}
          {isNew && (
            <>
              <Select
                label={say('commitments.formality')}
                data={formalities
                  .filter((one) => one !== 'withdrawn_by_authority')
                  .map((one) => ({ value: one, label: say(`commitments.formality.${one}`) }))}
                value={values.formality}
                onChange={(chosen) => chosen && onChange({ formality: chosen })}
                error={fault('formality')}
                allowDeselect={false}
              />
              {day('dueOn', say('commitments.field.dueOn'), 'dueOn', say('commitments.field.optional'))}
              {day('nextCheckOn', say('commitments.nextCheck'), 'nextCheckOn')}
              {text('promised', say('commitments.field.money'), 'budget.promised', { inputMode: 'decimal' })}
            </>
          )}
        </>,
      )}
      {part(
        say('commitments.new.proof'),
        <>
          <Select
            label={say('commitments.field.source')}
            data={[
              { value: '', label: say('commitments.field.sourceNone') },
              ...(isNew ? [{ value: 'new', label: say('commitments.field.sourceNew') }] : []),
              ...sources.map((source) => ({ value: source.id, label: title(source) })),
            ]}
            value={values.sourceId}
            onChange={(chosen) => onChange({ sourceId: chosen ?? '' })}
            error={fault('sourceId')}
            allowDeselect={false}
            searchable
          />
          {values.sourceId === 'new' && (
            <>
              {text('sourceTitle', say('commitments.field.sourceTitle'), 'source.title', {
                maxLength: 300,
                required: true,
              })}
              <Select
                label={say('commitments.field.sourceKind')}
                data={sourceKinds.map((kind) => ({
                  value: kind,
                  label: say(`commitments.source.kind.${kind}`),
                }))}
                value={values.sourceKind}
                onChange={(chosen) => chosen && onChange({ sourceKind: chosen })}
                allowDeselect={false}
              />
              {text('sourceIssuedBy', say('commitments.field.sourceIssued'), 'source.issuedBy', {
                maxLength: 200,
              })}
              {day('sourceDate', say('commitments.field.sourceDate'), 'source.date')}
              {text('sourceLink', say('commitments.field.sourceLink'), 'source.link', {
                type: 'url',
                placeholder: 'https://',
              })}
              <div>
                <FileButton
                  label={say('commitments.field.sourceFile')}
                  icon={FilePlusCorner}
                  onFile={onFile}
                />
                {file && <p className={classes.faint}>{file.name}</p>}
              </div>
            </>
          )}
          {values.sourceId && text('page', say('commitments.field.page'), 'page', { maxLength: 40 })}
        </>,
      )}
    </>
  );
}
