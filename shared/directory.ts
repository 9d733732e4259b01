// Duty: municipalities, organisations and users as both sides know them: closed lists, schemas, ability names.
import { z } from 'zod';
import { type Answer, idSchema, versionSchema } from './api.ts';
import {
  type Language,
  languages,
  type MeAbility,
  type MunicipalitySlug,
  municipalitySlugs,
  municipalRoles,
  organisationKinds,
  organisationRoles,
  type Role,
  roles,
} from './directoryLists.ts';
import type { FactorResetReason, OwnFactor } from './secondFactor.ts';
import { services } from './serviceLists.ts';
import { themes } from './themeLists.ts';

export * from './directoryLists.ts';

export const municipalitySchema = z.enum(municipalitySlugs);

export const languageSchema = z.enum(languages);

export const roleSchema = z.enum(roles);

/** What a settlement looks like to everyone: a fixed place, never a household. */
export interface Settlement {
  id: string;
  municipality: MunicipalitySlug;
  names: { sq: string; sr: string };
  /** Degrees, WGS 84. */
  lng: number;
  lat: number;
  /** `town`: the exact quarter is unknown, the pin is the town's; `approximate`: about 1 km. */
  coordinateQuality: 'settlement' | 'town' | 'approximate';
}

export interface Municipality {
  slug: MunicipalitySlug;
  /** First letters of case references, e.g. `FER`. */
  code: string;
  names: { sq: string; sr: string; en: string; tr: string | null; rom: string | null };
  languages: { official: string[]; inOfficialUse: string[] };
  town: { lng: number; lat: number };
  areaKm2: number;
  /** Persons declared in the census; never "number of members of the community". */
  census: { year: number; total: number; roma: number; ashkali: number; egyptian: number }[];
  settlements: Settlement[];
}

const shortText = (maximum: number) => z.string().trim().min(1, 'required').max(maximum, 'too_long');

export const organisationInput = z.strictObject({
  name: shortText(160),
  shortName: shortText(40),
  kind: z.enum(organisationKinds),
  themes: z.array(z.enum(themes)).max(4),
  /** Empty: nobody has recorded them yet. */
  services: z.array(z.enum(services)).max(services.length),
  municipalities: z.array(municipalitySchema).max(7),
  /** Cases it can take at once; null when unknown. */
  capacity: z.number().int().min(0).max(10_000).nullable(),
  contact: z.string().trim().max(500, 'too_long'),
  active: z.boolean(),
});
export type OrganisationInput = z.infer<typeof organisationInput>;
export const organisationCreate = organisationInput.extend({ id: idSchema });
export const organisationRevise = organisationInput.partial().extend({ version: versionSchema });
export interface Organisation extends OrganisationInput {
  id: string;
  version: number;
  /** `documented` where a published source names it as a KOSINT partner; else what is known. Null when made here. */
  evidence: string | null;
}
export const organisationAbilities = ['revise'] as const;
export type OrganisationAbility = (typeof organisationAbilities)[number];

/** What a 409 carries for each field that somebody else changed after the version the change was based on. */
export interface DirectoryConflict {
  field: string;
  yours: unknown;
  theirs: unknown;
}

export const emailSchema = z.string().trim().toLowerCase().max(254, 'too_long').pipe(z.email('not_an_email'));
/** Length is what makes a password strong; the server also refuses the commonest ones. */
export const passwordSchema = z.string().min(12, 'too_short').max(200, 'too_long');

const userFields = z.strictObject({
  name: shortText(80),
  role: roleSchema,
  municipality: municipalitySchema.nullable(),
  organisation: idSchema.nullable(),
  language: languageSchema,
});
export type UserFields = z.infer<typeof userFields>;

function scopeMatchesRole(user: UserFields, context: z.RefinementCtx) {
  const needsMunicipality = municipalRoles.includes(user.role);
  const needsOrganisation = organisationRoles.includes(user.role);
  const complain = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (needsMunicipality && !user.municipality) complain('municipality', 'required');
  if (!needsMunicipality && user.municipality) complain('municipality', 'not_for_this_role');
  if (needsOrganisation && !user.organisation) complain('organisation', 'required');
  if (!needsOrganisation && user.organisation) complain('organisation', 'not_for_this_role');
}

