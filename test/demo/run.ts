// Duty: `npm run demo`: the built server with example data, browsers telling the main job and a campaign, then a picture of every page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../bench/processes.ts';
import { closeBrowser } from '../support/browser.ts';
import { tellCampaign } from './campaign.ts';
import { tellMainJob } from './mainJob.ts';
import { takePictures } from './pictures.ts';
import { tellReferral } from './referral.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosint-demo-'));
const environment = {
  DATA_DIR: folder,
  PORT: '0',
  SEED: 'example',
  LOG_LEVEL: 'error',
  NODE_ENV: 'production',
};
const server = await startNode(['dist/server/index.js'], environment, /is at (http:\/\/[\d.]+:\d+)/);
try {
  const url = server.match[1]!;
  const { reference } = await tellMainJob(url);
  await tellReferral(url, reference);
  const campaign = await tellCampaign(url);
  const count = await takePictures(url, reference);
  await campaign.tellSilence();
  console.log(`${count} pictures are in test/browser/pictures/`);
} finally {
  await closeBrowser();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
