// Duty: choosing one colleague, or several, by name and role; those who have left are not offered.
import { MultiSelect, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues, usePlaceName } from '../../lib/places.ts';

/** Colleagues as options; those of the case's own municipality first. Whoever is chosen already has a name here, whoever they are. */
function useOptions(
  { municipality, without = [], left = false }: Common,
  chosen: readonly (string | null)[],
) {
  const { say, compare } = useSpeech();
  const placeName = usePlaceName();
  const { data = [] } = useColleagues();
  const near = (slug: MunicipalitySlug | null) => (slug === municipality ? 0 : 1);
  return data
    .filter(
      (one) =>
        !without.includes(one.id) &&
        (chosen.includes(one.id) ||
          ((one.active || left) &&
            ['activist', 'team_lead', 'coordinator'].includes(one.role) &&
            (!municipality || !one.municipality || one.municipality === municipality))),
    )
    .sort((a, b) => near(a.municipality) - near(b.municipality) || compare(a.name, b.name))
    .map((one) => ({
      value: one.id,
      label: `${one.name}, ${say(`role.${one.role}`)}${one.municipality && !municipality ? `, ${placeName(one.municipality)}` : ''}`,
    }));
}

interface Common {
  label: ReactNode;
  /** Offers only those who may work there; null: everybody. */
  municipality: MunicipalitySlug | null;
  error?: string | undefined;
  without?: readonly string[];
  autoFocus?: boolean;
  /** Offers those who have left too: whose work is handed over. */
  left?: boolean;
}

const words = (say: ReturnType<typeof useSpeech>['say']) => ({
  placeholder: say('case.assign.choose'),
  nothingFoundMessage: say('case.assign.nobody'),
});

export function ColleagueSelect(
  props: Common & { value: string | null; onChange: (id: string | null) => void },
) {
  const { say } = useSpeech();
  const options = useOptions(props, [props.value]);
  return (
    <Select
      {...words(say)}
      label={props.label}
      data={options}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      searchable
      required
      data-autofocus={props.autoFocus || undefined}
    />
  );
}

export function ColleagueMultiSelect(props: Common & { value: string[]; onChange: (ids: string[]) => void }) {
  const { say } = useSpeech();
  const options = useOptions(props, props.value);
  return (
    <MultiSelect
      {...words(say)}
      placeholder={props.value.length > 0 ? undefined : say('case.assign.choose')}
      label={props.label}
      data={options}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      searchable
      maxValues={20}
    />
  );
}
