// Duty: the register of indicators: what the code says of each beside what coordinators wrote to it.
import { type IndicatorDefinition, indicators, measures } from '../../../shared/indicators.ts';
import { periodId } from '../../../shared/periods.ts';
import type { IndicatorEntry, Target } from '../../../shared/releases.ts';
import type { FrozenIndicator, Period } from '../../../shared/summaries.ts';
import type { Viewer } from '../../policy.ts';
import { type IndicatorFile, IndicatorModel } from './releases.model.ts';
import { ensureMakesFigures } from './summaries.policy.ts';

const unwritten = { version: 0, owner: '', note: {}, targets: [] };

export function entryOf(definition: IndicatorDefinition, written: IndicatorFile | undefined): IndicatorEntry {
  const { formulaVersion, aboutPersons } = measures[definition.measure];
  const { version, owner, note, targets } = written ?? unwritten;
  return { ...definition, formulaVersion, aboutPersons, version, owner, note, targets: [...targets] };
}

const allWritten = async (): Promise<Map<string, IndicatorFile>> =>
  new Map((await IndicatorModel.find().lean<IndicatorFile[]>()).map((file) => [file._id, file]));

export async function indicatorsFor(viewer: Viewer): Promise<IndicatorEntry[]> {
  ensureMakesFigures(viewer);
  const written = await allWritten();
  return indicators.map((definition) => entryOf(definition, written.get(definition.key)));
}

/** Targets set for exactly that period, and notes; for drafts, which only coordinators make. */
export async function writtenToIndicators(period: Period): Promise<{
  targets: Partial<Record<IndicatorDefinition['key'], Target>>;
  notes: Partial<Record<IndicatorDefinition['key'], FrozenIndicator['note']>>;
}> {
  const written = [...(await allWritten()).values()];
  const targetIn = (file: IndicatorFile) =>
    file.targets.find((target) => periodId(target.period) === periodId(period));
  return {
    targets: Object.fromEntries(
      written.flatMap((file) => {
        const target = targetIn(file);
        return target ? [[file._id, target]] : [];
      }),
    ),
    notes: Object.fromEntries(written.map((file) => [file._id, file.note])),
  };
}
