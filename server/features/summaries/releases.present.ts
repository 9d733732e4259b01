// Duty: a release as coordinators see it. Funders are never presented anything: they get frozen bytes.

import { indicators } from '../../../shared/indicators.ts';
import type { ReleaseAnswer, ReleaseSummary } from '../../../shared/releases.ts';
import { figureId } from '../../../shared/summaries.ts';
import { type IndicatorKey, indicatorKeys } from '../../../shared/summaryLists.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { ReleaseFile, TellingChange } from './releases.model.ts';
import type { Standing } from './releases.queries.ts';
import { releaseRules } from './summaries.policy.ts';

export function presentReleaseRow(file: ReleaseFile, { isNewest, isOutdated }: Standing): ReleaseSummary {
  const { _id, version, number, status, period, countedTo, running, progress, corrects, example } = file;
  return {
    id: _id,
    version,
    number,
    status,
    period,
    countedTo,
    running,
    progress,
    createdAt: file.createdAt.toISOString(),
    frozenAt: file.frozenAt?.toISOString() ?? null,
    publishedAt: status === 'published' ? (file.publishedAt?.toISOString() ?? null) : null,
    corrects,
    superseded: status === 'published' && !isNewest,
    outdated: isOutdated,
    example,
  };
}

/** The figure's id where an indicator shows that measure, else the measure's own name. */
function tellingFigure({ audience, measure, at }: TellingChange) {
  const shown = indicators.find((item) => item.measure === measure && item.computation !== 'share');
  const key: IndicatorKey | undefined = indicatorKeys.find((item) => item === shown?.key);
  const id = key ? figureId(key) : measure;
  return { audience, figure: at ? `${id}/${at}` : id };
}

export async function presentRelease(
  viewer: Viewer,
  file: ReleaseFile,
  standing: Standing,
): Promise<ReleaseAnswer> {
  const people = await colleaguesById(viewer);
  return {
    data: {
      ...presentReleaseRow(file, standing),
      story: file.story,
      whole: file.whole,
      told: file.told,
      telling: file.telling.map(tellingFigure),
      history: file.history.map(({ at, by, what }) => ({
        at: at.toISOString(),
        by: by ? (people.get(by)?.name ?? null) : null,
        what,
      })),
    },
    abilities: abilitiesOf(releaseRules, viewer, { ...file, isNewest: standing.isNewest }),
  };
}
