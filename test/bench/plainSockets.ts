// Duty: plain Socket.IO to measure against, a process of its own: a POST is told to everybody, and before that kept where there is a database.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { openBare } from './bareCreate.ts';
import { readBody } from './readBody.ts';

const { BASELINE_URI } = process.env;
const database = BASELINE_URI ? await openBare(BASELINE_URI) : null;

const http = createServer(async (request, response) => {
  const body = await readBody(request);
  await database?.create(body);
  io.emit('change', 'case.logged', { id: body.id, version: 1, actor: null });
  response.statusCode = 201;
  response.end('{}');
});
const io = new Server(http, { serveClient: false });
http.listen(0, '127.0.0.1', () => {
  console.log(`plain at http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
