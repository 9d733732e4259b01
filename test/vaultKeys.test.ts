// Duty: prove how the vault's keys are kept, proved at start and rotated, over the real database.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { IdentityModel } from '../server/features/identities/identities.model.ts';
import { placeOf } from '../server/features/identities/sealedPlaces.ts';
import { matchValue, ringOf, seal, unseal } from '../server/features/identities/sealing.ts';
import { keyRing, openVault, VaultRefused } from '../server/features/identities/vaultKeys.ts';
import { checkVault, rotateVault } from '../server/features/identities/vaultRotation.ts';
import { log } from '../server/log.ts';
import { newId } from '../shared/api.ts';
import { emptyDatabase } from './support/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosint-vault-'));
const file = join(folder, 'vault-key');
const source = { variable: undefined, file };
const noWait = 0;

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).to.be.instanceOf(VaultRefused);
  return (error as Error).message;
}

/** Everything in the database, to compare before and after. */
async function everything(): Promise<string> {
  const database = mongoose.connection.db!;
  const names = (await database.listCollections().toArray()).map(({ name }) => name).sort();
  const contents = await Promise.all(
    names.map(async (name) => [name, await database.collection(name).find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify(contents);
}

async function plant(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const [at, id] of ids.entries()) {
    const ring = keyRing();
    const phone = `044 100 ${String(at).padStart(3, '0')}`;
    await IdentityModel.create({
      _id: id,
      version: 1,
      changedAt: new Date(),
      fields: {
        name: seal(ring, placeOf('identities', id, 'name'), `Planted ${at}`),
        phone: {
          ...seal(ring, placeOf('identities', id, 'phone'), phone),
          match: matchValue(ring.current, 'phone', phone),
        },
      },
    });
  }
  return ids;
}

async function nameOf(id: string): Promise<string> {
  const record = await IdentityModel.findOne({ _id: id }).lean();
  return unseal(keyRing(), placeOf('identities', id, 'name'), record!.fields.name!);
}

describe("The vault's keys", () => {
  after(() => rmSync(folder, { recursive: true, force: true }));
  before(() => {
    log.level = 'silent';
  });
  describe('The vault at start', () => {
    beforeEach(async () => {
      await emptyDatabase();
      rmSync(file, { force: true });
    });

    it('makes a key file only its owner may read, once, and opens with it again', async () => {
      await openVault(source);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      const made = readFileSync(file, 'utf8');
      expect(Buffer.from(made.trim(), 'base64')).to.have.length(32);
      await openVault(source);
      expect(readFileSync(file, 'utf8')).to.equal(made);
      const kept = JSON.stringify(await mongoose.connection.collection('vaultChecks').find().toArray());
      expect(kept).to.not.include(made.trim());
    });

    it('refuses another key and changes nothing', async () => {
      await openVault(source);
      await plant(2);
      const before = await everything();
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
      expect(await refusal(openVault(source))).to.include('another key');
      expect(await refusal(openVault({ variable: randomBytes(32).toString('base64'), file }))).to.include(
        'another key',
      );
      expect(await everything()).to.equal(before);
    });

    it('refuses to make a new key where one is missing', async () => {
      await openVault(source);
      await plant(1);
      rmSync(file);
      const before = await everything();
      expect(await refusal(openVault(source))).to.include('missing');
      expect(statSync(file, { throwIfNoEntry: false })).to.equal(undefined);
      expect(await everything()).to.equal(before);
      await mongoose.connection.collection('vaultChecks').deleteMany({});
      expect(await refusal(openVault(source))).to.include('no check value');
    });

    it('refuses a key file that others may read, and one that holds no key, without quoting it', async () => {
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
      chmodSync(file, 0o644);
      expect(await refusal(openVault(source))).to.include('chmod 600');
      writeFileSync(file, 'not-a-key-but-secret', { mode: 0o600 });
      chmodSync(file, 0o600);
      expect(await refusal(openVault(source))).to.not.include('but-secret');
      expect(await refusal(openVault({ variable: 'short', file })))
        .to.include('VAULT_KEY')
        .and.not.include('short');
    });

    it('takes the key from the variable, with older ones behind it', async () => {
      const [old, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
      await openVault({ variable: old, file });
      const [id] = await plant(1);
      await openVault({ variable: `${next},${old}`, file });
      expect(await nameOf(id!)).to.equal('Planted 0');
      const result = await rotateVault({ variable: `${next},${old}`, file }, noWait);
      expect(result).to.deep.equal({ resealed: 2, unreadable: 0, done: true });
      await openVault({ variable: next, file });
      expect(await nameOf(id!)).to.equal('Planted 0');
      expect(await refusal(openVault({ variable: old, file }))).to.include('another key');
      expect(statSync(file, { throwIfNoEntry: false })).to.equal(undefined);
    });
  });

  describe('npm run vault -- rotate', () => {
    beforeEach(async () => {
      await emptyDatabase();
      rmSync(file, { force: true });
      await openVault(source);
    });

    it('seals everything under a new key and drops the old one', async () => {
      const ids = await plant(105);
      const old = readFileSync(file, 'utf8').trim();
      const oldRing = ringOf([Buffer.from(old, 'base64')]);
      expect(await rotateVault(source, noWait)).to.deep.equal({ resealed: 210, unreadable: 0, done: true });
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      expect(lines).to.have.length(1);
      expect(lines[0]).to.not.equal(old);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(await nameOf(ids[7]!)).to.equal('Planted 7');
      const record = await IdentityModel.findOne({ _id: ids[7] }).lean();
      expect(() => unseal(oldRing, placeOf('identities', ids[7]!, 'name'), record!.fields.name!)).to.throw();
      expect(record!.fields.phone!.match).to.equal(matchValue(keyRing().current, 'phone', '044100007'));
      expect(await mongoose.connection.collection('vaultChecks').countDocuments()).to.equal(1);
      expect((await checkVault(source)).keys).to.equal(1);
    });

    it('goes on where it was cut short, with the same new key', async () => {
      const ids = await plant(3);
      const old = readFileSync(file, 'utf8').trim();
      const next = randomBytes(32);
      writeFileSync(file, `${next.toString('base64')}\n${old}\n`, { mode: 0o600 });
      await openVault(source);
      const ring = keyRing();
      const first = await IdentityModel.findOne({ _id: ids[0] }).lean();
      const place = placeOf('identities', ids[0]!, 'name');
      await IdentityModel.updateOne(
        { _id: ids[0] },
        { $set: { 'fields.name': seal(ring, place, unseal(ring, place, first!.fields.name!)) } },
      );
      expect(await nameOf(ids[0]!)).to.equal('Planted 0');
      expect(await rotateVault(source, noWait)).to.deep.equal({ resealed: 5, unreadable: 0, done: true });
      expect(readFileSync(file, 'utf8').trim()).to.equal(next.toString('base64'));
      for (const [at, id] of ids.entries()) expect(await nameOf(id)).to.equal(`Planted ${at}`);
    });

    it('leaves what no key opens as it was, keeps the old key and says so', async () => {
      const ids = await plant(2);
      await IdentityModel.updateOne(
        { _id: ids[0] },
        { $set: { 'fields.name.box': randomBytes(92).toString('base64') } },
      );
      expect(await rotateVault(source, noWait)).to.deep.equal({ resealed: 3, unreadable: 1, done: false });
      expect(readFileSync(file, 'utf8').trim().split('\n')).to.have.length(2);
      expect(await nameOf(ids[1]!)).to.equal('Planted 1');
    });

    it('is noticed by a server that was running, which seals with the new key from then on', async () => {
      const [id] = await plant(1);
      const before = keyRing().current.id;
      const old = readFileSync(file, 'utf8').trim();
      await new Promise((resolve) => setTimeout(resolve, 20));
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n${old}\n`, { mode: 0o600 });
      expect(keyRing().current.id).to.not.equal(before);
      expect(await nameOf(id!)).to.equal('Planted 0');
    });
  });
});
