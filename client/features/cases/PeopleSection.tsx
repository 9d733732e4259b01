// Duty: how many people a case concerns, in counts and age bands only; never who they are or how they are related.
import { NumberInput } from '@mantine/core';
import { type AgeBand, ageBands, limits } from '../../../shared/caseLists.ts';
import { useSay } from '../../lib/i18n.tsx';
import { EditSection, type SectionProps } from './EditSection.tsx';
import classes from './page.module.css';

const names = ['people'] as const;
const whole = { allowDecimal: false, allowNegative: false, min: 0, max: limits.people } as const;

export function PeopleSection(props: SectionProps) {
  const say = useSay();
  const { people } = props.caseFile;
  const ages = ageBands.filter((band) => (people.ageBands[band] ?? 0) > 0);
  return (
    <EditSection
      {...props}
      title={say('case.people')}
      names={names}
      form={(values, set, faults) => {
        const { people: now } = values;
        const setAge = (band: AgeBand, value: number | string) =>
          set({
            people: {
              ...now,
              ageBands: { ...now.ageBands, [band]: typeof value === 'number' ? value : undefined },
            },
          });
        const sum = Object.values(now.ageBands).reduce<number>((total, count) => total + (count ?? 0), 0);
        return (
          <>
            <NumberInput
              {...whole}
              min={1}
              label={say('case.people.howMany')}
              value={now.count}
              onChange={(value) => set({ people: { ...now, count: Number(value) } })}
              error={faults.people ?? faults['people.count']}
              required
            />
            <NumberInput
              {...whole}
              label={say('case.people.howManyHouseholds')}
              value={now.households ?? ''}
              onChange={(value) => set({ people: { ...now, households: Number(value) || null } })}
            />
            <fieldset className={classes.form} style={{ border: 0, margin: 0, padding: 0 }}>
              <legend>{say('case.people.ages')}</legend>
              {ageBands.map((band) => (
                <NumberInput
                  key={band}
                  {...whole}
                  label={say('case.people.age', { band })}
                  value={now.ageBands[band] ?? ''}
                  onChange={(value) => setAge(band, value)}
                />
              ))}
              <div role="alert" className={classes.late}>
                {sum > now.count && say('case.people.moreThanCount')}
              </div>
            </fieldset>
          </>
        );
      }}
    >
      <p className={classes.prose}>
        {say('case.people.count', { count: people.count })}
        {people.households !== null && `, ${say('case.people.households', { count: people.households })}`}
      </p>
      {ages.length > 0 && (
        <p className={`${classes.prose} ${classes.faint}`}>
          {ages.map((band) => `${say('case.people.age', { band })}: ${people.ageBands[band]}`).join(' · ')}
        </p>
      )}
    </EditSection>
  );
}
