// Duty: a command that is written while its connection is being closed fails at once, so that nobody waits for ever.
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { mendBrokenConnections } from '../../server/database/brokenConnections.ts';
import { type RunningDatabase, startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';

describe('A connection that is being closed', function () {
  this.timeout(30_000);
  let dir: string;
  let database: RunningDatabase;
  let client: MongoClient;
  const write = Socket.prototype.write;

  before(async () => {
    mendBrokenConnections();
    dir = mkdtempSync(join(tmpdir(), 'broken-'));
    database = await startEmbeddedDatabase({ dir });
    client = await new MongoClient(database.uri).connect();
  });
  after(async () => {
    Socket.prototype.write = write;
    await client.close();
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('fails what is written to it, and the next command takes another', async () => {
    const things = client.db('test').collection<{ _id: string }>('things');
    await things.insertOne({ _id: 'before' });
    let broken = 0;
    Socket.prototype.write = function (this: Socket, ...sent: unknown[]) {
      if (sent[0] instanceof Uint8Array && Buffer.from(sent[0]).includes('in-the-moment')) {
        broken += 1;
        // As when the other side ended: the socket is gone already, and will say so only later.
        this.destroy();
      }
      return Reflect.apply(write, this, sent);
    } as typeof write;
    const outcome = await Promise.race([
      things.insertOne({ _id: 'in-the-moment' }).then(
        () => 'saved',
        (error: Error) => error.name,
      ),
      pause(5_000, 'waits for ever'),
    ]);
    Socket.prototype.write = write;
    expect(broken).to.equal(1);
    expect(outcome).to.equal('MongoNetworkError');
    expect(await things.countDocuments({})).to.equal(1);
  });
});
