// Duty: what comes over the socket and is no proper message ends its own connection and nothing else.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { crc32c } from '../../server/database/embedded/crc32c.ts';
import { Engine } from '../../server/database/embedded/engine.ts';
import { Server } from '../../server/database/embedded/server.ts';

function message(flags: number, sections: Buffer, checksum = false): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(20 + sections.length + (checksum ? 4 : 0), 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags | (checksum ? 1 : 0), 16);
  const whole = Buffer.concat([head, sections]);
  if (!checksum) return whole;
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32c(whole));
  return Buffer.concat([whole, sum]);
}

function withOperation(whole: Buffer, operation: number): Buffer {
  whole.writeInt32LE(operation, 12);
  return whole;
}

const body = (doc: object) => Buffer.concat([Buffer.from([0]), BSON.serialize(doc)]);
const ping = body({ ping: 1, $db: 'admin' });

function sequence(name: string, docs: object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs.map((doc) => BSON.serialize(doc))]);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

describe('The wire', () => {
  let dir: string;
  let engine: Engine;
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wire-'));
    engine = new Engine(dir);
    server = new Server(engine, { log: () => {} });
    port = await server.listen({ port: 0 });
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  after(async () => {
    await server.close();
    await engine.close();
    rmSync(dir, { recursive: true });
  });

  function open(): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  }

  /** The body of the answer, or undefined when the connection was closed instead. */
  function ask(bytes: Buffer, socket = open()): Promise<BSON.Document | undefined> {
    return new Promise((resolve) => {
      let held = Buffer.alloc(0);
      const take = (chunk: Buffer) => {
        held = Buffer.concat([held, chunk]);
        if (held.length < 16 || held.length < held.readInt32LE(0)) return;
        socket.off('data', take);
        resolve(BSON.deserialize(held.subarray(21)));
      };
      socket.on('data', take);
      socket.once('close', () => resolve(undefined));
      socket.write(bytes);
    });
  }

  it('answers a proper message, with a checksum or without', async () => {
    expect(await ask(message(0, ping))).to.include({ ok: 1 });
    expect(await ask(message(0, ping, true))).to.include({ ok: 1 });
  });

  it('knows the checksum of the standard', () => {
    expect(crc32c(Buffer.from('123456789'))).to.equal(0xe3069283);
  });

  it('takes documents as a sequence, and answers nothing to who wants no answer', async () => {
    const socket = open();
    const insert = body({ insert: 'things', $db: 'test' });
    socket.write(message(2, Buffer.concat([insert, sequence('documents', [{ _id: 1 }, { _id: 2 }])])));
    const count = await ask(message(0, body({ count: 'things', $db: 'test' })), socket);
    expect(count).to.include({ n: 2 });
  });

  it('reads a message that arrives byte by byte', async () => {
    const socket = open();
    const whole = message(0, ping);
    for (const byte of whole.subarray(0, -1)) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ask(whole.subarray(-1), socket)).to.include({ ok: 1 });
  });

  const broken: [string, () => Buffer][] = [
    ['a wrong checksum', () => Buffer.concat([message(0, ping, true).subarray(0, -1), Buffer.from([0x55])])],
    ['an impossible length', () => Buffer.alloc(16, 0xff)],
    ['a length of nothing', () => Buffer.alloc(16)],
    ['an unknown flag', () => message(1 << 5, ping)],
    ['an unknown section', () => message(0, Buffer.from([9, 0, 0, 0, 0]))],
    ['no body', () => message(0, sequence('documents', []))],
    ['two bodies', () => message(0, Buffer.concat([ping, ping]))],
    ['a body that is cut off', () => message(0, ping.subarray(0, -3))],
    ['a compressed message', () => withOperation(message(0, ping), 2012)],
  ];
  for (const [what, bytes] of broken) {
    it(`closes the connection that sends ${what}, and no other`, async () => {
      const other = open();
      expect(await ask(message(0, ping), other)).to.include({ ok: 1 });
      expect(await ask(bytes())).to.equal(undefined);
      expect(await ask(message(0, ping), other)).to.include({ ok: 1 });
    });
  }

  it('refuses a damaged document without storing it', async () => {
    const bad = Buffer.from(BSON.serialize({ _id: 5, a: 'text' }));
    bad.writeInt32LE(99, bad.indexOf('text') - 4);
    const content = Buffer.concat([Buffer.from('documents\0'), bad]);
    const head = Buffer.alloc(5);
    head[0] = 1;
    head.writeInt32LE(content.length + 4, 1);
    const reply = await ask(
      message(0, Buffer.concat([body({ insert: 'damaged', $db: 'test' }), head, content])),
    );
    expect(reply).to.have.nested.property('writeErrors[0].code', 22);
    expect(await ask(message(0, body({ count: 'damaged', $db: 'test' })))).to.include({ n: 0 });
  });

  it('outlives random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 80 }), async (noise) => {
        const bytes = message(0, Buffer.from(noise));
        await ask(bytes);
        expect(await ask(message(0, ping))).to.include({ ok: 1 });
      }),
      { numRuns: 60 },
    );
  });
});
