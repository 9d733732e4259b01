// Duty: a drawn picture that stands for a photograph in example data: nobody and no real place is on it.
import sharp from 'sharp';
import type { CleanFile } from '../server/files/clean.ts';

const skies: Record<string, string> = {
  'housing-gjakova': '#b9c7d6',
  'registration-prizren': '#e4dccb',
  'employment-ferizaj': '#cfd8c9',
};

/** Made here from shapes alone, so there is nothing to clean. */
export async function examplePicture(key: string): Promise<CleanFile> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="640">
    <rect width="960" height="640" fill="${skies[key] ?? '#d5d5d5'}"/>
    <rect y="430" width="960" height="210" fill="#8b8069"/>
    <path d="M0 430 L180 330 L330 430 Z M520 430 L700 300 L900 430 Z" fill="#77806f"/>
    <path d="M90 560 v-90 M330 560 v-90 M570 560 v-90 M810 560 v-90 M90 500 H810" stroke="#5b5344" stroke-width="8"/>
  </svg>`;
  const content = await sharp(Buffer.from(drawing)).jpeg({ quality: 80 }).toBuffer();
  const thumbnail = await sharp(content).resize(320).webp({ quality: 72 }).toBuffer();
  return { kind: 'photo', mediaType: 'image/jpeg', extension: 'jpg', content, thumbnail };
}
