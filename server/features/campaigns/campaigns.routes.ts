// Duty: the doors to campaigns: board, one, stages, links. Demands, actions, cases and files have doors of their own.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import {
  campaignCreate,
  campaignListQuery,
  campaignMoveInput,
  campaignRevise,
  timelineQuery,
} from '../../../shared/campaigns.ts';
import type { CampaignList, CampaignListAbility } from '../../../shared/campaignViews.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint, publicEndpoint, streamed, withStatus } from '../../http/endpoint.ts';
import { abilitiesOf } from '../../policy.ts';
import { caseFor } from '../cases/cases.queries.ts';
import { campaignBehindLink, makeCalendarLink, revokeCalendarLink } from './calendar.commands.ts';
import { presentCalendar } from './calendar.present.ts';
import { moveCampaign } from './campaignMoves.commands.ts';
import { createCampaign, reviseCampaign } from './campaigns.commands.ts';
import { mayWriteCampaigns, seesCampaigns } from './campaigns.policy.ts';
import { campaignsOfCase, presentCampaign, presentRows } from './campaigns.present.ts';
import { campaignFor, campaignsFor } from './campaigns.queries.ts';
import { timelineFor } from './timeline.queries.ts';
import { endExpiredUses } from './uses.commands.ts';

export const oneCampaign = z.strictObject({ id: idSchema });
const listRules: Record<CampaignListAbility, typeof mayWriteCampaigns> = { create: mayWriteCampaigns };

/** For roles without campaigns there is nothing here, whatever they send. */
export const forThoseWithCampaigns = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesCampaigns(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const campaignRoutes = ({ address }: { address: string }): Endpoint[] => [
  ...forThoseWithCampaigns([
    endpoint({
      method: 'get',
      path: campaignPaths.all,
      summary: 'Campaigns, newest first, in pages.',
      query: campaignListQuery,
      async handle({ viewer, query }): Promise<CampaignList> {
        const { campaigns, ...rest } = await campaignsFor(viewer, query);
        const abilities = abilitiesOf(listRules, viewer, null);
        return { data: await presentRows(viewer, campaigns), ...rest, abilities };
      },
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.all,
      summary: 'Propose a campaign; repeating the request with the same id does it once.',
      status: 201,
      body: campaignCreate,
      async handle({ viewer, body }) {
        const { campaign, made } = await createCampaign(viewer, body);
        const warnings = warningsAbout(body, ['title', 'whyNow']);
        return withStatus(made ? 201 : 200, await presentCampaign(viewer, campaign, warnings));
      },
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.timeline,
      summary: 'Actions, letters, milestones, demands’ ends and reviews of these campaigns between two days.',
      query: timelineQuery,
      handle: async ({ viewer, query }) => ({ data: await timelineFor(viewer, query) }),
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.one(':id'),
      summary: 'One campaign, with how many cases stand behind it.',
      params: oneCampaign,
      async handle({ viewer, params }) {
        const campaign = await campaignFor(viewer, params.id);
        const ended = await endExpiredUses(campaign);
        return presentCampaign(viewer, ended > 0 ? await campaignFor(viewer, params.id) : campaign);
      },
    }),
    endpoint({
      method: 'patch',
      path: campaignPaths.one(':id'),
      summary: 'Revise a campaign’s own fields, team, partners and linked issues.',
      params: oneCampaign,
      body: campaignRevise,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await reviseCampaign(viewer, params.id, body),
          warningsAbout(body, ['title', 'whyNow']),
        ),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.moves(':id'),
      summary: 'Move a campaign to another stage.',
      params: oneCampaign,
      body: campaignMoveInput,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await moveCampaign(viewer, params.id, body),
          warningsAbout(body, ['whyNow', 'reason', 'lessons']),
        ),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.calendar(':id'),
      summary: 'A new secret link to the campaign’s calendar, shown once; the one before is worthless.',
      params: oneCampaign,
      async handle({ viewer, params }) {
        const { token } = await makeCalendarLink(viewer, params.id);
        return { data: { url: `${address}${campaignPaths.feed(token)}` } };
      },
    }),
    endpoint({
      method: 'delete',
      path: campaignPaths.calendar(':id'),
      summary: 'Make the link to the campaign’s calendar worthless.',
      params: oneCampaign,
      handle: async ({ viewer, params }) =>
        presentCampaign(viewer, await revokeCalendarLink(viewer, params.id)),
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.ofCase(':id'),
      summary: 'The campaigns that use a case, as far as the viewer sees both.',
      params: oneCampaign,
      async handle({ viewer, params }) {
        const { campaigns = [] } = await caseFor(viewer, params.id);
        return { data: await campaignsOfCase(viewer, campaigns) };
      },
    }),
  ]),
  publicEndpoint({
    method: 'get',
    path: campaignPaths.feed(':token'),
    summary: 'A campaign’s calendar for whoever holds its link: days and kinds, no free words.',
    params: z.strictObject({ token: z.string().min(1).max(100) }),
    async handle({ params, http: { response } }) {
      const calendar = presentCalendar(await campaignBehindLink(params.token), address);
      response.set({
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'inline; filename="campaign.ics"',
        'X-Robots-Tag': 'noindex',
      });
      response.end(calendar);
      return streamed;
    },
  }),
];
