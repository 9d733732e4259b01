// Duty: what the map reads of advocacy, and when again: one answer for all layers, old as soon as anything in them changes. Drawing is the layers'.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type AdvocacyPlace, advocacyPaths } from '../../../shared/mapAdvocacy.ts';
import { api } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useChange } from '../../lib/live.tsx';
import { useGathered } from '../../lib/newest.ts';
import { useMunicipalities, usePlaceName } from '../../lib/places.ts';
import { type Mark, marksOf } from './advocacyMarks.ts';
import type { MapState } from './mapState.ts';

const key = ['map', 'advocacy'];

export function useAdvocacy(isAllowed: boolean) {
  const client = useQueryClient();
  const later = useGathered(() => void client.invalidateQueries({ queryKey: key }));
  const note = () => {
    if (isAllowed) later();
  };
  useChange('commitment.changed', note);
  useChange('letter.changed', note);
  useChange('campaign.changed', note);
  useChange('campaign.withdrawn', note);
  useChange('issue.changed', note);
  useChange('institution.changed', note);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<{ data: AdvocacyPlace[] }>(advocacyPaths.all, { signal }),
    select: (answer) => answer.data,
    enabled: isAllowed,
    placeholderData: keepPreviousData,
  });
}

const none: Mark[] = [];

export function useMarks(
  places: readonly AdvocacyPlace[] | undefined,
  { layers, stages }: Pick<MapState, 'layers' | 'stages'>,
  zoom: number | null,
): Mark[] {
  const { say, number, list } = useSpeech();
  const municipalityName = usePlaceName();
  const { data: municipalities } = useMunicipalities();
  return useMemo(
    () =>
      places && municipalities && zoom !== null
        ? marksOf({ places, municipalities, layers, stages, zoom }, { say, number, list, municipalityName })
        : none,
    [places, municipalities, layers, stages, zoom, say, number, list, municipalityName],
  );
}

/** Where most is stuck: what the panel opens with when no municipality was pointed at. */
export function worstOf(places: readonly AdvocacyPlace[]): string | null {
  const stuckIn = ({ cases, commitments, letters, campaigns, issues }: AdvocacyPlace) =>
    commitments.count +
    letters.count +
    [...campaigns.items, ...issues.items].filter(({ why }) => why).length +
    (cases?.late ?? 0) +
    (cases?.untriaged ?? 0);
  const sorted = places
    .filter(({ municipality }) => municipality !== null)
    .sort((a, b) => stuckIn(b) - stuckIn(a));
  return sorted[0]?.municipality ?? null;
}
