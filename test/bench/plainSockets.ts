// Duty: plain Socket.IO to measure against, a process of its own: a POST is told to everybody and kept nowhere.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { id: string };
  io.emit('change', 'case.logged', { id, version: 1, actor: null });
  response.statusCode = 201;
  response.end('{}');
});
const io = new Server(http, { serveClient: false });
http.listen(0, '127.0.0.1', () => {
  console.log(`plain at http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
