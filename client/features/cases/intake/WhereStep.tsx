// Duty: where it is: the municipality (for those who work in several), then a settlement by list, place or pin. Never a point.
import { Suspense } from 'react';
import { municipalitySlugs } from '../../../../shared/directoryLists.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { usePlaceName } from '../../../lib/places.ts';
import { useMe } from '../../../lib/session.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { useCaseSlots } from '../slots.tsx';
import classes from './intake.module.css';
import { SettlementList } from './SettlementList.tsx';
import type { StepProps } from './ThemeSteps.tsx';

export function WhereStep({ draft, change, faults }: StepProps) {
  const say = useSay();
  const me = useMe();
  const placeName = usePlaceName();
  const { PlacePicker = SettlementList } = useCaseSlots();
  const { municipality, settlement } = draft.fields;
  return (
    <div className={classes.form}>
      {!me.municipality && (
        <fieldset className={classes.plainFieldset}>
          <legend className={classes.subLegend}>{say('case.log.municipality')}</legend>
          <div className={classes.pills}>
            {municipalitySlugs.map((slug) => (
              <button
                key={slug}
                type="button"
                className={classes.pill}
                aria-pressed={slug === municipality}
                onClick={() => change({ fields: { municipality: slug, settlement: undefined } })}
              >
                {placeName(slug)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {municipality && (
        <Suspense fallback={<LoadingState />}>
          <PlacePicker
            key={municipality}
            municipality={municipality}
            value={settlement}
            onChange={(next) => change({ fields: { settlement: next } })}
          />
        </Suspense>
      )}
      <div role="alert">{faults.settlement ?? faults.municipality}</div>
    </div>
  );
}
