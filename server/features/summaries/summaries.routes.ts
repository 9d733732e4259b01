// Duty: the doors to figures: the register, releases, what is out, where things stand. Each names schema and command, nothing else.
import type { Request } from 'express';
import { z } from 'zod';
import { idSchema, versionSchema } from '../../../shared/api.ts';
import {
  correctionCreate,
  figureQuery,
  indicatorKeySchema,
  indicatorRevise,
  noFigureQuery,
  releaseCreate,
  releaseMoveInput,
  storyInput,
  targetCreate,
  targetRevise,
} from '../../../shared/releases.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { invalid, notFound } from '../../errors.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import { onHeard } from '../../live/publish.ts';
import type { Viewer } from '../../policy.ts';
import { campaignSource, commitmentSource, letterSource } from './advocacySource.ts';
import { caseSource, referralSource } from './caseSource.ts';
import { correctRelease, freezeRelease } from './freeze.commands.ts';
import { addTarget, removeTarget, reviseIndicator, reviseTarget } from './indicators.commands.ts';
import { indicatorsFor } from './indicators.queries.ts';
import { figuresNowFor } from './interim.queries.ts';
import { moveRelease, tellStory } from './releases.commands.ts';
import { presentRelease, presentReleaseRow } from './releases.present.ts';
import {
  forgetProgress,
  progressFor,
  progressOfRelease,
  releaseFor,
  releasesFor,
} from './releases.queries.ts';
import { addFigureSource } from './sources.queries.ts';
import { makesFigures, readsProgress } from './summaries.policy.ts';

const one = z.strictObject({ id: idSchema });
const oneIndicator = z.strictObject({ key: indicatorKeySchema });
const oneTarget = z.strictObject({ key: indicatorKeySchema, id: idSchema });

const answer = async (viewer: Viewer, id: string) => {
  const { file, standing } = await releaseFor(viewer, id);
  return presentRelease(viewer, file, standing);
};

