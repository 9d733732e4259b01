// Duty: before the built server starts, give it one more door: a body of so many bytes, behind the same session, policy and audit as every other.

// Named at run time: what is built may not be there yet, and is no source.
/** @param {string} path */
const built = (path) => import(new URL(`../../dist/server/${path}`, import.meta.url).href);
const { mapRoutes } = await built('features/map/map.routes.js');
const { endpoint, JsonText } = await built('http/endpoint.js');

const bodies = new Map();

mapRoutes.push(
  endpoint({
    method: 'get',
    path: '/api/static/:bytes',
    summary: 'For measuring.',
    /** @param {{ http: { request: { params: Record<string, string> } } }} parts */
    async handle({ http }) {
      const { bytes } = http.request.params;
      const known =
        bodies.get(bytes) ?? new JsonText(JSON.stringify({ data: 'x'.repeat(Number(bytes) - 11) }));
      bodies.set(bytes, known);
      return known;
    },
  }),
);
