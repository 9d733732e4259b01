// Duty: the restore drill where MONGODB_URI names the database: there, back, and between it and a folder. The embedded database on a port plays the MongoDB.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Binary, Decimal128, Double, Long, MongoClient, ObjectId, Timestamp, UUID } from 'mongodb';
import { sealing, unsealing } from '../../server/backup/sealed.ts';
import {
  type RunningDatabase,
  startDatabase,
  startEmbeddedDatabase,
} from '../../server/database/embedded/supervisor.ts';
import { projectRoot } from '../../server/root.ts';
import { newId } from '../../shared/api.ts';
import { type Account, signedIn } from '../support/crowd.ts';
import { form, pdf, photo } from '../support/files.ts';
import { runProgram, startServerProcess } from '../support/programs.ts';

const passphrase = 'a passphrase of the drill';
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What a driver would change if it read values as numbers of JavaScript. */
const precious = {
  _id: new ObjectId(),
  long: Long.fromString('9007199254740993'),
  smallLong: Long.fromNumber(5),
  double: new Double(5),
  minusZero: new Double(-0),
  decimal: Decimal128.fromString('1.10'),
  uuid: new UUID(),
  bytes: new Binary(Buffer.from([1, 2, 3]), 0x80),
  time: new Timestamp({ t: 7, i: 3 }),
  pattern: /^a.b$/i,
  nothing: null,
  at: new Date(0),
  list: [{ z: 1, a: [Long.fromNumber(1)] }],
};

interface Content {
  records: string[];
  indexes: unknown;
  options: unknown;
}

/** Every record of every collection by its bytes, every index, every option. */
async function contentOf(db: ReturnType<MongoClient['db']>): Promise<Record<string, Content>> {
  const content: Record<string, Content> = {};
  for (const { name, type, options } of await db.listCollections({}, { nameOnly: false }).toArray()) {
    const records: string[] = [];
    for await (const bytes of db.collection(name).find({}, { raw: true }))
      records.push(sha(bytes as unknown as Uint8Array));
    const indexes = type === 'view' ? [] : await db.collection(name).indexes();
    content[name] = { records: records.sort(), indexes, options };
  }
  return content;
}

