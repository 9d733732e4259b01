// Duty: the environment's check: every fault at once, defaults, what is kept in the data folder, and what must not go together.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addressOf, EnvFaults, readEnv, variableNames } from '../server/env.ts';
import { projectRoot } from '../server/root.ts';

describe('readEnv', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kosint-env-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const read = (variables: Record<string, string> = {}) => readEnv({ DATA_DIR: folder, ...variables });
  function faultsOf(variables: Record<string, string>): string[] {
    try {
      read(variables);
    } catch (error) {
      if (error instanceof EnvFaults) return error.faults.map((fault) => fault.split(':')[0]!);
      throw error;
    }
    return [];
  }

  it('names every fault at once', () => {
    const wrong = {
      NODE_ENV: 'live',
      PORT: '70000',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'tracker.example.org',
      MONGODB_URI: 'postgres://localhost',
      SESSION_SECRET: 'short',
      SEED: 'everything',
      TILE_URL: 'https://tiles.example.org',
      TILE_ATTRIBUTION: 'x'.repeat(201),
      SMTP_URL: 'mail.example.org',
      MAIL_FROM: 'x'.repeat(201),
      TRUST_PROXY: 'yes',
      SESSION_HOURS: '0',
      UPLOAD_MEGABYTES: '1000',
      WORKERS: '0',
      REDIS_URL: 'localhost:6379',
      BACKUP_PASSPHRASE: 'short',
      BACKUP_HOURS: '0',
      BACKUP_KEEP: 'all',
      LOG_LEVEL: 'loud',
    };
    const { HOST: _fine, ...faulty } = wrong;
    expect(faultsOf(wrong)).to.deep.equal(Object.keys(faulty));
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('names example data on a reachable server together with the other faults', () => {
    expect(faultsOf({ HOST: '0.0.0.0', SEED: 'example', PORT: '-1' })).to.deep.equal(['PORT', 'SEED']);
  });

  it('refuses scheduled backups without a passphrase', () => {
    expect(faultsOf({ BACKUP_DIR: '/backups' })).to.deep.equal(['BACKUP_DIR']);
    expect(faultsOf({ BACKUP_DIR: '/backups', BACKUP_PASSPHRASE: 'a dozen letters' })).to.deep.equal([]);
  });

  it('seeds example data by default only where nobody else can reach the server', () => {
    expect(read().SEED).to.equal('example');
    for (const reachable of [
      { HOST: '0.0.0.0' },
      { HOST: '192.0.2.1' },
      { PUBLIC_URL: 'https://tracker.example.org' },
      { TRUST_PROXY: '1' },
    ] as Record<string, string>[]) {
      expect(read(reachable)).to.include({ SEED: 'facts', loopbackOnly: false });
      expect(faultsOf({ ...reachable, SEED: 'example' })).to.deep.equal(['SEED']);
    }
    expect(read({ PUBLIC_URL: 'http://localhost:3000' }).SEED).to.equal('example');
  });

  it('takes empty values for absent ones', () => {
    const empty = Object.fromEntries(
      variableNames.filter((name) => name !== 'DATA_DIR').map((name) => [name, '']),
    );
    expect(read(empty)).to.include({ PORT: 3000, HOST: '127.0.0.1', SEED: 'example' });
  });

  it('makes a session secret once and keeps it for the owner alone', () => {
    const first = read().SESSION_SECRET;
    expect(first).to.have.length.above(40);
    expect(read().SESSION_SECRET).to.equal(first);
    expect(statSync(join(folder, 'session-secret')).mode & 0o077).to.equal(0);
  });

  it('knows where people reach the server', () => {
    expect(addressOf(read({ PUBLIC_URL: 'https://tracker.example.org/' }))).to.equal(
      'https://tracker.example.org',
    );
    expect(addressOf(read({ PORT: '0' }), 4321)).to.equal('http://127.0.0.1:4321');
    expect(addressOf(read({ HOST: '::1' }))).to.equal('http://[::1]:3000');
    expect(addressOf(read({ HOST: '0.0.0.0' }))).to.match(
      /^http:\/\/(\d+\.){3}\d+:3000$|^http:\/\/localhost:3000$/,
    );
  });

  it('is explained in .env.example with its true defaults', () => {
    const example = readFileSync(join(projectRoot, '.env.example'), 'utf8');
    const shown = Object.fromEntries(
      [...example.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map((match) => [match[1]!, match[2]!]),
    );
    const { DATA_DIR: _folder, ...defaults } = read();
    for (const [name, value] of Object.entries(shown))
      if (name !== 'DATA_DIR') expect(String(defaults[name as keyof typeof defaults]), name).to.equal(value);
  });
});
