// Duty: a baseline's request body, parsed. No limits: only the bench asks.
import type { IncomingMessage } from 'node:http';
import type { Document } from 'mongodb';

export async function readBody(request: IncomingMessage): Promise<Document> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Document;
}
