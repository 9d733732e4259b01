// Duty: the Albanian words that every first page needs, as one piece: the shell, cases, home. Other slices' words come with their pages.
import { cases } from './cases.ts';
import { common } from './common.ts';
import { home } from './home.ts';

export const frame = { ...common, ...cases, ...home };
