// Duty: all Serbian words in one table. One file per slice; keys begin with the slice's own word.
import { common } from './common.ts';

export const sr = { ...common };
