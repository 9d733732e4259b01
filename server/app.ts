// Duty: build the Express app and mount every slice, in order. Never listens; tests import it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import mongoose from 'mongoose';
import { addressOf, type Env } from './env.ts';

import { auditRoutes } from './features/audit/audit.routes.ts';
import { type Audit, startAudit } from './features/audit/recording.commands.ts';
import { openAudit } from './features/audit/seals.ts';
import { campaignRoutes } from './features/campaigns/campaigns.routes.ts';
import { startCampaigns } from './features/campaigns/joining.commands.ts';
import { campaignPartRoutes } from './features/campaigns/parts.routes.ts';
import { caseCountRoutes } from './features/cases/caseCounts.routes.ts';
import { catchUpCaseIndex, startCaseIndex } from './features/cases/caseIndexFeed.ts';
import { caseFor, identitySubjectOf, maySeeCase } from './features/cases/cases.queries.ts';
import { caseRoutes } from './features/cases/cases.routes.ts';
import { startCases } from './features/cases/children.queries.ts';
import { evidenceRoutes } from './features/cases/evidence.routes.ts';
import { workRoutes } from './features/cases/work.routes.ts';
import { commitmentRoutes } from './features/commitments/commitments.routes.ts';
import { startCommitments } from './features/commitments/counting.commands.ts';
import { commitmentFileRoutes } from './features/commitments/evidence.routes.ts';
import { accountRoutes } from './features/directory/account.routes.ts';
import { isAddressOfNobodyNow } from './features/directory/addressees.queries.ts';
import { instanceRoutes } from './features/directory/instance.routes.ts';
import { organisationRoutes } from './features/directory/organisations.routes.ts';
import { requireSecondFactor } from './features/directory/secondFactor.policy.ts';
import { secondFactorRoutes } from './features/directory/secondFactor.routes.ts';
import type { Settings } from './features/directory/settings.ts';
import { verifySignIn } from './features/directory/signIn.commands.ts';
import { signInRoutes } from './features/directory/signIn.routes.ts';
import { viewerForSession, viewerNow } from './features/directory/users.queries.ts';
import { userRoutes } from './features/directory/users.routes.ts';
import { rememberedViewer } from './features/directory/viewers.ts';
import { homeRoutes } from './features/home/home.routes.ts';
import { consentRoutes } from './features/identities/consents.routes.ts';
import { equityRoutes } from './features/identities/equity.routes.ts';
import { factorSeals } from './features/identities/factorSeals.ts';
import type { SubjectFor } from './features/identities/identities.policy.ts';
import { identityRoutes } from './features/identities/identities.routes.ts';
import { institutionRoutes } from './features/institutions/institutions.routes.ts';
import { letterRoutes } from './features/institutions/letters.routes.ts';
import { startLetters } from './features/institutions/merges.commands.ts';
import { issueRoutes } from './features/issues/issues.routes.ts';
import { mapRoutes } from './features/map/map.routes.ts';
import { notificationRoutes } from './features/notifications/notifications.routes.ts';
import { pushThrough } from './features/notifications/push.commands.ts';
import { makePusher } from './features/notifications/pusher.ts';
import { keptPushKeys } from './features/notifications/pushKeys.ts';
import { startTelling } from './features/notifications/telling.commands.ts';
import { answerRoutes } from './features/referrals/answers.routes.ts';
import { startReferrals } from './features/referrals/endings.commands.ts';
import { referralRoutes } from './features/referrals/referrals.routes.ts';
import { retentionRoutes } from './features/retention/retention.routes.ts';
import { downloadRoutes } from './features/summaries/downloads.routes.ts';
import { startFigures, summaryRoutes } from './features/summaries/summaries.routes.ts';
import { bodyLimit } from './http/bodyLimit.ts';
import { type Endpoint, mount } from './http/endpoint.ts';
import { errorHandler, unknownPath } from './http/errorHandler.ts';
import { hostGuard } from './http/hostGuard.ts';
import { openApiEndpoint } from './http/openapi.ts';
import { originGuard } from './http/originGuard.ts';
import { overloadGuard } from './http/overload.ts';
import { packedFiles } from './http/packedFiles.ts';
import { requestIds } from './http/requestIds.ts';
import { permissionsPolicy, securityHeaders } from './http/securityHeaders.ts';
import { makeSession, type SessionParts } from './http/session.ts';
import { makeMailer } from './mail/mailer.ts';
import { projectRoot } from './root.ts';

export interface App {
  express: Express;
  /** Keeps account of everything served from now on; whoever stops the server stops it after the last answer. */
  audit: Audit;
  session: SessionParts;
  /** Every endpoint there is: for the API's description and for tests that must visit them all. */
  endpoints: Endpoint[];
  /** Whether this user, as they are now, may see that case: the scope of HTTP, for sockets. */
  maySeeCase(viewerId: string, caseId: string): Promise<boolean>;
  /** What is kept in memory of the database is looked up anew: it may hold what nobody was told of. */
  lookAgain(): Promise<void>;
}

/** Those who watch stand above the app and are handed in. */
export interface Watch {
  requests?: RequestHandler;
  readiness?(): Promise<{ ready: boolean; checks: Record<string, boolean> }>;
}

