// Duty: where a case is, by settlement at most, with a small map; changed in place. The municipality is fixed at logging.
import { Radio, Select } from '@mantine/core';
import { Suspense } from 'react';
import { type Precision, precisions } from '../../../shared/caseLists.ts';
import { nameOf } from '../../../shared/format.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMunicipalities, usePlaceName } from '../../lib/places.ts';
import dialog from './dialog.module.css';
import { EditSection, type SectionProps } from './EditSection.tsx';
import classes from './page.module.css';
import { useCaseSlots } from './slots.tsx';

const names = ['settlement', 'precision'] as const;

export function PlaceSection(props: SectionProps) {
  const { say, language, compare } = useSpeech();
  const placeName = usePlaceName();
  const { data: municipalities = [] } = useMunicipalities();
  const { PlaceMap } = useCaseSlots();
  const { caseFile } = props;
  const settlements = municipalities.find((one) => one.slug === caseFile.municipality)?.settlements ?? [];
  return (
    <EditSection
      {...props}
      title={say('case.place')}
      names={names}
      form={(values, set, faults) => (
        <>
          <Select
            label={say('case.settlement')}
            data={settlements
              .map((one) => ({ value: one.id, label: nameOf(one.names, language) }))
              .sort((a, b) => compare(a.label, b.label))}
            value={values.settlement}
            onChange={(settlement) => set({ settlement })}
            placeholder={say('case.settlement.unknown')}
            nothingFoundMessage={say('case.assign.nobody')}
            error={faults.settlement}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': say('common.remove') }}
          />
          <Radio.Group
            label={say('case.precision')}
            value={values.precision}
            onChange={(value) => set({ precision: value as Precision })}
          >
            <div className={dialog.choices}>
              {precisions.map((precision) => (
                <Radio key={precision} value={precision} label={say(`case.precision.${precision}`)} />
              ))}
            </div>
          </Radio.Group>
        </>
      )}
    >
      <p className={classes.prose}>{placeName(caseFile.municipality, caseFile.settlement)}</p>
      {!caseFile.settlement && (
        <p className={`${classes.prose} ${classes.faint}`}>{say('case.settlement.unknown')}</p>
      )}
      {PlaceMap && (
        <div className={classes.placeMap}>
          <Suspense>
            <PlaceMap municipality={caseFile.municipality} settlement={caseFile.settlement} />
          </Suspense>
        </div>
      )}
    </EditSection>
  );
}
