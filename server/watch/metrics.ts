// Duty: this process in numbers for Prometheus, on an address of its own that is never the public one. Patterns and names, never addresses or ids.
import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { newestBackup } from '../backup/schedule.ts';
import { onDatabaseCommand } from '../database/slowCommands.ts';
import { auditWaiting } from '../features/audit/recording.commands.ts';
import { caseIndexNow } from '../features/cases/caseIndexFeed.ts';
import { filesWaiting } from '../files/clean.ts';
import { routeOf } from '../http/served.ts';
import type { LiveServer } from '../live/publish.ts';
import { log } from '../log.ts';
import { lettersIn } from '../mail/outbox.ts';
import { jobLag, readiness, within } from './readiness.ts';

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const commandSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

export interface Metrics {
  registry: Registry;
  /** First in the chain of handlers; sees every request end. */
  watchRequests: RequestHandler;
  /** Live clients are known once there are sockets. */
  watchLive(io: LiveServer): void;
  stop(): void;
}

/** Folders whose state is a number too. */
export interface WatchedFolders {
  outbox: string;
  /** Of scheduled backups; null where none are made. */
  backups: string | null;
}

export function makeMetrics({ outbox, backups }: WatchedFolders): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'kosint_http_request_seconds',
    help: 'Requests by the pattern of their route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: requestSeconds,
    registers,
  });
  const open = new Gauge({
    name: 'kosint_http_requests_open',
    help: 'Requests without an answer yet.',
    registers,
  });
  const commands = new Histogram({
    name: 'kosint_database_command_seconds',
    help: 'Commands to the database by name.',
    labelNames: ['command'] as const,
    buckets: commandSeconds,
    registers,
  });
  const failures = new Counter({
    name: 'kosint_database_command_failures_total',
    help: 'Commands that the database refused or lost.',
    labelNames: ['command'] as const,
    registers,
  });
  new Gauge({
    name: 'kosint_queue_depth',
    help: 'Things that wait to be done by this process; letters wait for a mail server, or for a person.',
    labelNames: ['queue'] as const,
    registers,
    async collect() {
      this.set({ queue: 'audit' }, auditWaiting());
      this.set({ queue: 'uploads' }, filesWaiting());
      this.set({ queue: 'letters' }, (await lettersIn(outbox)).length);
    },
  });
  if (backups)
    new Gauge({
      name: 'kosint_backup_age_seconds',
      help: 'Age of the newest scheduled backup; as old as time itself where there is none yet.',
      registers,
      async collect() {
        const at = await newestBackup(backups).catch(() => 0);
        this.set((Date.now() - at) / 1000);
      },
    });
  new Gauge({
    name: 'kosint_job_lag_seconds',
    help: 'How late a job is.',
    labelNames: ['job'] as const,
    registers,
    async collect() {
      for (const { name, milliseconds } of await within(jobLag(), []))
        this.set({ job: name }, milliseconds / 1000);
    },
  });
  new Gauge({
    name: 'kosint_index_size',
    help: 'Entries of what is kept in memory.',
    labelNames: ['index'] as const,
    registers,
    async collect() {
      const cases = await within(caseIndexNow(), null);
      this.set({ index: 'cases' }, cases?.size ?? 0);
    },
  });
  new Gauge({
    name: 'kosint_ready',
    help: '1 when this process can do its work.',
    registers,
    async collect() {
      this.set((await readiness()).ready ? 1 : 0);
    },
  });
  const clients = new Gauge({
    name: 'kosint_live_clients',
    help: 'Browsers with a live connection.',
    registers,
  });
  const stop = onDatabaseCommand(({ name, milliseconds, failed }) => {
    commands.observe({ command: name }, milliseconds / 1000);
    if (failed) failures.inc({ command: name });
  });
  return {
    registry,
    watchRequests(request, response, next) {
      const began = performance.now();
      open.inc();
      response.once('close', () => {
        open.dec();
        requests.observe(
          {
            method: knownMethod(request.method),
            route: routeOf(request) ?? 'other',
            status: response.statusCode,
          },
          (performance.now() - began) / 1000,
        );
      });
      next();
    },
    watchLive(io) {
      (clients as unknown as { collect(): void }).collect = () => clients.set(io.engine.clientsCount);
    },
    stop,
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const knownMethod = (method: string): string => (methods.has(method) ? method : 'OTHER');

/** `/metrics` and nothing else; resolves when it listens. */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { host: string; port: number },
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, resolve);
  });
  const address = server.address();
  log.info({ host, port: typeof address === 'object' ? address?.port : port }, 'metrics');
  return server;
}
