// Duty: the two baselines, run as a process of their own: Express with a prebuilt body, and node:http with the driver and no policy.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openBare } from './bareCreate.ts';
import { readBody } from './readBody.ts';

const { BASELINE_URI, BASELINE_BYTES } = process.env;
function answer(port: number): void {
  console.log(`baseline at http://127.0.0.1:${port}`);
}

if (BASELINE_URI) {
  const { cases, create } = await openBare(BASELINE_URI);
  const server = createServer(async (request, response) => {
    let body: unknown;
    if (request.method === 'POST') {
      const stored = await create(await readBody(request));
      body = { _id: stored._id, reference: stored.reference };
    } else {
      const url = new URL(request.url ?? '/', 'http://baseline');
      const { group, filter, sort, limit, projection } = JSON.parse(url.searchParams.get('question') ?? '{}');
      body = group
        ? await cases.aggregate([{ $group: group }]).toArray()
        : await cases.find(filter, { sort, limit, projection }).toArray();
    }
    if (request.method === 'POST') response.statusCode = 201;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1', () => answer((server.address() as AddressInfo).port));
} else {
  const body = JSON.stringify({ data: 'x'.repeat(Math.max(1, Number(BASELINE_BYTES) - 11)) });
  const app = express();
  app.get('/', (_request, response) => {
    response.type('json').send(body);
  });
  const server = app.listen(0, '127.0.0.1', () => answer((server.address() as AddressInfo).port));
}
