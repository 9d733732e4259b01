// Duty: build files as people send them: photos that carry secrets, PDFs plain and dangerous, the form they travel in.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A photo with a place in its EXIF, lying on its side. */
export const photo = (width = 3000, height = 2000) =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .withExif({
      IFD0: { Make: 'SECRETCAMERA', Copyright: 'SECRET NAME' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 22/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** One with nothing in it but its size. */
export const plainPng = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();

/** One pixel, at hand without drawing. */
export const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const pdf = (inside = '') =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${inside} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\nxref\n0 3\ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n120\n%%EOF\n`,
    'latin1',
  );

export function pdfHiding(inside: string): Buffer {
  const hidden = deflateSync(Buffer.from(`1 0 << ${inside} >>`));
  const object = Buffer.concat([
    Buffer.from(
      `5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${hidden.length} >>\nstream\n`,
    ),
    hidden,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const plain = pdf().toString('latin1');
  const at = plain.indexOf('xref');
  return Buffer.concat([Buffer.from(plain.slice(0, at)), object, Buffer.from(plain.slice(at))]);
}

export function form(content: Buffer, name = 'Agim Berisha kartela.jpg', type = 'image/jpeg'): FormData {
  const data = new FormData();
  data.append('file', new Blob([new Uint8Array(content)], { type }), name);
  return data;
}
