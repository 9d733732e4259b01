// Duty: `npm run dev`: the server restarting on change and the client reloading in the browser, side by side; one stops both.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bin = (/** @type {string[]} */ ...parts) => join('node_modules', ...parts);
const halves = [
  [bin('tsx', 'dist', 'cli.mjs'), 'watch', '--clear-screen=false', 'server/index.ts'],
  [bin('vite', 'bin', 'vite.js'), 'client'],
].map((command) =>
  spawn(process.execPath, command, { stdio: 'inherit', env: { NODE_ENV: 'development', ...process.env } }),
);

for (const half of halves) {
  half.on('exit', (code) => {
    for (const other of halves) other.kill('SIGTERM');
    process.exitCode = code ?? 0;
  });
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    for (const half of halves) half.kill(signal);
  });