describe('Backup and restore with MONGODB_URI', function () {
  this.timeout(120_000);
  let folder: string;
  let mongo: RunningDatabase;
  let client: MongoClient;
  let caseId: string;
  let activist: Account;
  let office: Record<string, Content>;
  const evidence: { id: string; sha: string }[] = [];

  const path = (name: string) => join(folder, name);
  const uriOf = (name: string) => mongo.uri.replace('/?', `/${name}?`);
  /** `place` names both the database and the data folder. */
  const at = (place: string) => ({ DATA_DIR: path(place), MONGODB_URI: uriOf(place) });
  const run = (program: string, args: string[], env: Record<string, string>) =>
    runProgram(`server/cli/${program}.ts`, args, { MONGODB_URI: '', BACKUP_PASSPHRASE: passphrase, ...env });
  const restore = (file: string, env: Record<string, string>) => run('restore', [path(file)], env);
  const collectionsOf = (name: string) => client.db(name).listCollections().toArray();

  async function evidenceOf(url: string, id: string): Promise<string> {
    const headers = { Cookie: activist.cookie };
    const answer = await fetch(`${url}/api/cases/${caseId}/evidence/${id}`, { headers });
    expect(answer.status).to.equal(200);
    return sha(Buffer.from(await answer.arrayBuffer()));
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'drill-'));
    mongo = await startDatabase({ dir: path('mongo'), port: 0 });
    client = await MongoClient.connect(mongo.uri);
    const server = await startServerProcess({ ...at('office'), SEED: 'example' });
    try {
      activist = await signedIn(server.url, 'activist');
      const headers = { Cookie: activist.cookie, 'X-Requested-With': 'test' };
      const list = await fetch(`${server.url}/api/cases`, { headers });
      caseId = ((await list.json()) as { data: { id: string }[] }).data[0]!.id;
      for (const content of [await photo(900, 700), pdf()]) {
        const id = newId();
        const sent = await fetch(`${server.url}/api/cases/${caseId}/evidence?id=${id}`, {
          method: 'POST',
          headers,
          body: form(content),
        });
        expect(sent.status, await sent.text()).to.equal(201);
        evidence.push({ id, sha: await evidenceOf(server.url, id) });
      }
    } finally {
      await server.stop();
    }
    const db = client.db('office');
    await db.collection('precious').insertOne(precious);
    await db.collection('precious').createIndex(
      { 'list.z': -1, long: 1 },
      {
        name: 'own name',
        unique: true,
        partialFilterExpression: { long: { $gt: 3 } },
      },
    );
    await db.createCollection('aView', { viewOn: 'precious', pipeline: [{ $match: { smallLong: 5 } }] });
    office = await contentOf(db);
    expect(office.aView!.records).to.have.length(1);
    expect(Object.keys(office).length).to.be.greaterThan(15);
    expect(office['evidence.chunks']!.records).to.have.length.greaterThan(2);
    const made = await run('backup', [path('made'), '--with-vault-key'], at('office'));
    expect(made, made.errors).to.include({ code: 0 });
    expect(made.out).to.match(/From MongoDB, one collection after the other/);
  });
  after(async () => {
    await client?.close();
    await mongo?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('brings every record, index and file into an empty database; verify and the server there agree', async () => {
    const restored = await restore('made', at('again'));
    expect(restored, restored.errors).to.include({ code: 0 });
    expect(await contentOf(client.db('again'))).to.deep.equal(office);
    const secrets = readdirSync(path('office')).filter((name) => /-(secret|key)$/.test(name));
    expect(secrets).to.include.members(['vault-key', 'session-secret']);
    for (const name of secrets)
      expect(readFileSync(join(path('again'), name)), name).to.deep.equal(
        readFileSync(join(path('office'), name)),
      );
    expect(existsSync(join(path('again'), 'database'))).to.equal(false);
    const verified = await run('verify', [], at('again'));
    expect(verified.out + verified.errors).to.match(/ 9 files, \d+ entries .*: everything agrees\./);
    const server = await startServerProcess({ ...at('again'), SEED: 'example' });
    try {
      for (const { id, sha: expected } of evidence)
        expect(await evidenceOf(server.url, id)).to.equal(expected);
    } finally {
      await server.stop();
    }
  });

  it('brings it into a folder, and from that folder into another database', async () => {
    const intoFolder = await restore('made', { DATA_DIR: path('folder') });
    expect(intoFolder, intoFolder.errors).to.include({ code: 0 });
    const embedded = await startEmbeddedDatabase({ dir: join(path('folder'), 'database') });
    const there = await MongoClient.connect(embedded.uri);
    expect(await contentOf(there.db('kosint'))).to.deep.equal(office);
    await there.close();
    await embedded.stop();
    const made = await run('backup', [path('from-folder')], { DATA_DIR: path('folder') });
    expect(made, made.errors).to.include({ code: 0 });
    const restored = await restore('from-folder', at('third'));
    expect(restored, restored.errors).to.include({ code: 0 });
    expect(await contentOf(client.db('third'))).to.deep.equal(office);
  });

  it('touches no database that has records, and takes the place of empty collections', async () => {
    await client.db('full').collection<{ _id: string }>('mine').insertOne({ _id: 'mine' });
    const refused = await restore('made', at('full'));
    expect(refused.code).to.equal(1);
    expect(refused.errors).to.match(/^The database full has records already.*\n$/);
    expect((await collectionsOf('full')).map(({ name }) => name)).to.deep.equal(['mine']);
    expect(existsSync(path('full'))).to.equal(false);
    // As a server leaves them that was started there once.
    await client.db('started').collection('cases').createIndex({ other: 1 });
    const restored = await restore('made', at('started'));
    expect(restored, restored.errors).to.include({ code: 0 });
    expect(await contentOf(client.db('started'))).to.deep.equal(office);
  });

  it('leaves no record behind when the file is cut off, even at its very end', async () => {
    const whole = readFileSync(path('made'));
    await writeFile(path('cut'), whole.subarray(0, whole.length - 500));
    // Sealed anew without its last frame: all records are in, and then it proves not to be whole.
    const plain = await buffer(
      Readable.from(unsealing(passphrase)(createReadStream(path('made')))).pipe(createGunzip()),
    );
    const end = Buffer.from(JSON.stringify({ files: readFilesCount(plain) }));
    const endless = gzipSync(plain.subarray(0, plain.length - 5 - end.length));
    await writeFile(path('endless'), Readable.from(sealing(passphrase)(Readable.from([endless]))));
    for (const file of ['cut', 'endless']) {
      const refused = await restore(file, at('torn'));
      expect(refused.code, file).to.equal(1);
      expect(await collectionsOf('torn'), file).to.deep.equal([]);
      expect(existsSync(path('torn')), file).to.equal(false);
    }
    const restored = await restore('made', at('torn'));
    expect(restored, restored.errors).to.include({ code: 0 });
  });

  describe('A restore that is killed half-way', () => {
    const records = (name: string) => client.db(name).collection('cases').countDocuments();
    /** Fills the place with one record and waits there, in a process of its own. */
    async function halfRestored(name: string): Promise<ChildProcess> {
      const program = `import { BSON } from 'bson';
        import { holdMongo } from './server/backup/mongoPlace.ts';
        const of = { database: 'x', collection: 'cases' };
        async function* parts() {
          yield { kind: 'collection', prelude: { ...of, metadata: '{}' } };
          yield { kind: 'document', ...of, bytes: BSON.serialize({ _id: 'half' }) };
          yield { kind: 'end', ...of };
          console.log('half');
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        }
        await (await holdMongo(${JSON.stringify(uriOf(name))})).fill(parts());`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      expect(await records(name)).to.equal(1);
      return child;
    }
    const killed = async (child: ChildProcess) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };

    it('holds off a second one while it lives, and servers and backups until one is whole', async () => {
      const child = await halfRestored('half');
      const second = await restore('made', at('half'));
      expect(second.code).to.equal(1);
      expect(second.errors).to.match(/^Another restore into the database half is under way\.\n$/);
      expect(await records('half')).to.equal(1);
      await killed(child);
      const [server, backup] = [
        await startServerProcess(at('half')).then(
          () => 'started',
          (error: Error) => error.message,
        ),
        await run('backup', [path('of-half')], { DATA_DIR: path('office'), MONGODB_URI: uriOf('half') }),
      ];
      expect(server).to.match(/ended with 1: The database half is half restored: .*npm run restore.*\n$/);
      expect(backup.code).to.equal(1);
      expect(backup.errors).to.match(/^The database half is half restored/);
      expect(existsSync(path('half'))).to.equal(false);
      expect(existsSync(path('of-half'))).to.equal(false);
      const whole = readFileSync(path('made'));
      await writeFile(path('cut-half'), whole.subarray(0, whole.length - 500));
      const cut = await restore('cut-half', at('half'));
      expect(cut.code).to.equal(1);
      expect(cut.errors).to.not.match(/not empty/);
      expect(await collectionsOf('half')).to.deep.equal([]);
    });

    it('is begun anew by the next, which needs nobody’s hand', async () => {
      await killed(await halfRestored('anew'));
      // As when it is killed after its folder is in place, and before its database says that it is whole.
      const mark = await client.db('anew').collection('unfinishedRestore').findOne();
      rmSync(path('anew'), { recursive: true, force: true });
      mkdirSync(path('anew'));
      writeFileSync(path('anew/.restore.unfinished'), mark!.id as string);
      writeFileSync(path('anew/vault-key'), 'of the killed one');
      const began = performance.now();
      const restored = await restore('made', at('anew'));
      expect(restored, restored.errors).to.include({ code: 0 });
      expect(performance.now() - began).to.be.below(15_000);
      expect(await contentOf(client.db('anew'))).to.deep.equal(office);
      expect(readdirSync(path('anew')))
        .to.include.members(['session-secret', 'vault-key'])
        .and.to.not.include('.restore.unfinished');
      expect(readFileSync(path('anew/vault-key'))).to.deep.equal(readFileSync(path('office/vault-key')));
    });

    it('gives no folder of others away, and stays marked when the next one is refused', async () => {
      await killed(await halfRestored('kept'));
      mkdirSync(path('kept'));
      writeFileSync(path('kept/mine'), 'mine');
      writeFileSync(path('kept/.restore.unfinished'), 'of another restore');
      const refused = await restore('made', at('kept'));
      expect(refused.code).to.equal(1);
      expect(refused.errors).to.match(/^The folder .* is not empty.*\n$/);
      expect(readFileSync(path('kept/mine'), 'utf8')).to.equal('mine');
      expect((await collectionsOf('kept')).map(({ name }) => name)).to.have.members([
        'cases',
        'unfinishedRestore',
      ]);
    });
  });

  it('is asked once, by the first process alone, whether it is half restored', async () => {
    const { hostname, port } = new URL(mongo.uri);
    let asked = 0;
    const between = createServer((socket) => {
      const onward = connect(Number(port), hostname);
      socket.on('data', (bytes) => {
        asked += bytes.toString('latin1').split('find\0\x12\0\0\0unfinishedRestore\0').length - 1;
      });
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward]) end.on('error', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const through = new URL(uriOf('office'));
    through.port = String((between.address() as AddressInfo).port);
    try {
      const server = await startServerProcess({ ...at('office'), MONGODB_URI: through.href, WORKERS: '2' });
      await server.stop();
    } finally {
      between.close();
    }
    expect(asked).to.equal(1);
  });

  it('are told by `npm run verify` which file lacks a piece', async () => {
    const chunks = client.db('office').collection('evidence.chunks');
    const chunk = (await chunks.findOne({ n: 0 }))!;
    await chunks.deleteOne({ _id: chunk._id });
    const verified = await run('verify', [], at('office'));
    await chunks.insertOne(chunk);
    expect(verified.code).to.equal(1);
    expect(verified.out).to.match(/^file \S+: 0 of \d+ bytes\n\w+ .* its file .* is missing\n/);
  });

  it('with one line each when no database answers or there is no data folder', async () => {
    const away = 'mongodb://127.0.0.1:1/office?serverSelectionTimeoutMS=50';
    const answers = await Promise.all([
      run('backup', [path('no')], { DATA_DIR: path('office'), MONGODB_URI: away }),
      run('restore', [path('made')], { DATA_DIR: path('away'), MONGODB_URI: away }),
      run('backup', [path('no')], at('nowhere')),
    ]);
    for (const { code, errors } of answers) {
      expect(code).to.equal(1);
      expect(errors).to.match(/^.*(ECONNREFUSED|no such data folder).*\n$/);
    }
    for (const left of ['no', 'away', 'nowhere']) expect(existsSync(path(left)), left).to.equal(false);
  });
});

/** As the bundle's last frame says. */
function readFilesCount(plain: Buffer): number {
  const at = plain.lastIndexOf('{"files":');
  return (JSON.parse(plain.subarray(at).toString()) as { files: number }).files;
}