export function buildApp(env: Env, watch: Watch = {}): App {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', env.TRUST_PROXY);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use(requestIds);
  if (watch.requests) app.use(watch.requests);
  app.use(helmet(securityHeaders(env)), (_request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    next();
  });
  app.use(hostGuard(env.PUBLIC_URL));
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const { ready, checks } = (await watch.readiness?.()) ?? { ready: true, checks: {} };
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, checks });
  });

  const settings = settingsOf(env);
  requireSecondFactor(env.SECOND_FACTOR === 'required');
  const session = makeSession({
    secret: env.SESSION_SECRET,
    hours: env.SESSION_HOURS,
    secure: env.PUBLIC_URL?.startsWith('https:') ?? false,
    client: mongoose.connection.getClient(),
    databaseName: mongoose.connection.name,
    async loadViewer(id, epoch) {
      const viewer = await viewerForSession(id, epoch);
      return viewer?.example && !settings.exampleAccounts ? null : viewer;
    },
    recallViewer(id, epoch) {
      const viewer = rememberedViewer(id);
      const isCurrent = viewer?.sessionEpoch === epoch && (!viewer.example || settings.exampleAccounts);
      return isCurrent ? viewer : null;
    },
    verify: (email, password, from) => verifySignIn(settings, email, password, from),
  });
  const uploads = { megabytes: env.UPLOAD_MEGABYTES, folder: uploadFolder(env) };
  const endpoints: Endpoint[] = [
    ...signInRoutes(session, settings),
    ...accountRoutes(session, settings),
    ...secondFactorRoutes(session, settings),
    ...instanceRoutes(settings),
    ...userRoutes(settings),
    ...organisationRoutes(),
    ...identityRoutes(subjectFor),
    ...consentRoutes(subjectFor),
    ...equityRoutes,
    ...institutionRoutes(),
    ...letterRoutes({ megabytes: env.UPLOAD_MEGABYTES, folder: uploadFolder(env) }),
    ...caseCountRoutes(),
    ...workRoutes(),
    ...caseRoutes(),
    ...evidenceRoutes(uploads),
    ...referralRoutes(settings),
    ...answerRoutes(),
    ...issueRoutes(),
    ...commitmentRoutes(),
    ...commitmentFileRoutes(uploads),
    ...campaignRoutes(settings),
    ...campaignPartRoutes(uploads),
    ...mapRoutes,
    ...summaryRoutes(),
    ...downloadRoutes(settings),
    ...notificationRoutes(),
    ...homeRoutes(),
    ...auditRoutes(subjectFor),
    ...retentionRoutes(),
  ];
  startCaseIndex();
  startCases();
  startReferrals();
  startLetters();
  startCampaigns();
  startCommitments();
  startFigures();
  startTelling();
  openAudit(env.AUDIT_SECRET);
  const audit = startAudit();
  const pushKeys = { secret: env.AUDIT_SECRET, folder: env.DATA_DIR };
  pushThrough(makePusher({ keys: () => keptPushKeys(pushKeys), contact: env.MAIL_FROM }));
  endpoints.push(openApiEndpoint(endpoints));
  const api = express.Router();
  api.use(overloadGuard());
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  api.use(
    originGuard(env.PUBLIC_URL),
    // Half the processor time of the usual level for a twentieth more bytes.
    compression({ level: 3 }),
    bodyLimit(mostBodyBytes),
    // No client of ours compresses what it sends; whoever does would have us unpack it.
    express.json({ limit: mostBodyBytes, strict: true, inflate: false }),
    ...session.handlers,
  );
  app.use('/api', api);
  app.use('/api', mount(endpoints));
  serveClient(app);
  app.use(unknownPath);
  app.use(errorHandler);
  return {
    express: app,
    audit,
    session,
    endpoints,
    async maySeeCase(viewerId, caseId) {
      const viewer = await viewerNow(viewerId);
      return viewer !== null && maySeeCase(viewer, caseId);
    },
    lookAgain: catchUpCaseIndex,
  };
}

const mostBodyBytes = 200 * 1024;

/** How the vault and consents find a case: through the one scope of cases. */
const subjectFor: SubjectFor = async (viewer, caseId) => identitySubjectOf(await caseFor(viewer, caseId));

/** Where uploads wait until they are cleaned. */
export const uploadFolder = (env: Env): string => join(env.DATA_DIR, 'uploads');

/** Where letters lie that no mail server took. */
export const outboxFolder = (dataDir: string): string => join(dataDir, 'outbox');

export function settingsOf(env: Env): Settings {
  return {
    address: addressOf(env),
    mailer: makeMailer({
      smtpUrl: env.SMTP_URL,
      from: env.MAIL_FROM,
      outbox: outboxFolder(env.DATA_DIR),
      isGone: isAddressOfNobodyNow,
    }),
    exampleAccounts: env.loopbackOnly,
    factorSeals,
    tileUrl: env.TILE_URL ?? null,
    tileAttribution: env.TILE_ATTRIBUTION ?? null,
    uploadMegabytes: env.UPLOAD_MEGABYTES,
    auditLimits: { months: env.AUDIT_MONTHS, entries: env.AUDIT_ENTRIES },
  };
}

/** The built client, when there is one; unknown paths outside /api get its page, so that deep links work. */
function serveClient(app: Express): void {
  const folder = join(projectRoot, 'dist', 'client');
  if (!existsSync(join(folder, 'index.html'))) return;
  app.use('/assets', packedFiles(join(folder, 'assets')));
  // The icon's name never changes; a new one may come a day late. All else at a lasting address is asked for each time.
  app.use(
    express.static(folder, {
      index: false,
      setHeaders(response, path) {
        if (path.endsWith('.svg')) response.set('Cache-Control', 'public, max-age=86400');
      },
    }),
  );
  app.get(/^\/(?!api\/|socket\.io\/).*/, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'));
  });
}
