// Duty: describe every mounted endpoint as OpenAPI 3.1, from the very schemas that check requests. No words of its own about any.
import { z } from 'zod';
import { type Endpoint, publicEndpoint } from './endpoint.ts';

type Json = Record<string, unknown>;

/** What a schema accepts, as JSON Schema; what only code can check is left open. */
function accepted(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
}

function parametersOf(endpoint: Endpoint): Json[] {
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const partOf = (schema: z.ZodType | undefined) =>
    schema ? (accepted(schema) as { properties?: Json; required?: string[] }) : {};
  const params = partOf(endpoint.params);
  const query = partOf(endpoint.query);
  return [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: params.properties?.[name] ?? { type: 'string' },
    })),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query.required?.includes(name) ?? false,
      schema,
    })),
  ];
}

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

function operationOf(endpoint: Endpoint): Json {
  const success = String(endpoint.status ?? 200);
  const slice = endpoint.path.split('/')[2] ?? 'api';
  const hasInput = endpoint.body ?? endpoint.query;
  return {
    summary: endpoint.summary,
    tags: [slice],
    operationId: `${endpoint.method} ${endpoint.path}`.replace(/[^a-zA-Z0-9]+/g, '_'),
    parameters: parametersOf(endpoint),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: accepted(endpoint.body) } },
          },
        }
      : {}),
    ...(endpoint.access === 'public' ? { security: [] } : {}),
    responses: {
      [success]: { description: 'Done.' },
      ...(endpoint.status ? {} : { 204: { description: 'Done; there is nothing to say.' } }),
      ...(endpoint.access === 'signedIn' ? { 401: refusal('Not signed in.') } : {}),
      403: refusal('Visible, but not for this viewer to do; or sent from another site.'),
      404: refusal('Not there, or not for this viewer to see.'),
      ...(hasInput ? { 422: refusal('Not as described; `faults` names each field.') } : {}),
      429: refusal('Too often; `Retry-After` says when again.'),
    },
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'requestId'],
      properties: {
        code: { type: 'string', description: 'Machine code, e.g. `case.stale`.' },
        requestId: { type: 'string' },
        faults: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'code'],
            properties: {
              path: { type: 'array', items: { type: ['string', 'integer'] } },
              code: { type: 'string' },
              params: { type: 'object' },
            },
          },
        },
        extra: {
          type: 'object',
          description: 'What helps the reader of this code, e.g. both sides of a conflict.',
        },
      },
    },
  },
};

function describeApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'KOSINT Tracker',
      version: '1',
      description:
        'Answers are `{ data, abilities }`, lists `{ data, next, total }`. State-changing requests from outside a browser need the header `X-Requested-With`.',
    },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'kosint.sid' } },
      schemas: { Error: errorSchema },
    },
  };
}

/** Describes what the list holds when it is first asked for, itself too. */
export function openApiEndpoint(endpoints: readonly Endpoint[]): Endpoint {
  let described: Json | null = null;
  return publicEndpoint({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description.',
    async handle() {
      described ??= describeApi(endpoints);
      return described;
    },
  });
}
