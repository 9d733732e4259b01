// Duty: the Serbian words that every first page needs, as one piece: the shell, cases. Other slices' words come with their pages.
import { cases } from './cases.ts';
import { common } from './common.ts';

export const frame = { ...common, ...cases };