export const userInvite = userFields
  .extend({ id: idSchema, email: emailSchema })
  .superRefine(scopeMatchesRole);
export const userRevise = userFields
  .extend({ active: z.boolean(), version: versionSchema })
  .superRefine(scopeMatchesRole);
export type UserInvite = z.infer<typeof userInvite>;
export type UserRevise = z.infer<typeof userRevise>;

/** A colleague as a name and a role, for lists, leads and history. */
export interface Colleague {
  id: string;
  name: string;
  role: Role;
  municipality: MunicipalitySlug | null;
  organisation: string | null;
  active: boolean;
}

/** A user as the administrator sees one. */
export interface UserRecord extends Colleague {
  email: string;
  language: Language;
  version: number;
  invitedAt: string;
  /** Null until the invitation is used. */
  joinedAt: string | null;
  lastSeenAt: string | null;
  /** Too many wrong passwords: from addresses that never signed in before, nobody gets in until then. Null: not locked. */
  lockedUntil: string | null;
  example: boolean;
  secondFactorSince: string | null;
  /** The office asks for one in this role, and there is none. */
  secondFactorOwed: boolean;
  /** The last time that it was taken away, and why. */
  secondFactorReset: { at: string; reason: FactorResetReason } | null;
}
export const userAbilities = ['revise', 'resendInvitation', 'unlock', 'resetSecondFactor'] as const;
export type UserAbility = (typeof userAbilities)[number];
/** Answer to an invitation: `link` is there only when no mail server sent it, for the administrator to hand over. */
export interface UserInvited extends Answer<UserRecord, UserAbility> {
  link: string | null;
}

/** The signed-in person's own view of themselves, and what the client may offer. */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: Role;
  municipality: MunicipalitySlug | null;
  organisation: string | null;
  language: Language;
  example: boolean;
  secondFactor: OwnFactor;
  abilities: Record<MeAbility, boolean>;
}

export const signInInput = z.strictObject({
  email: emailSchema,
  password: z.string().min(1, 'required').max(200, 'too_long'),
});
const linkToken = z.string().min(20, 'wrong_format').max(100, 'too_long');
export const linkParams = z.object({ token: linkToken });
export const acceptInvitationInput = z.strictObject({
  token: linkToken,
  password: passwordSchema,
  /** Needed for the first administrator alone, whom nobody could name beforehand. */
  name: shortText(80).optional(),
  email: emailSchema.optional(),
  /** In which the page was read when the link was accepted; the person may have switched. */
  language: languageSchema.optional(),
});
export type AcceptInvitation = z.infer<typeof acceptInvitationInput>;
/** What the page behind an invitation greets with. */
export interface Invitation {
  name: string;
  email: string;
  role: Role;
  language: Language;
  expiresAt: string;
  /** The one who sets the server up: gives their own name and e-mail on accepting. */
  firstAdministrator: boolean;
}
export const requestResetInput = z.strictObject({ email: emailSchema });
export const resetPasswordInput = z.strictObject({ token: linkToken, password: passwordSchema });
export const changePasswordInput = z.strictObject({
  current: z.string().min(1, 'required').max(200),
  password: passwordSchema,
});
export const reviseMeInput = z.strictObject({
  name: shortText(80).optional(),
  language: languageSchema.optional(),
});

export const deviceKinds = ['phone', 'tablet', 'computer', 'program'] as const;
export type DeviceKind = (typeof deviceKinds)[number];
/** One of the viewer's own sessions. Never an address. */
export interface SessionRecord {
  id: string;
  began: string;
  device: DeviceKind;
  lastUsed: string;
  current: boolean;
}
export const sessionIdSchema = z.string().regex(/^[\w-]{43}$/);

export interface ExampleAccount {
  email: string;
  password: string;
  name: string;
  role: Role;
  municipality: MunicipalitySlug | null;
}
/** What this installation says of itself to anybody. */
export interface Instance {
  /** Only on a server that nobody but its own machine can reach, and only with example data. */
  exampleAccounts: ExampleAccount[] | null;
  tileUrl: string | null;
  tileAttribution: string | null;
  languages: Language[];
  uploadMegabytes: number;
}
