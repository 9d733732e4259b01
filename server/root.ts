// Duty: where the project's folder is, for code that runs from source and from dist alike.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function nearestPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearestPackage(dirname(folder));
}

/** Absolute path of the folder that holds package.json. */
export const projectRoot = nearestPackage(dirname(fileURLToPath(import.meta.url)));
