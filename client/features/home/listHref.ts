// Duty: the address of the list of cases with a filter.
import { paths } from '../../app/paths.ts';

export const listHref = (query: string): string => `${paths.cases.href()}?${query}`;
