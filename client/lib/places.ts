// Duty: the municipalities, organisations' colleagues and this instance's own facts, which every feature names. Asked once, kept long.
import { useQuery } from '@tanstack/react-query';
import type { Colleague, Instance, Municipality, MunicipalitySlug } from '../../shared/directory.ts';
import { nameOf } from '../../shared/format.ts';
import { api } from './api.ts';
import { useSpeech } from './i18n.tsx';

const rarely = { staleTime: 60 * 60_000, gcTime: 24 * 60 * 60_000 };

/** What this installation says of itself to anybody. */
export const useInstance = () =>
  useQuery({
    queryKey: ['instance'],
    queryFn: ({ signal }) => api.get<{ data: Instance }>('/api/instance', { signal, quiet: true }),
    select: (answer) => answer.data,
    ...rarely,
  });

export const useMunicipalities = () =>
  useQuery({
    queryKey: ['municipalities'],
    queryFn: ({ signal }) => api.get<{ data: Municipality[] }>('/api/municipalities', { signal }),
    select: (answer) => answer.data,
    ...rarely,
  });

/** `placeName('peja')`, `placeName('peja', 'settlement-id')` in the viewer's language; the slug while names are loading. */
export function usePlaceName(): (slug: MunicipalitySlug, settlement?: string | null) => string {
  const { language } = useSpeech();
  const { data } = useMunicipalities();
  return (slug, settlement) => {
    const municipality = data?.find((one) => one.slug === slug);
    if (!municipality) return slug;
    const place = settlement && municipality.settlements.find((one) => one.id === settlement);
    const name = nameOf(municipality.names, language);
    return place ? `${nameOf(place.names, language)}, ${name}` : name;
  };
}

/** Everybody the viewer may name as lead or collaborator. */
export const useColleagues = () =>
  useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => api.get<{ data: Colleague[] }>('/api/colleagues', { signal }),
    select: (answer) => answer.data,
  });
