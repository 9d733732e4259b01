// Duty: attack the server through files: PDFs that never end being looked at, pictures that unfold, many uploads at once, forms in forms.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import mongoose from 'mongoose';
import sharp from 'sharp';
import { newId } from '../../shared/api.ts';
import { logged, pageOf } from '../support/cases.ts';
import { form, pdf } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Hostile files', function () {
  this.timeout(60_000);
  let server: TestServer;
  let activist: Person;
  let caseId: string;

  before(async () => {
    server = await startTestServer({ UPLOAD_MEGABYTES: '4' });
    activist = await server.as('activist');
    caseId = await logged(activist);
  });
  after(() => server.stop());

  const send = (content: Buffer, name = 'x.pdf', id = newId()) =>
    activist.send('POST', `/api/cases/${caseId}/evidence?id=${id}`, form(content, name));
  const kept = () => mongoose.connection.db!.collection('evidence.files').countDocuments();
  const waiting = () => readdirSync(join(server.env.DATA_DIR, 'uploads'));

  /** A PDF with this before its cross-reference table. */
  const around = (inside: Buffer) => {
    const plain = pdf().toString('latin1');
    const at = plain.indexOf('xref');
    return Buffer.concat([Buffer.from(plain.slice(0, at)), inside, Buffer.from(plain.slice(at))]);
  };
  const stream = (content: Buffer) =>
    Buffer.concat([Buffer.from('stream\n'), content, Buffer.from('\nendstream\nendobj\n')]);

  it('a PDF made to be looked at for ever is judged soon, and nobody waits for it', async () => {
    const evil: [string, Buffer][] = [
      [
        'a million mentions of one stream',
        around(
          Buffer.concat([
            Buffer.from('/ObjStm '.repeat(400_000)),
            Buffer.from('\n5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\n'),
            stream(deflateSync(Buffer.from('1 0 <<>>'))),
          ]),
        ),
      ],
      [
        'a stream that unfolds a thousandfold',
        around(
          Buffer.concat([
            Buffer.from('5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\n'),
            stream(deflateSync(Buffer.alloc(200_000_000), { level: 9 })),
          ]),
        ),
      ],
      [
        'very many small streams',
        around(
          Buffer.from(
            `<< /Type /ObjStm >>\nstream\n${deflateSync(Buffer.from('1 0 <<>>')).toString('latin1')}\nendstream\n`.repeat(
              50_000,
            ),
            'latin1',
          ),
        ),
      ],
      ['names without end', around(Buffer.from(`/OpenAction${' '.repeat(3_000_000)}`))],
      ['almost names without end', around(Buffer.from('/#4#4#4A/Java#5'.repeat(200_000)))],
      ['an end without end', Buffer.from(`%PDF-1.7\n${'startxref 1 '.repeat(200_000)}`)],
    ];
    for (const [what, content] of evil) {
      const count = await kept();
      const began = performance.now();
      const sent = send(content);
      let slowest = 0;
      let done = false;
      void sent.finally(() => {
        done = true;
      });
      while (!done) {
        const asked = performance.now();
        await activist.get('/api/me');
        slowest = Math.max(slowest, performance.now() - asked);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const { status } = await sent;
      expect(status, what).to.be.oneOf([201, 422]);
      expect(performance.now() - began, what).to.be.lessThan(10_000);
      expect(slowest, `${what}: others waited`).to.be.lessThan(3_000);
      expect(await kept(), what).to.equal(count + (status === 201 ? 1 : 0));
      expect(waiting(), what).to.deep.equal([]);
    }
  });

  it('many at once all end, in turns, and keep no more than was accepted', async () => {
    const picture = await sharp({ create: { width: 1_500, height: 1_500, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer();
    const before = await kept();
    const had = (await pageOf(activist, caseId)).evidence.length;
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, at) =>
        at % 3 === 0 ? send(picture.subarray(0, 900), 'x.jpg') : send(picture, 'x.jpg'),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 201).length;
    for (const { status, text } of answers) expect(status, text).to.be.oneOf([201, 409, 422, 503]);
    expect(accepted).to.be.greaterThan(0);
    expect((await pageOf(activist, caseId)).evidence).to.have.length(had + accepted);
    expect(await kept()).to.equal(before + 2 * accepted);
    expect(waiting()).to.deep.equal([]);
  });

  it('the name in a form goes nowhere: not to the disk, not into a header, not to the page', async () => {
    const small = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#456' } })
      .png()
      .toBuffer();
    const names = [
      '../../../etc/cron.d/x',
      'x\u0000.png',
      '"; filename="evil.html',
      'a\r\nSet-Cookie: x=y',
      '<b>.png',
    ];
    for (const name of names) {
      const id = newId();
      const { status, text } = await send(small, name, id);
      expect(status, `${name} ${text}`).to.be.oneOf([201, 400]);
      if (status === 400) continue;
      expect(text).not.to.include(name).and.not.to.include('evil');
      const file = await activist.get(`/api/cases/${caseId}/evidence/${id}`);
      expect(file.headers.get('content-disposition')).to.match(
        /^inline; filename="[A-Z]{3}-\d{4}-\d+-\d+\.jpg"$/,
      );
      expect(file.headers.get('set-cookie')).to.equal(null);
      expect(file.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
      expect(file.headers.get('cache-control')).to.equal('no-store');
      expect(file.headers.get('cross-origin-resource-policy')).to.equal('same-origin');
    }
    expect(waiting()).to.deep.equal([]);
  });

  it('a form of many parts, endless headers or forged lengths is refused and leaves nothing', async () => {
    const count = await kept();
    const type = { 'Content-Type': 'multipart/form-data; boundary=B' };
    const part = (headers: string, body = 'x') => `--B\r\n${headers}\r\n\r\n${body}\r\n`;
    const field = 'Content-Disposition: form-data; name="__proto__"';
    const file = 'Content-Disposition: form-data; name="file"; filename="x"';
    const forms = [
      `${part(field).repeat(5_000)}--B--`,
      `${part(`${file}\r\n${'X-Y: z\r\n'.repeat(2_000)}X: y`)}--B--`,
      `${part(`${file}\r\nX-Long: ${'x'.repeat(100_000)}`)}--B--`,
      part(file),
      '--B',
      '--B--',
      `${part('no header at all')}--B--`,
      `${part(`${file}; filename*=utf-8''%ff%00`)}--B--`,
    ];
    for (const [at, body] of forms.entries()) {
      const { status, body: said } = await activist.send(
        'POST',
        `/api/cases/${caseId}/evidence?id=${newId()}`,
        body,
        type,
      );
      expect(status, `form ${at}`).to.be.oneOf([400, 413, 415, 422]);
      expect(said.error.code, `form ${at}`).to.be.a('string');
    }
    expect(await kept()).to.equal(count);
    expect(waiting()).to.deep.equal([]);
    expect(({} as Record<string, unknown>).x).to.equal(undefined);
  });
});