/** For everybody else there is nothing here, whatever they send. */
const forThose = (may: (viewer: Viewer) => boolean, endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !may(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

/**
 * There are the tables that were frozen, each by one thing alone, and no way to ask for others. Looks at what was sent, not at
 * what a schema made of it: a loose one drops `__proto__` without a word.
 */
function ensurePublished(sent: Request['query'], known: readonly string[] = []): void {
  const faults = Object.keys(sent)
    .filter((name) => !known.includes(name))
    .slice(0, 20)
    .map((name) => ({ path: [name.slice(0, 60)], code: 'unknown_key' }));
  if (faults.length > 0) throw invalid(faults, 'release.noSuchTable');
}

let stopHearing: (() => void) | null = null;

/** Slices that figures are counted from; what is out is looked at anew when any process publishes. */
export function startFigures(): void {
  stopHearing?.();
  stopHearing = onHeard((name) => {
    if (name === 'release.published') forgetProgress();
  });
  addFigureSource(caseSource);
  addFigureSource(referralSource);
  addFigureSource(letterSource);
  addFigureSource(commitmentSource);
  addFigureSource(campaignSource);
}

export const summaryRoutes = (): Endpoint[] => [
  ...forThose(readsProgress, [
    endpoint({
      method: 'get',
      path: summaryPaths.progress,
      summary: 'The newest release and the list of those that are out, as funders see them.',
      query: noFigureQuery,
      handle({ viewer, http }) {
        ensurePublished(http.request.query);
        return progressFor(viewer);
      },
    }),
    endpoint({
      method: 'get',
      path: summaryPaths.progressOf(':id'),
      summary: 'One release as it was published: frozen, suppressed, byte for byte.',
      params: one,
      query: noFigureQuery,
      handle({ viewer, params, http }) {
        ensurePublished(http.request.query);
        return progressOfRelease(viewer, params.id);
      },
    }),
  ]),
  ...forThose(makesFigures, [
    endpoint({
      method: 'get',
      path: summaryPaths.indicators,
      summary: 'The register of indicators: formula, unit, tables, owner, note, targets.',
      handle: async ({ viewer }) => ({ data: await indicatorsFor(viewer) }),
    }),
    endpoint({
      method: 'patch',
      path: summaryPaths.indicator(':key'),
      summary: 'Owner and note of an indicator.',
      params: oneIndicator,
      body: indicatorRevise,
      handle: async ({ viewer, params, body }) => ({ data: await reviseIndicator(viewer, params.key, body) }),
    }),
    endpoint({
      method: 'post',
      path: summaryPaths.targets(':key'),
      summary: 'A baseline and target for one period.',
      status: 201,
      params: oneIndicator,
      body: targetCreate,
      handle: async ({ viewer, params, body }) => ({ data: await addTarget(viewer, params.key, body) }),
    }),
    endpoint({
      method: 'patch',
      path: summaryPaths.target(':key', ':id'),
      summary: 'Change a target; releases that are out keep theirs.',
      params: oneTarget,
      body: targetRevise,
      handle: async ({ viewer, params, body }) => ({
        data: await reviseTarget(viewer, params.key, params.id, body),
      }),
    }),
    endpoint({
      method: 'delete',
      path: summaryPaths.target(':key', ':id'),
      summary: 'Take a target out.',
      params: oneTarget,
      body: z.strictObject({ version: versionSchema }),
      handle: async ({ viewer, params, body }) => ({
        data: await removeTarget(viewer, params.key, params.id, body.version),
      }),
    }),
    endpoint({
      method: 'get',
      path: summaryPaths.releases,
      summary: 'All releases with their status, newest first.',
      handle: async ({ viewer }) => ({
        data: (await releasesFor(viewer)).map(({ file, standing }) => presentReleaseRow(file, standing)),
      }),
    }),
    endpoint({
      method: 'post',
      path: summaryPaths.releases,
      summary: 'Begin to freeze a period; repeating the request with the same id does it once.',
      body: releaseCreate,
      async handle({ viewer, body }) {
        const file = await freezeRelease(viewer, body);
        return withStatus(202, await answer(viewer, file._id));
      },
    }),
    endpoint({
      method: 'get',
      path: summaryPaths.release(':id'),
      summary: 'A release: as it is, beside what funders and the public are told.',
      params: one,
      handle: ({ viewer, params }) => answer(viewer, params.id),
    }),
    endpoint({
      method: 'post',
      path: summaryPaths.releaseMoves(':id'),
      summary: 'Cancel, review, reopen, publish or discard a release.',
      params: one,
      body: releaseMoveInput,
      async handle({ viewer, params, body }) {
        await moveRelease(viewer, params.id, body);
        return answer(viewer, params.id);
      },
    }),
    endpoint({
      method: 'put',
      path: summaryPaths.releaseStory(':id'),
      summary: 'The story in each language, with figures by their ids.',
      params: one,
      body: storyInput,
      async handle({ viewer, params, body }) {
        await tellStory(viewer, params.id, body);
        return answer(viewer, params.id);
      },
    }),
    endpoint({
      method: 'post',
      path: summaryPaths.releaseCorrections(':id'),
      summary: 'Begin to count a release anew, as its next version.',
      params: one,
      body: correctionCreate,
      async handle({ viewer, params, body }) {
        const file = await correctRelease(viewer, params.id, body);
        return withStatus(202, await answer(viewer, file._id));
      },
    }),
    endpoint({
      method: 'get',
      path: summaryPaths.figures,
      summary:
        'Figures of a period as they stand today, with targets, forecast and what leaves them in doubt.',
      query: figureQuery,
      async handle({ viewer, query: { kind, from, to }, http }) {
        ensurePublished(http.request.query, ['kind', 'from', 'to']);
        return { data: await figuresNowFor(viewer, { kind, from, to }) };
      },
    }),
  ]),
];
