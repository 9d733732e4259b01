// Duty: the two baselines, run as a process of their own: Express with a prebuilt body, and node:http with the driver and no policy.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Document, MongoClient } from 'mongodb';

const { BASELINE_URI, BASELINE_BYTES } = process.env;
type Stored = Document & { _id: string };

function answer(port: number): void {
  console.log(`baseline at http://127.0.0.1:${port}`);
}

async function readBody(request: IncomingMessage): Promise<Document> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Document;
}

if (BASELINE_URI) {
  const client = await new MongoClient(BASELINE_URI, { maxPoolSize: 20 }).connect();
  const database = client.db('kosint');
  const cases = database.collection<Stored>('cases');
  // What is created costs as many bytes and index entries as a case does.
  const created = database.collection<Stored>('baseline');
  const template = (await cases.findOne({}, { sort: { loggedAt: -1 } }))!;
  for (const { v: _v, name: _name, key, ...options } of await cases.indexes())
    if (!('_id' in key && Object.keys(key).length === 1)) await created.createIndex(key, options);
  let made = Date.now();
  const server = createServer(async (request, response) => {
    let body: unknown;
    if (request.method === 'POST') {
      const { id, ...fields } = await readBody(request);
      made += 1;
      const stored = { ...template, ...fields, _id: String(id), reference: `BAS-${made}` };
      await created.insertOne(stored);
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
