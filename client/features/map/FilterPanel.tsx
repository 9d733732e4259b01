// Duty: the map's filters, each choice with how many cases it would leave. The address holds the choices; the numbers come in.
import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { caseStatuses, urgencies } from '../../../shared/caseLists.ts';
import type { CaseFilter } from '../../../shared/cases.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import type { MapFacets } from '../../../shared/mapViews.ts';
import { subThemes, type Theme, themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { RotateCcw } from '../../ui/icons.ts';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './map.module.css';
import { filtersInForce, type ListFilter, withChoice } from './mapState.ts';

interface Props {
  filter: CaseFilter;
  facets: MapFacets | undefined;
  /** Coordinators and partners see several municipalities. */
  severalMunicipalities: boolean;
  onChange: (filter: CaseFilter) => void;
}

const choiceClasses = {
  root: classes.choice,
  body: classes.choiceBody,
  labelWrapper: classes.choiceLabel,
  label: classes.choiceWords,
};
const subThemesOf = (theme: string) => subThemes[theme as Theme] ?? [];

export function FilterPanel({ filter, facets, severalMunicipalities, onChange }: Props) {
  const { say, number } = useSpeech();
  const placeName = usePlaceName();
  const choice = (name: ListFilter, value: string, label: ReactNode) => {
    const count = (facets?.[name] as Record<string, number> | undefined)?.[value] ?? 0;
    const checked = ((filter[name] ?? []) as string[]).includes(value);
    return (
      <Checkbox
        key={value}
        size="sm"
        classNames={choiceClasses}
        wrapperProps={{ 'data-none': (count === 0 && !checked) || undefined }}
        checked={checked}
        onChange={() => onChange(withChoice(filter, name, value, subThemesOf))}
        label={
          <>
            <span>{label}</span>
            <span className={classes.count}>{facets ? number(count) : ''}</span>
          </>
        }
      />
    );
  };
  const chosenThemes = filter.theme ?? [];
  return (
    <form
      className={classes.filters}
      aria-label={say('map.filters')}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset>
        <legend>{say('case.theme')}</legend>
        {themes.map((theme) => (
          <div key={theme}>
            {choice('theme', theme, <ThemeMark theme={theme} />)}
            {chosenThemes.includes(theme) && (
              <fieldset className={classes.within}>
                <legend className={classes.hidden}>
                  {say('case.subTheme')}: {say(`theme.${theme}`)}
                </legend>
                {subThemes[theme].map((subTheme) =>
                  choice('subTheme', subTheme, say(`subTheme.${subTheme}`)),
                )}
              </fieldset>
            )}
          </div>
        ))}
      </fieldset>
      {severalMunicipalities && (
        <fieldset>
          <legend>{say('case.municipality')}</legend>
          {municipalitySlugs.map((slug) => choice('municipality', slug, placeName(slug)))}
        </fieldset>
      )}
      <fieldset>
        <legend>{say('case.status')}</legend>
        {caseStatuses
          .filter((status) => status !== 'draft')
          .map((status) => choice('status', status, <StatusWord status={status} />))}
      </fieldset>
      <fieldset>
        <legend>{say('case.urgency')}</legend>
        {urgencies.map((urgency) => choice('urgency', urgency, <UrgencyWord urgency={urgency} />))}
      </fieldset>
      <fieldset>
        <legend>{say('case.lead')}</legend>
        <SegmentedControl
          fullWidth
          size="sm"
          value={filter.lead === 'me' || filter.lead === 'none' ? filter.lead : 'any'}
          onChange={(lead) =>
            onChange({ ...filter, lead: lead === 'any' ? undefined : (lead as 'me' | 'none') })
          }
          data={[
            { value: 'any', label: say('common.all') },
            { value: 'me', label: `${say('map.filter.mine')} ${facets ? number(facets.mine) : ''}` },
            {
              value: 'none',
              label: `${say('map.filter.withoutLead')} ${facets ? number(facets.withoutLead) : ''}`,
            },
          ]}
        />
        <Checkbox
          size="sm"
          classNames={choiceClasses}
          checked={filter.late === true}
          onChange={(event) => onChange({ ...filter, late: event.currentTarget.checked || undefined })}
          label={
            <>
              <span>{say('map.filter.late')}</span>
              <span className={classes.count}>{facets ? number(facets.late) : ''}</span>
            </>
          }
        />
      </fieldset>
      {filtersInForce(filter) > 0 && (
        <Button
          variant="subtle"
          size="sm"
          leftSection={<RotateCcw size={16} aria-hidden />}
          onClick={() => onChange({})}
        >
          {say('map.filters.clear')}
        </Button>
      )}
    </form>
  );
}
