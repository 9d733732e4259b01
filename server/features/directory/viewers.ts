// Duty: a short memory of viewers, so that a request costs no look-up. Every change that is heard of empties it at once.
import type { ChangeName } from '../../../shared/live.ts';
import { onHeard } from '../../live/publish.ts';

/** How long a change made by another process may stay unseen here. */
export const viewerMemoryMilliseconds = 5_000;
const memoryEntries = 10_000;
const emptying: readonly ChangeName[] = ['user.changed', 'viewer.changed', 'viewer.signedOut'];

const remembered = new Map<string, { viewer: Express.User; until: number }>();
let generation = 0;

onHeard((name, change) => {
  if (emptying.includes(name)) forgetViewer(change.id);
});

export function forgetViewer(id: string): void {
  generation += 1;
  remembered.delete(id);
}

export function rememberedViewer(id: string): Express.User | null {
  const found = remembered.get(id);
  return found && found.until > Date.now() ? found.viewer : null;
}

/** Ask before reading, give back when remembering: what was read before a change is not remembered after it. */
export const viewersGeneration = (): number => generation;

export function rememberViewer(viewer: Express.User, readAt: number): void {
  if (readAt !== generation) return;
  if (remembered.size >= memoryEntries) remembered.clear();
  remembered.set(viewer.id, { viewer: Object.freeze(viewer), until: Date.now() + viewerMemoryMilliseconds });
}
