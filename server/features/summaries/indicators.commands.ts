// Duty: what coordinators write to an indicator: its owner, what to know before trusting it, targets by period. Formulas are code.
import { indicators } from '../../../shared/indicators.ts';
import { overlaps } from '../../../shared/periods.ts';
import type {
  IndicatorEntry,
  IndicatorRevise,
  Target,
  TargetCreate,
  TargetRevise,
} from '../../../shared/releases.ts';
import type { IndicatorKey } from '../../../shared/summaryLists.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { entryOf } from './indicators.queries.ts';
import { type IndicatorFile, IndicatorModel } from './releases.model.ts';
import { indicatorChanged } from './summaries.live.ts';
import { ensureMakesFigures } from './summaries.policy.ts';

const duplicateKey = 11000;

async function change(
  viewer: Viewer,
  key: IndicatorKey,
  version: number,
  edit: (file: IndicatorFile) => Partial<IndicatorFile> | null,
): Promise<IndicatorEntry> {
  ensureMakesFigures(viewer);
  const definition = indicators.find((item) => item.key === key);
  if (!definition) throw notFound();
  const kept = await IndicatorModel.findById(key).lean<IndicatorFile>();
  const before = kept ?? { _id: key, version: 0, owner: '', note: {}, targets: [] };
  const set = edit(before);
  if (!set) return entryOf(definition, before);
  if (before.version !== version) throw conflict('indicator.stale', { version: before.version });
  const after = { ...before, ...set, version: version + 1 };
  const written = await IndicatorModel.updateOne(
    { _id: key, version },
    { $set: after },
    { upsert: version === 0 },
  )
    .then(({ matchedCount, upsertedCount }) => matchedCount + upsertedCount > 0)
    .catch((error: unknown) => {
      if ((error as { code?: number }).code === duplicateKey) return false;
      throw error;
    });
  if (!written) throw conflict('indicator.stale');
  indicatorChanged(after.version, viewer.id);
  return entryOf(definition, after);
}

export const reviseIndicator = (viewer: Viewer, key: IndicatorKey, { version, ...rest }: IndicatorRevise) =>
  change(viewer, key, version, () => rest);

/** Two targets for days they share would make "reached" a matter of choice; a quarter within a project is another kind. */
function ensureFree(targets: readonly Target[], target: Target): void {
  const other = targets.find(
    ({ id, period }) =>
      id !== target.id && period.kind === target.period.kind && overlaps(period, target.period),
  );
  if (other) throw invalid([{ path: ['period'], code: 'overlaps' }], 'target.overlaps');
}

export const addTarget = (viewer: Viewer, key: IndicatorKey, { version, ...target }: TargetCreate) =>
  change(viewer, key, version, ({ targets }) => {
    if (targets.some(({ id }) => id === target.id)) return null;
    ensureFree(targets, target);
    return { targets: [...targets, target].sort((a, b) => (a.period.from < b.period.from ? -1 : 1)) };
  });

export const reviseTarget = (
  viewer: Viewer,
  key: IndicatorKey,
  id: string,
  { version, ...set }: TargetRevise,
) =>
  change(viewer, key, version, ({ targets }) => {
    const before = targets.find((target) => target.id === id);
    if (!before) throw notFound();
    const after: Target = {
      id,
      period: set.period ?? before.period,
      baseline: set.baseline === undefined ? before.baseline : set.baseline,
      target: set.target ?? before.target,
    };
    ensureFree(targets, after);
    return { targets: targets.map((target) => (target.id === id ? after : target)) };
  });

export const removeTarget = (viewer: Viewer, key: IndicatorKey, id: string, version: number) =>
  change(viewer, key, version, ({ targets }) => {
    if (!targets.some((target) => target.id === id)) throw notFound();
    return { targets: targets.filter((target) => target.id !== id) };
  });
