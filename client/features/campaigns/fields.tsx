// Duty: the fields that several dialogs of campaigns share: words, municipalities, issues. Which dialog has which is its own.
import { MultiSelect, Select, Textarea } from '@mantine/core';
import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directoryLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { useOpenIssues } from './useCampaigns.ts';

interface Field<Value> {
  value: Value;
  onChange: (value: Value) => void;
  error?: string | undefined;
  required?: boolean;
}

/** Free words, with the warning before they are sent. */
export function WordsField(
  props: Field<string> & {
    label: string;
    description?: string | undefined;
    maximum?: number;
    rows?: number;
    first?: boolean;
  },
) {
  return (
    <div>
      <Textarea
        label={props.label}
        description={props.description}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        error={props.error}
        maxLength={props.maximum ?? 2000}
        autosize
        minRows={props.rows ?? 2}
        maxRows={10}
        required={props.required}
        data-autofocus={props.first || undefined}
      />
      <PersonalDataWarning texts={[{ value: props.value, set: props.onChange }]} />
    </div>
  );
}

const useMunicipalityOptions = (among: readonly MunicipalitySlug[]) => {
  const placeName = usePlaceName();
  return among.map((slug) => ({ value: slug, label: placeName(slug) }));
};

export function MunicipalityChoice(props: Field<MunicipalitySlug[]>) {
  const { say } = useSpeech();
  const data = useMunicipalityOptions(municipalitySlugs);
  return (
    <MultiSelect
      label={say('campaigns.field.municipalities')}
      data={data}
      value={props.value}
      onChange={(value) => props.onChange(value as MunicipalitySlug[])}
      error={props.error}
      required={props.required}
      clearButtonProps={{ 'aria-label': say('common.remove') }}
    />
  );
}

/** One of the campaign's own. */
export function MunicipalityOfCampaign(
  props: Field<MunicipalitySlug | null> & {
    among: readonly MunicipalitySlug[];
    label: string;
    description?: string;
  },
) {
  const data = useMunicipalityOptions(props.among);
  return (
    <Select
      label={props.label}
      description={props.description}
      data={data}
      value={props.value}
      onChange={(value) => props.onChange(value as MunicipalitySlug | null)}
      error={props.error}
      clearable
    />
  );
}

/** Those that are open, and those that are linked already. */
export function IssueChoice(
  props: Field<string[]> & { known: readonly { id: string; reference: string; title: string }[] },
) {
  const { say } = useSpeech();
  const { data: open = [] } = useOpenIssues();
  const all = new Map([...props.known, ...open].map((one) => [one.id, one]));
  return (
    <MultiSelect
      label={say('campaigns.field.issueIds')}
      description={say('campaigns.field.issueIds.hint')}
      data={[...all.values()].map(({ id, reference, title }) => ({
        value: id,
        label: `${reference} ${title}`,
      }))}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      required={props.required}
      searchable
      nothingFoundMessage={say('campaigns.cases.none')}
    />
  );
}
