// Duty: listens, and serves each connection one request after the other. A malformed message ends its own connection only.
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { ChangeMarks } from './changeMarks.ts';
import type { Caller } from './commands/command.ts';
import { Dispatcher, type Log } from './dispatch.ts';
import type { Engine } from './engine.ts';
import type { Credentials } from './scram.ts';
import { encodeReply, MessageReader, parseMessage, WireError } from './wire.ts';

export type Address = { socket: string } | { port: number };

export class Server {
  readonly #dispatcher: Dispatcher;
  readonly #mustSignIn: boolean;
  readonly #log: Log;
  readonly #listener: NetServer;
  readonly #connections = new Set<Socket>();
  #connectionId = 0;
  #replyId = 0;
  #closing = false;
  #running = 0;

  constructor(
    engine: Engine,
    options: { credentials?: Credentials | undefined; log: Log; marks?: ChangeMarks },
  ) {
    this.#log = options.log;
    this.#mustSignIn = options.credentials !== undefined;
    this.#dispatcher = new Dispatcher(engine, options.credentials, options.log, options.marks);
    this.#listener = createServer((socket) => this.#serve(socket));
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Resolves with the port, or 0 for a socket file. TCP binds the loopback only. */
  listen(address: Address): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#listener.once('error', reject);
      const ready = () => {
        const bound = this.#listener.address();
        resolve(typeof bound === 'object' && bound ? bound.port : 0);
      };
      if ('socket' in address) this.#listener.listen(address.socket, ready);
      else this.#listener.listen(address.port, '127.0.0.1', ready);
    });
  }

  /** Takes no more requests, lets those under way finish, for at most five seconds. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#listener.close();
    const patience = Date.now() + 5_000;
    while (this.#running > 0 && Date.now() < patience)
      await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of this.#connections) socket.destroy();
  }

  #serve(socket: Socket): void {
    const caller: Caller = {
      connectionId: ++this.#connectionId,
      user: undefined,
      application: undefined,
      mustSignIn: this.#mustSignIn,
      conversation: undefined,
    };
    this.#connections.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => socket.destroy());
    const reader = new MessageReader();
    let busy = false;
    const work = async () => {
      if (busy) return;
      busy = true;
      // While a request runs, the socket is not read: a client cannot fill memory faster than it is served.
      socket.pause();
      try {
        for (let message = reader.next(); message && !this.#closing; message = reader.next()) {
          await this.#request(socket, message, caller);
        }
      } catch (error) {
        this.#log('connection closed', { connection: caller.connectionId, reason: (error as Error).message });
        socket.destroy();
        if (!(error instanceof WireError)) throw error;
      } finally {
        busy = false;
        socket.resume();
      }
    };
    socket.on('data', (chunk) => {
      reader.push(chunk);
      void work();
    });
  }

  async #request(socket: Socket, message: Buffer, caller: Caller): Promise<void> {
    const request = parseMessage(message);
    this.#running++;
    try {
      const body = await this.#dispatcher.answer(request, caller);
      if (request.silent || socket.destroyed) return;
      const flushed = socket.write(encodeReply(request, body, ++this.#replyId));
      if (!flushed) await drained(socket);
    } finally {
      this.#running--;
    }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
