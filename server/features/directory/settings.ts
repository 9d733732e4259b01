// Duty: what this slice's commands need to know of the installation; made once from the environment, handed down.
import type { Mailer } from '../../mail/mailer.ts';
import type { FactorSeals } from './factorSeals.ts';

export interface Settings {
  /** Where people reach the server; links in mails begin with it. */
  address: string;
  mailer: Mailer;
  /** Example accounts have published passwords: true only where nobody but this machine can reach the server. */
  exampleAccounts: boolean;
  /** Opens and closes the keys of second factors. */
  factorSeals: FactorSeals;
  tileUrl: string | null;
  tileAttribution: string | null;
  uploadMegabytes: number;
  /** What is cut off the audit log: older than so many months, more than so many entries. */
  auditLimits: { months: number; entries: number };
}
