// Duty: all English words in one table. One file per slice; keys begin with the slice's own word.
import { cases } from './cases.ts';
import { common } from './common.ts';
import { directory } from './directory.ts';
import { home } from './home.ts';

export const en = { ...common, ...directory, ...cases, ...home };
