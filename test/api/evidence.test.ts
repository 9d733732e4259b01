// Duty: evidence through the API: what is taken in and how it is cleaned, who opens it, and that nothing is left by half.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import sharp from 'sharp';
import { uploadFolder } from '../../server/app.ts';
import { sweepFiles, tidyFiles } from '../../server/files/kept.ts';
import { newId } from '../../shared/api.ts';
import { logged, pageOf } from '../support/cases.ts';
import { form, pdf, pdfHiding, photo } from '../support/files.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Evidence', () => {
  let server: TestServer;
  let activist: Person;
  let elsewhere: Person;
  let funder: Person;
  let caseId: string;

  before(async () => {
    server = await startTestServer({ UPLOAD_MEGABYTES: '2' });
    activist = await server.as('activist');
    elsewhere = await server.as('activist', { municipality: 'prizren' });
    funder = await server.as('funder');
    caseId = await logged(activist);
  });
  after(() => server.stop());

  const send = (by: Person, content: Buffer, id = newId(), at = caseId) =>
    by.send('POST', `/api/cases/${at}/evidence?id=${id}`, form(content));
  const filesKept = () => mongoose.connection.db!.collection('evidence.files').countDocuments();
  const waiting = () => {
    const folder = join(server.env.DATA_DIR, 'uploads');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  async function bytes(by: Person, path: string) {
    const response = await fetch(server.url + path, { headers: { Cookie: by.cookie } });
    return { response, content: Buffer.from(await response.arrayBuffer()) };
  }

  describe('POST /api/cases/:id/evidence', () => {
    it('makes a photo anew: upright, smaller, without place, camera or the name of the file', async () => {
      const id = newId();
      const sent = await photo();
      expect(sent.includes('SECRET')).to.equal(true);
      const answer = await send(activist, sent, id);
      expect(answer.status).to.equal(201);
      expect(answer.text).not.to.include('Berisha');
      const kept = answer.body.data.evidence.at(-1);
      expect(kept).to.include({ id, kind: 'photo', mediaType: 'image/jpeg', hasThumbnail: true });
      expect(kept.name).to.match(/^FER-\d{4}-\d{4}-\d+\.jpg$/);
      expect(answer.body.data.history.at(-1).what).to.equal('evidenceAdded');
      const { response, content } = await bytes(activist, `/api/cases/${caseId}/evidence/${id}`);
      expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(response.headers.get('content-security-policy')).to.include('sandbox');
      expect(response.headers.get('cache-control')).to.equal('no-store');
      expect(response.headers.get('content-disposition')).to.include('inline');
      const found = await sharp(content).metadata();
      expect([found.width, found.height]).to.deep.equal([1707, 2560]);
      expect(found.exif ?? found.icc ?? found.xmp).to.equal(undefined);
      expect(content.includes('SECRET')).to.equal(false);
      const small = await bytes(activist, `/api/cases/${caseId}/evidence/${id}/thumbnail`);
      const thumbnail = await sharp(small.content).metadata();
      expect(Math.max(thumbnail.width, thumbnail.height)).to.equal(320);
    });

    it('when the same upload comes again, keeps it once', async () => {
      const id = newId();
      const picture = await photo(60, 40);
      expect((await send(activist, picture, id)).status).to.equal(201);
      const count = await filesKept();
      const again = await send(activist, picture, id);
      expect(again.status).to.equal(200);
      expect(again.body.data.evidence.filter((item: { id: string }) => item.id === id)).to.have.length(1);
      expect(await filesKept()).to.equal(count);
    });

    it('when two uploads with one id race, keeps one and leaves no other file', async () => {
      const id = newId();
      const count = await filesKept();
      const picture = await photo(60, 40);
      const answers = await Promise.all([send(activist, picture, id), send(activist, picture, id)]);
      expect(answers.every(({ status }) => status === 201 || status === 200)).to.equal(true);
      expect(await filesKept()).to.equal(count + 2);
    });

    it('keeps a plain PDF and hands it out as a download', async () => {
      const id = newId();
      const answer = await send(activist, pdf('/OpenAction [2 0 R /Fit]'), id);
      expect(answer.status).to.equal(201);
      expect(answer.body.data.evidence.at(-1)).to.include({ kind: 'document', hasThumbnail: false });
      const { response } = await bytes(activist, `/api/cases/${caseId}/evidence/${id}`);
      expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="FER-/);
      expect(
        (await bytes(activist, `/api/cases/${caseId}/evidence/${id}/thumbnail`)).response.status,
      ).to.equal(404);
    });

    const zip = Buffer.from('504b0304140000000800', 'hex');
    const refused: [string, () => Buffer | Promise<Buffer>, number, string][] = [
      ['a text', () => Buffer.from('<script>alert(1)</script>'), 415, 'evidence.type'],
      ['a zip', () => Buffer.concat([zip, Buffer.alloc(500)]), 415, 'evidence.type'],
      ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'evidence.type'],
      ['half a picture', async () => (await photo()).subarray(0, 4_000), 422, 'broken_image'],
      ['a picture too large to draw', () => bomb(), 422, 'too_many_pixels'],
      [
        'a PDF with JavaScript',
        () => pdf('/AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>'),
        422,
        'active_pdf',
      ],
      ['a PDF with escaped JavaScript', () => pdf('/AA << /O << /S /J#61vaScript >> >>'), 422, 'active_pdf'],
      ['a PDF that launches', () => pdf('/Foo << /S /Launch >>'), 422, 'active_pdf'],
      ['a PDF with a file in it', () => pdf('/Names << /EmbeddedFiles 9 0 R >>'), 422, 'active_pdf'],
      ['a PDF that acts on opening', () => pdf('/OpenAction 7 0 R'), 422, 'active_pdf'],
      ['a PDF that hides an action', () => pdfHiding('/S /JavaScript'), 422, 'active_pdf'],
      ['a locked PDF', () => pdf('/Encrypt 8 0 R'), 422, 'locked_pdf'],
      ['half a PDF', () => pdf().subarray(0, 90), 422, 'broken_pdf'],
    ];
    for (const [what, make, status, code] of refused) {
      it(`when it is ${what}, answers ${status} ${code} and keeps nothing`, async () => {
        const count = await filesKept();
        const answer = await send(activist, await make());
        expect(answer.status).to.equal(status);
        const { error } = answer.body;
        if (status === 415) expect(error.code).to.equal(code);
        else expect(error.faults[0]).to.deep.include({ path: ['file'], code });
        expect(await filesKept()).to.equal(count);
        expect(waiting()).to.deep.equal([]);
      });
    }

    it('when it is over the limit, answers 413 whether or not the size was told', async () => {
      const large = Buffer.concat([await photo(60, 40), Buffer.alloc(3 * 1_048_576)]);
      const told = await send(activist, large);
      expect(told.status).to.equal(413);
      expect(told.body.error.extra).to.deep.equal({ megabytes: 2 });
      const untold = await chunked(large);
      expect(untold).to.include('413');
      expect(waiting()).to.deep.equal([]);
    });

    it('when there is no file or no form, answers 422 and 415', async () => {
      const empty = new FormData();
      empty.append('other', 'x');
      const path = `/api/cases/${caseId}/evidence?id=${newId()}`;
      const none = await activist.send('POST', path, empty);
      expect(none.status).to.equal(422);
      expect(none.body.error.faults[0]).to.deep.include({ path: ['file'], code: 'required' });
      expect((await activist.post(path, {})).status).to.equal(415);
      const broken = await activist.send('POST', path, 'x', { 'Content-Type': 'multipart/form-data' });
      expect(broken.status).to.equal(400);
    });

    it('when the sender goes away, leaves nothing', async () => {
      const count = await filesKept();
      const version = (await pageOf(activist, caseId)).version;
      await abandoned(await photo());
      await until(() => waiting().length === 0);
      expect(await filesKept()).to.equal(count);
      expect((await pageOf(activist, caseId)).version).to.equal(version);
    });

    it("refuses another municipality's case as if it were not there, before anything is kept", async () => {
      const count = await filesKept();
      expect((await send(elsewhere, await photo(60, 40))).status).to.equal(404);
      expect((await send(funder, await photo(60, 40))).status).to.equal(404);
      expect(await filesKept()).to.equal(count);
    });

    async function bomb(): Promise<Buffer> {
      return sharp({
        create: { width: 12_000, height: 9_000, channels: 3, background: '#000' },
        limitInputPixels: false,
      })
        .png({ compressionLevel: 9 })
        .toBuffer();
    }

    function head(length: string) {
      return [
        `POST /api/cases/${caseId}/evidence?id=${newId()} HTTP/1.1`,
        `Host: ${new URL(server.url).host}`,
        `Cookie: ${activist.cookie}`,
        'X-Requested-With: test',
        'Content-Type: multipart/form-data; boundary=B',
        length,
        '',
        '--B\r\nContent-Disposition: form-data; name="file"; filename="x.jpg"\r\n\r\n',
      ].join('\r\n');
    }

    function chunked(content: Buffer): Promise<string> {
      const [headers, part] = head('Transfer-Encoding: chunked').split('\r\n\r\n--B');
      const body = Buffer.concat([Buffer.from(`--B${part}`), content, Buffer.from('\r\n--B--\r\n')]);
      return new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
        let heard = '';
        socket.on('data', (data) => {
          heard += data.toString();
          socket.end();
        });
        socket.on('close', () => resolve(heard.split('\r\n')[0]!));
        socket.on('error', (error) => (heard ? resolve(heard) : reject(error)));
        socket.write(`${headers}\r\n\r\n${body.length.toString(16)}\r\n`);
        socket.write(body);
        socket.write('\r\n0\r\n\r\n');
      });
    }

    function abandoned(content: Buffer): Promise<void> {
      return new Promise((resolve) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
        socket.write(head('Content-Length: 1000000'));
        socket.write(content.subarray(0, 10_000), () => {
          setTimeout(() => {
            socket.destroy();
            resolve();
          }, 150);
        });
      });
    }
  });

  describe('GET /api/cases/:id/evidence/:evidence', () => {
    it('opens through the scope of the case alone', async () => {
      const id = newId();
      await send(activist, await photo(60, 40), id);
      const path = `/api/cases/${caseId}/evidence/${id}`;
      expect((await bytes(activist, path)).response.status).to.equal(200);
      for (const stranger of [elsewhere, funder]) {
        expect((await stranger.get(path)).status).to.equal(404);
        expect((await stranger.get(`${path}/thumbnail`)).status).to.equal(404);
      }
      expect((await server.stranger().get(path)).status).to.equal(401);
      const theirs = await logged(elsewhere, { municipality: 'prizren' });
      expect((await elsewhere.get(`/api/cases/${theirs}/evidence/${id}`)).status).to.equal(404);
    });
  });

  describe('DELETE /api/cases/:id/evidence/:evidence', () => {
    it('takes it off, deletes the files and says so in the history', async () => {
      const id = newId();
      const count = await filesKept();
      await send(activist, await photo(60, 40), id);
      const path = `/api/cases/${caseId}/evidence/${id}`;
      expect((await elsewhere.delete(path)).status).to.equal(404);
      const answer = await activist.delete(path);
      expect(answer.status).to.equal(200);
      expect(answer.body.data.history.at(-1).what).to.equal('evidenceRemoved');
      expect(await filesKept()).to.equal(count);
      expect((await activist.get(path)).status).to.equal(404);
      expect((await activist.delete(path)).status).to.equal(404);
    });
  });

  it('sweeps files that no record points to, and no others', async () => {
    await send(activist, await photo(60, 40));
    const count = await filesKept();
    const bucket = new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'evidence' });
    await new Promise((resolve) =>
      bucket
        .openUploadStream('left', { metadata: { owner: { kind: 'case', id: caseId } } })
        .end(Buffer.from('x'), () => resolve(null)),
    );
    expect(await filesKept()).to.equal(count + 1);
    expect(await sweepFiles(new Date(Date.now() + 1_000))).to.equal(1);
    expect(await filesKept()).to.equal(count);
  });

  it('tidies uploads that were never finished, once they are old', async () => {
    const folder = uploadFolder(server.env);
    writeFileSync(join(folder, 'half'), 'x');
    await tidyFiles(folder);
    expect(waiting()).to.deep.equal(['half']);
    await tidyFiles(folder, new Date(Date.now() + 2 * 3_600_000));
    expect(waiting()).to.deep.equal([]);
    const page = await pageOf(activist, caseId);
    for (const { id } of page.evidence)
      expect((await bytes(activist, `/api/cases/${caseId}/evidence/${id}`)).response.status).to.equal(200);
  });
});

async function until(holds: () => boolean, milliseconds = 3_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
