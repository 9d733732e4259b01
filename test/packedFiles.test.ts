// Duty: the built client's files come packed as the browser takes them, with the right type, and unpacked to whoever takes no packing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import express from 'express';
import { packedFiles } from '../server/http/packedFiles.ts';

const script = `export const words = '${'long enough to pack '.repeat(100)}';`;

describe('GET /assets', () => {
  let folder: string;
  let server: Server;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kosint-assets-'));
    writeFileSync(join(folder, 'page.js'), script);
    writeFileSync(join(folder, 'page.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, 'page.js.gz'), gzipSync(script));
    writeFileSync(join(folder, 'tiny.css'), 'a{}');
    const app = express().use('/assets', packedFiles(folder));
    await new Promise<void>((resolve) => {
      server = app.listen(0, '127.0.0.1', () => resolve());
    });
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, accept: string) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const headers = accept ? { 'accept-encoding': accept } : {};
      const asked = request({ port, path, headers }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) });
      });
      asked.once('error', reject);
      asked.end();
    });

  for (const [accept, coding, unpacked] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['', undefined, (body: Buffer) => body],
  ] as const)
    it(`to a browser that takes ${accept || 'nothing'}, comes ${coding ?? 'as it is'}, the same script`, async () => {
      const { headers, body } = await get('/assets/page.js', accept);
      expect(headers['content-encoding']).to.equal(coding);
      expect(headers['content-type']).to.equal('text/javascript; charset=utf-8');
      expect(headers['cache-control']).to.include('immutable');
      expect(headers.vary).to.include('Accept-Encoding');
      expect(unpacked(body).toString()).to.equal(script);
      if (coding) expect(body.length).to.be.lessThan(script.length / 4);
    });

  it('without a packed one comes as it is; what is not there is 404', async () => {
    const { headers, body } = await get('/assets/tiny.css', 'br');
    expect(headers['content-encoding']).to.equal(undefined);
    expect(headers['content-type']).to.include('text/css');
    expect(body.toString()).to.equal('a{}');
    expect((await get('/assets/other.js', 'br')).status).to.equal(404);
    expect((await get('/assets/../page.js', 'br')).status).to.equal(404);
  });
});
