// Duty: the map's doors. Everything but the shapes is the viewer's own scope.
import { gunzipSync } from 'node:zlib';
import { caseFilter } from '../../../shared/cases.ts';
import {
  briefingParams,
  briefingQuery,
  mapAreasQuery,
  mapCasesQuery,
  mapClustersQuery,
} from '../../../shared/map.ts';
import { sendMade } from '../../files/send.ts';
import { type Endpoint, endpoint, publicEndpoint, streamed } from '../../http/endpoint.ts';
import { printed } from '../../pdf/printer.ts';
import { advocacyFor } from './advocacy.queries.ts';
import { briefingFor } from './briefing.queries.ts';
import { areasFor, casesAtPlaces, clustersFor, mapFacetsFor } from './map.queries.ts';
import { mapShapes } from './shapes.ts';

export const mapRoutes: Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/api/map/clusters',
    summary: 'Circles of the cases in a box, and the cases one by one where they are few enough.',
    query: mapClustersQuery,
    async handle({ viewer, query, http: { request, response } }) {
      const body = await clustersFor(viewer, query);
      response.vary('Accept-Encoding').type('json');
      if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').end(body);
      else response.end(gunzipSync(body));
      return streamed;
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/map/areas',
    summary: 'One number per municipality: cases, open, late, or per 1,000 persons declared in the census.',
    query: mapAreasQuery,
    handle: async ({ viewer, query }) => ({ data: await areasFor(viewer, query) }),
  }),
  endpoint({
    method: 'get',
    path: '/api/map/facets',
    summary: 'How many cases each choice of each filter would leave, and cases per month.',
    query: caseFilter,
    handle: async ({ viewer, query }) => ({ data: await mapFacetsFor(viewer, query) }),
  }),
  endpoint({
    method: 'get',
    path: '/api/map/cases',
    summary: 'The cases at some places, newest first, or the one of a reference.',
    query: mapCasesQuery,
    handle: ({ viewer, query }) => casesAtPlaces(viewer, query),
  }),
  endpoint({
    method: 'get',
    path: '/api/map/advocacy',
    summary:
      'Commitments, letters, campaigns and issues by municipality: counts, what is stuck, who is to move.',
    handle: async ({ viewer }) => ({ data: await advocacyFor(viewer) }),
  }),
  endpoint({
    method: 'get',
    path: '/api/map/briefing/:municipality',
    summary:
      'One printed page for the meeting with a municipality. No case, nobody by name, no small number.',
    recordedAs: 'export',
    params: briefingParams,
    query: briefingQuery,
    async handle({ viewer, params, query, http: { response } }) {
      const briefing = await briefingFor(viewer, params.municipality);
      return sendMade(response, {
        content: await printed<typeof import('./briefingPdf.ts')>(
          new URL('./briefingPdf.ts', import.meta.url),
          { briefing, language: query.language },
        ),
        mediaType: 'application/pdf',
        name: `${params.municipality}-${briefing.today}.pdf`,
      });
    },
  }),
  publicEndpoint({
    method: 'get',
    path: '/api/map/shapes',
    summary: 'Outlines of the seven municipalities and of Kosovo, with their attribution.',
    async handle({ http: { request, response } }) {
      const { body, tag } = await mapShapes();
      response.set('Cache-Control', 'public, max-age=86400').set('ETag', tag);
      if (request.headers['if-none-match'] === tag) response.status(304).end();
      else response.type('json').send(body);
      return streamed;
    },
  }),
];
