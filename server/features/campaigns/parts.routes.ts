// Duty: the doors to what is inside a campaign: demands, actions with their files, milestones, and the cases it uses.
import type { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import {
  actionCreate,
  actionRevise,
  basedOn,
  demandCreate,
  demandDecision,
  demandRevise,
  milestoneCreate,
  milestoneRevise,
  useCheck,
  useChoose,
} from '../../../shared/campaigns.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { notFound } from '../../errors.ts';
import { sendKept, sendThumbnail } from '../../files/send.ts';
import { type UploadLimits, withCleanFile } from '../../files/upload.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import {
  actionOf,
  addAction,
  addMilestone,
  removeMilestone,
  reviseAction,
  reviseMilestone,
} from './actions.commands.ts';
import { presentCampaign } from './campaigns.present.ts';
import { campaignFor } from './campaigns.queries.ts';
import { forThoseWithCampaigns, oneCampaign } from './campaigns.routes.ts';
import { addDemand, decideDemand, removeDemand, reviseDemand } from './demands.commands.ts';
import { addEvidence, isKeptAlready, removeEvidence } from './evidence.commands.ts';
import { checkUse, chooseCases, endExpiredUses, takeOut } from './uses.commands.ts';
import { presentUses } from './uses.present.ts';

const onePart = oneCampaign.extend({ item: idSchema });
const oneFile = onePart.extend({ evidence: idSchema });
const oneUse = oneCampaign.extend({ caseId: idSchema });
const freeText = ['text', 'indicator', 'title', 'place', 'note', 'byWhom', 'harm', 'awareHow'] as const;

async function evidenceFor(viewer: Viewer, { id, item, evidence }: z.infer<typeof oneFile>) {
  const kept = actionOf(await campaignFor(viewer, id), item).evidence.find((one) => one.id === evidence);
  if (!kept) throw notFound();
  return kept;
}

export const campaignPartRoutes = (limits: UploadLimits): Endpoint[] =>
  forThoseWithCampaigns([
    endpoint({
      method: 'post',
      path: campaignPaths.demands(':id'),
      summary: 'Add a demand: one sentence, to one institution.',
      params: oneCampaign,
      body: demandCreate,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(viewer, await addDemand(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'patch',
      path: campaignPaths.demand(':id', ':item'),
      summary: 'Revise a demand.',
      params: onePart,
      body: demandRevise,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await reviseDemand(viewer, params.id, params.item, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.decision(':id', ':item'),
      summary: 'Write down that a demand was adopted or refused, or that this was a mistake.',
      params: onePart,
      body: demandDecision,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await decideDemand(viewer, params.id, params.item, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'delete',
      path: campaignPaths.demand(':id', ':item'),
      summary: 'Take a demand out while the campaign is proposed or planned.',
      params: onePart,
      query: basedOn,
      handle: async ({ viewer, params, query }) =>
        presentCampaign(viewer, await removeDemand(viewer, params.id, params.item, query.version)),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.actions(':id'),
      summary: 'Add an action, by whoever takes part.',
      params: oneCampaign,
      body: actionCreate,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(viewer, await addAction(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'patch',
      path: campaignPaths.action(':id', ':item'),
      summary: 'Revise an action: done, cancelled, people reached.',
      params: onePart,
      body: actionRevise,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await reviseAction(viewer, params.id, params.item, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.evidence(':id', ':item'),
      summary: 'Add a photo or PDF to an action: multipart with one `file`; `id` is made by the sender.',
      status: 201,
      params: onePart,
      query: oneCampaign,
      async handle({ viewer, params, query, http: { request } }) {
        const { id, item } = params;
        if (await isKeptAlready(viewer, id, item, query.id))
          return withStatus(200, await presentCampaign(viewer, await campaignFor(viewer, id)));
        return withCleanFile(request, limits, async (clean) =>
          withStatus(
            201,
            await presentCampaign(viewer, await addEvidence(viewer, id, item, query.id, clean)),
          ),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.evidenceFile(':id', ':item', ':evidence'),
      summary: 'The file itself.',
      params: oneFile,
      handle: async ({ viewer, params, http: { response } }) =>
        sendKept(response, await evidenceFor(viewer, params)),
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.thumbnail(':id', ':item', ':evidence'),
      summary: 'A small picture of a photo.',
      params: oneFile,
      handle: async ({ viewer, params, http: { response } }) =>
        sendThumbnail(response, await evidenceFor(viewer, params)),
    }),
    endpoint({
      method: 'delete',
      path: campaignPaths.evidenceFile(':id', ':item', ':evidence'),
      summary: 'Take the file off the action and delete it.',
      params: oneFile,
      handle: async ({ viewer, params: { id, item, evidence } }) =>
        presentCampaign(viewer, await removeEvidence(viewer, id, item, evidence)),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.milestones(':id'),
      summary: 'Add a milestone.',
      params: oneCampaign,
      body: milestoneCreate,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(viewer, await addMilestone(viewer, params.id, body), warningsAbout(body, freeText)),
    }),
    endpoint({
      method: 'patch',
      path: campaignPaths.milestone(':id', ':item'),
      summary: 'Revise a milestone, or mark it as reached.',
      params: onePart,
      body: milestoneRevise,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await reviseMilestone(viewer, params.id, params.item, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'delete',
      path: campaignPaths.milestone(':id', ':item'),
      summary: 'Take a milestone out.',
      params: onePart,
      query: basedOn,
      handle: async ({ viewer, params, query }) =>
        presentCampaign(viewer, await removeMilestone(viewer, params.id, params.item, query.version)),
    }),
    endpoint({
      method: 'get',
      path: campaignPaths.uses(':id'),
      summary: 'The campaign’s cases, as far as the viewer may see each.',
      params: oneCampaign,
      async handle({ viewer, params }) {
        const campaign = await campaignFor(viewer, params.id);
        const ended = await endExpiredUses(campaign);
        const now = ended > 0 ? await campaignFor(viewer, params.id) : campaign;
        return { data: await presentUses(viewer, now) };
      },
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.uses(':id'),
      summary: 'Choose cases, all or none; each waits for its do-no-harm check and is used nowhere.',
      params: oneCampaign,
      body: useChoose,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(viewer, await chooseCases(viewer, params.id, body)),
    }),
    endpoint({
      method: 'post',
      path: campaignPaths.check(':id', ':caseId'),
      summary: 'Answer the do-no-harm check of a chosen case: from then on it is used.',
      params: oneUse,
      body: useCheck,
      handle: async ({ viewer, params, body }) =>
        presentCampaign(
          viewer,
          await checkUse(viewer, params.id, params.caseId, body),
          warningsAbout(body, freeText),
        ),
    }),
    endpoint({
      method: 'delete',
      path: campaignPaths.use(':id', ':caseId'),
      summary: 'Use the case no more.',
      params: oneUse,
      handle: async ({ viewer, params }) =>
        presentCampaign(viewer, await takeOut(viewer, params.id, params.caseId)),
    }),
  ]);
