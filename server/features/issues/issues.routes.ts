// Duty: the doors to structural issues and to the link between a case and its issue. Each names schema and command, nothing else.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import {
  caseIssueInput,
  choiceQuery,
  type IssueList,
  type IssueSplitAnswer,
  issueCreate,
  issueListQuery,
  issueMergeInput,
  issueMoveInput,
  issuePaths,
  issueRevise,
  issueSplitInput,
  linkCasesInput,
  suggestionQuery,
} from '../../../shared/issues.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import { ensure } from '../../policy.ts';
import { mayLinkIssue } from '../cases/cases.policy.ts';
import { caseFor } from '../cases/cases.queries.ts';
import { createIssue, moveIssue, reviseIssue } from './issues.commands.ts';
import { mayLinkCases, mayPropose, seesIssues } from './issues.policy.ts';
import {
  presentChoices,
  presentIssue,
  presentIssueOfCase,
  presentRows,
  presentSuggestions,
} from './issues.present.ts';
import { issueFor, issuesListedFor } from './issues.queries.ts';
import { linkCases, setIssueOfCase } from './links.commands.ts';
import { mergeIssue, splitIssue } from './merges.commands.ts';

const one = z.strictObject({ id: idSchema });
const freeText = ['title', 'statement', 'reason'] as const;

/** For roles without issues there is nothing here, whatever they send. */
const forThoseWithIssues = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesIssues(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const issueRoutes = (): Endpoint[] =>
  forThoseWithIssues([
    endpoint({
      method: 'get',
      path: issuePaths.issues,
      summary: 'Structural issues the viewer may see, newest first, in pages.',
      query: issueListQuery,
      async handle({ viewer, query }): Promise<IssueList> {
        const { issues, next, total } = await issuesListedFor(viewer, query);
        const data = await presentRows(viewer, issues);
        return { data, next, total, abilities: { propose: mayPropose(viewer, null) } };
      },
    }),
    endpoint({
      method: 'post',
      path: issuePaths.issues,
      summary: 'Propose or open an issue; repeating the request with the same id makes it once.',
      status: 201,
      body: issueCreate,
      async handle({ viewer, body }) {
        const { issue, made } = await createIssue(viewer, body);
        return withStatus(made ? 201 : 200, await presentIssue(viewer, issue, warningsAbout(body, freeText)));
      },
    }),
    endpoint({
      method: 'get',
      path: issuePaths.one(':id'),
      summary: 'One issue, with how many cases stand behind it.',
      params: one,
      handle: async ({ viewer, params }) => presentIssue(viewer, await issueFor(viewer, params.id)),
    }),
    endpoint({
      method: 'patch',
      path: issuePaths.one(':id'),
      summary: 'Revise an issue; different fields merge, the same field is answered with both sides.',
      params: one,
      body: issueRevise,
      handle: async ({ viewer, params, body }) =>
        presentIssue(viewer, await reviseIssue(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'post',
      path: issuePaths.moves(':id'),
      summary: 'Accept or decline a proposal, close an issue, open it again.',
      params: one,
      body: issueMoveInput,
      handle: async ({ viewer, params, body }) =>
        presentIssue(viewer, await moveIssue(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'post',
      path: issuePaths.merge(':id'),
      summary: 'Make this issue part of another, with all its links; answers with that one. Safe to repeat.',
      params: one,
      body: issueMergeInput,
      handle: async ({ viewer, params, body }) =>
        presentIssue(viewer, await mergeIssue(viewer, params.id, body)),
    }),
    endpoint({
      method: 'post',
      path: issuePaths.split(':id'),
      summary: 'Make a new issue of some of the cases; repeating the request with the same id does it once.',
      status: 201,
      params: one,
      body: issueSplitInput,
      async handle({ viewer, params, body }) {
        const { issue, made, caseFiles } = await splitIssue(viewer, params.id, body);
        const results = caseFiles.map(({ _id, reference }) => ({
          id: _id,
          reference,
          ok: true,
          code: null,
          from: null,
          already: false,
        }));
        const warnings = warningsAbout(body, freeText);
        const answer: IssueSplitAnswer = { ...(await presentIssue(viewer, issue, warnings)), results };
        return withStatus(made ? 201 : 200, answer);
      },
    }),
    endpoint({
      method: 'post',
      path: issuePaths.cases(':id'),
      summary: 'Put cases behind the issue or take them off, or see what would become of each.',
      params: one,
      body: linkCasesInput,
      handle: async ({ viewer, params, body }) => ({ data: await linkCases(viewer, params.id, body) }),
    }),
    endpoint({
      method: 'get',
      path: issuePaths.suggestions(':id'),
      summary: 'Cases of the viewer that look like those of the issue and stand behind none.',
      params: one,
      query: suggestionQuery,
      async handle({ viewer, params, query }) {
        const issue = await issueFor(viewer, params.id);
        ensure(mayLinkCases, viewer, issue);
        return { data: await presentSuggestions(viewer, issue, query.limit) };
      },
    }),
    endpoint({
      method: 'get',
      path: issuePaths.ofCase(':id'),
      summary: 'The issue that a case stands behind.',
      params: one,
      handle: async ({ viewer, params }) => presentIssueOfCase(viewer, await caseFor(viewer, params.id)),
    }),
    endpoint({
      method: 'put',
      path: issuePaths.ofCase(':id'),
      summary: 'Put a case behind an issue, or behind none.',
      params: one,
      body: caseIssueInput,
      handle: async ({ viewer, params, body }) =>
        presentIssueOfCase(viewer, await setIssueOfCase(viewer, params.id, body)),
    }),
    endpoint({
      method: 'get',
      path: issuePaths.choices(':id'),
      summary: 'Issues that a case could stand behind, the likest first.',
      params: one,
      query: choiceQuery,
      async handle({ viewer, params, query }) {
        const caseFile = await caseFor(viewer, params.id);
        ensure(mayLinkIssue, viewer, caseFile);
        return { data: await presentChoices(viewer, caseFile, query.q ?? '') };
      },
    }),
  ]);
