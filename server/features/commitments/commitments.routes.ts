// Duty: the doors to commitments: list, record, open, correct, move, and source documents. Files: evidence.routes.ts.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { commitmentMoveInput } from '../../../shared/commitmentMoves.ts';
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import {
  type CommitmentList,
  commitmentCreate,
  commitmentListQuery,
  commitmentRevise,
  sourceCreate,
  sourceListQuery,
} from '../../../shared/commitments.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import { commitmentListFor } from './commitmentList.queries.ts';
import { moveCommitment } from './commitmentMoves.commands.ts';
import { recordCommitment, reviseCommitment } from './commitments.commands.ts';
import { mayRecord, seesCommitments } from './commitments.policy.ts';
import { presentCommitment, presentRows } from './commitments.present.ts';
import { commitmentFor } from './commitments.queries.ts';
import { createSource } from './sources.commands.ts';
import { presentSource, sourcesFor } from './sources.queries.ts';

const one = z.strictObject({ id: idSchema });
const freeText = ['title', 'words', 'note', 'reason', 'place'] as const;

/** For roles without commitments there is nothing here, whatever they send. */
export const forThoseWithCommitments = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesCommitments(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const commitmentRoutes = (): Endpoint[] =>
  forThoseWithCommitments([
    endpoint({
      method: 'get',
      path: commitmentPaths.all,
      summary: 'Promises on record, what is due first on top, in pages; derived statuses are filters.',
      query: commitmentListQuery,
      async handle({ viewer, query }): Promise<CommitmentList> {
        const { commitments, ...rest } = await commitmentListFor(viewer, query);
        return {
          data: await presentRows(commitments),
          ...rest,
          abilities: { record: mayRecord(viewer, null) },
        };
      },
    }),
    endpoint({
      method: 'post',
      path: commitmentPaths.all,
      summary: 'Put a promise on record; repeating the request with the same id does it once.',
      status: 201,
      body: commitmentCreate,
      async handle({ viewer, body }) {
        const { commitment, made } = await recordCommitment(viewer, body);
        const warnings = warningsAbout(body, freeText);
        return withStatus(made ? 201 : 200, await presentCommitment(viewer, commitment, warnings));
      },
    }),
    endpoint({
      method: 'get',
      path: commitmentPaths.one(':id'),
      summary: 'One promise with its words, source, checks, files and history.',
      params: one,
      handle: async ({ viewer, params }) => presentCommitment(viewer, await commitmentFor(viewer, params.id)),
    }),
    endpoint({
      method: 'patch',
      path: commitmentPaths.one(':id'),
      summary: 'Correct what was recorded.',
      params: one,
      body: commitmentRevise,
      handle: async ({ viewer, params, body }) =>
        presentCommitment(
          viewer,
          await reviseCommitment(viewer, params.id, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'post',
      path: commitmentPaths.moves(':id'),
      summary: 'Approve, check, report, move the day, budget, close: every move of the table.',
      params: one,
      body: commitmentMoveInput,
      handle: async ({ viewer, params, body }) =>
        presentCommitment(
          viewer,
          await moveCommitment(viewer, params.id, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'get',
      path: commitmentPaths.sources,
      summary: 'Source documents to choose from, the newest first.',
      query: sourceListQuery,
      handle: async ({ viewer, query }) => ({ data: await sourcesFor(viewer, query.q) }),
    }),
    endpoint({
      method: 'post',
      path: commitmentPaths.sources,
      summary: 'Make a source document; repeating the request with the same id does it once.',
      status: 201,
      body: sourceCreate,
      async handle({ viewer, body }) {
        const { source, made } = await createSource(viewer, body);
        return withStatus(made ? 201 : 200, { data: presentSource(source) });
      },
    }),
  ]);
