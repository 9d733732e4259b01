// Duty: `npm test` runs this first, so that a missing Chromium is one clear line and not a hundred failed tests.
import { chromiumPath } from './chromium.ts';

try {
  process.stdout.write(`Chromium: ${chromiumPath()}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
