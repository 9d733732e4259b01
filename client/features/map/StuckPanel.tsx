// Duty: beside the map, what is stuck in a municipality and who is to move: each line a link. What it rests on comes in.
import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { AdvocacyPlace } from '../../../shared/mapAdvocacy.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ZoomIn } from '../../ui/icons.ts';
import classes from './advocacy.module.css';
import { BriefingButton } from './BriefingButton.tsx';
import { StuckPlace } from './StuckPlace.tsx';

/** As the address names what is of no municipality. */
export const central = 'central';

interface Props {
  places: readonly AdvocacyPlace[];
  /** Which of them; several where they share a mark. */
  chosen: readonly string[];
  onChoose: (municipality: string) => void;
  onClose: () => void;
  onCloser: (() => void) | null;
}

export function StuckPanel({ places, chosen, onChoose, onClose, onCloser }: Props) {
  const { say, list } = useSpeech();
  const placeName = usePlaceName();
  const heading = useRef<HTMLHeadingElement>(null);
  const keyOf = ({ municipality }: AdvocacyPlace) => municipality ?? central;
  const nameOf = ({ municipality }: AdvocacyPlace) =>
    municipality ? placeName(municipality) : say('advocacy.central');
  const here = places.filter((place) => chosen.includes(keyOf(place)));
  const spot = chosen.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another municipality is another answer, and the reader must land on its heading
  useEffect(() => heading.current?.focus(), [spot]);
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <h2 ref={heading} tabIndex={-1}>
          {say('advocacy.stuckIn', { place: list(here.map(nameOf)) })}
        </h2>
        <CloseButton size="lg" onClick={onClose} aria-label={say('common.close')} />
      </div>
      <div className={classes.actions}>
        {places.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={say('case.municipality')}
            value={here.length === 1 ? keyOf(here[0]!) : ''}
            onChange={(event) => event.currentTarget.value && onChoose(event.currentTarget.value)}
            data={[
              ...(here.length === 1 ? [] : [{ value: '', label: list(here.map(nameOf)) }]),
              ...places.map((place) => ({ value: keyOf(place), label: nameOf(place) })),
            ]}
          />
        )}
        {onCloser && (
          <Button
            variant="default"
            size="sm"
            leftSection={<ZoomIn size={17} aria-hidden />}
            onClick={onCloser}
          >
            {say('map.goCloser')}
          </Button>
        )}
      </div>
      {here.map((place) => (
        <section key={keyOf(place)} className={classes.place} aria-label={nameOf(place)}>
          {here.length > 1 && <h3 className={classes.placeName}>{nameOf(place)}</h3>}
          <StuckPlace place={place} />
          {place.municipality && <BriefingButton municipality={place.municipality} />}
        </section>
      ))}
    </div>
  );
}
