// Duty: when somebody who held a claim in the database counts as gone: its beats stand still, or its process is known to be dead. Holds no claim.
import { isKnownDead, type ProcessMark } from './processMark.ts';

export const beatMilliseconds = 500;
export const lookMilliseconds = 100;
/** Eight seconds. Looks are counted rather than time compared: clocks differ, and a machine that slept must not find all others dead. */
const silentLooks = 80;
/** Of one that is known to be dead: what it had sent last is being written yet. */
const deadLooks = 3;

/** `looks` in a row, `lookMilliseconds` apart, have found the same beat. */
export const isGoneAfter = (looks: number, process: ProcessMark | null | undefined): boolean =>
  looks >= silentLooks || (looks >= deadLooks && isKnownDead(process));
