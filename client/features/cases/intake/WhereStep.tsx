// Duty: where it is: the municipality (for those who work in several), then a settlement by list, place or pin. Never a point.
import { Suspense } from 'react';
import { type MunicipalitySlug, municipalitySlugs } from '../../../../shared/directoryLists.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { usePlaceName } from '../../../lib/places.ts';
import { useMe } from '../../../lib/session.tsx';
import { PartBoundary } from '../../../ui/PartBoundary.tsx';
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
  const picker = (slug: MunicipalitySlug) => ({
    municipality: slug,
    value: settlement,
    onChange: (next: string | null) => change({ fields: { settlement: next } }),
  });
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
        <PartBoundary key={municipality} instead={<SettlementList {...picker(municipality)} />}>
          <Suspense fallback={<LoadingState />}>
            <PlacePicker {...picker(municipality)} />
          </Suspense>
        </PartBoundary>
      )}
      <div role="alert">{faults.settlement ?? faults.municipality}</div>
    </div>
  );
}
