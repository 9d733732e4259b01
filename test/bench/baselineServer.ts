// Duty: the two baselines, run as a process of their own: Express with a prebuilt body, and node:http with the driver and no policy.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Document, MongoClient } from 'mongodb';

const { BASELINE_URI, BASELINE_BYTES } = process.env;

function answer(port: number): void {
  console.log(`baseline at http://127.0.0.1:${port}`);
}

if (BASELINE_URI) {
  const client = await new MongoClient(BASELINE_URI, { maxPoolSize: 20 }).connect();
  const database = client.db('kosint');
  const cases = database.collection<Document & { _id: string }>('cases');
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://baseline');
    const { filter, sort, limit, projection } = JSON.parse(url.searchParams.get('find') ?? '{}');
    let body: unknown;
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const made = JSON.parse(Buffer.concat(chunks).toString());
      await database.collection('baseline').insertOne(made);
      body = made;
    } else {
      body = await cases.find(filter, { sort, limit, projection }).toArray();
    }
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
