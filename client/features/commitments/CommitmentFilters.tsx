// Duty: what the list of commitments is narrowed to: place, theme, institution, and how they stand, each with its count.
import { Button, Select } from '@mantine/core';
import { useId, useState } from 'react';
import { type CommitmentFlag, commitmentFlags } from '../../../shared/commitmentLists.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { nameOf } from '../../../shared/format.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { SlidersHorizontal } from '../../ui/icons.ts';
import classes from './commitments.module.css';
import { type CommitmentFilter, useInstitutions } from './useCommitments.ts';

interface Props {
  filter: CommitmentFilter;
  counts: Record<CommitmentFlag, number> | undefined;
  /** Undefined takes that part away. */
  onChange: (part: Partial<CommitmentFilter>) => void;
}

export function CommitmentFilters({ filter, counts, onChange }: Props) {
  const { say, language, number, compare } = useSpeech();
  const placeName = usePlaceName();
  const { data: institutions = [] } = useInstitutions();
  const id = useId();
  /** On a phone they lie folded: the list is what one came for. */
  const [unfolded, setUnfolded] = useState(false);
  const chosen = [filter.municipality, filter.theme, filter.institution].filter(Boolean).length;
  const select = (
    label: string,
    all: string,
    value: string | undefined,
    data: { value: string; label: string }[],
    set: (value: string | undefined) => void,
  ) => (
    <Select
      label={label}
      placeholder={all}
      data={data}
      value={value ?? null}
      onChange={(chosen) => set(chosen ?? undefined)}
      clearable
      searchable={data.length > 10}
      clearButtonProps={{ 'aria-label': all }}
    />
  );
  return (
    <div className={classes.filters}>
      <Button
        className={classes.unfold}
        variant="default"
        leftSection={<SlidersHorizontal size={18} aria-hidden />}
        aria-expanded={unfolded}
        aria-controls={id}
        onClick={() => setUnfolded(!unfolded)}
      >
        {say('commitments.filter.more')}
        {chosen > 0 && <span className={classes.chipCount}>{number(chosen)}</span>}
      </Button>
      <div className={classes.selects} id={id} data-unfolded={unfolded || undefined}>
        {select(
          say('commitments.filter.municipality'),
          say('commitments.filter.everywhere'),
          filter.municipality,
          [
            ...municipalitySlugs.map((slug) => ({ value: slug, label: placeName(slug) })),
            { value: 'none', label: say('commitments.filter.central') },
          ],
          (municipality) => onChange({ municipality }),
        )}
        {select(
          say('commitments.filter.theme'),
          say('commitments.filter.allThemes'),
          filter.theme,
          themes.map((theme) => ({ value: theme, label: say(`theme.${theme}`) })),
          (theme) => onChange({ theme }),
        )}
        {select(
          say('commitments.filter.institution'),
          say('commitments.filter.allInstitutions'),
          filter.institution,
          institutions
            .map(({ id, names }) => ({ value: id, label: nameOf(names, language) }))
            .sort((a, b) => compare(a.label, b.label)),
          (institution) => onChange({ institution }),
        )}
      </div>
      <fieldset className={classes.chips}>
        <legend className={classes.hidden}>{say('commitments.filter.flags')}</legend>
        {/* Only the map leads to it; here it is taken away again. */}
        {filter.slipping && (
          <Button
            size="compact-md"
            radius="xl"
            aria-pressed
            onClick={() => onChange({ slipping: undefined })}
          >
            {say('commitments.filter.slipping')}
          </Button>
        )}
        {commitmentFlags.map((flag) => (
          <Button
            key={flag}
            size="compact-md"
            radius="xl"
            variant={filter.flag === flag ? 'filled' : 'default'}
            aria-pressed={filter.flag === flag}
            onClick={() => onChange({ flag: filter.flag === flag ? undefined : flag })}
          >
            {say(`commitments.flag.${flag}`)}
            {counts && <span className={classes.chipCount}>{number(counts[flag])}</span>}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
