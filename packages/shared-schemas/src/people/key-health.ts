import * as z from "zod/mini"
import { AtlasRefusal, ProblemCode } from "#connections/problem.ts"
import { AtlasApiVersion, KeyKind, KeyMayCreate } from "#connections/project.ts"

/** Why an Atlas credential cannot be used, and what to do about it. */
export const KeyProblem = z.object({
  code: ProblemCode,
  /** The meaning and the fix, in sentences. */
  means: z.string(),
  fix: z.nullable(z.string()),
  /** The address that Atlas saw this server come from; null when it did not say. */
  addressSeen: z.nullable(z.string()),
  atlas: z.nullable(AtlasRefusal),
})
export type KeyProblem = z.infer<typeof KeyProblem>

/** The secret of a service account in use, and how long it is good for; instants are ISO 8601. */
export const SecretReport = z.object({
  expiresAt: z.string(),
  /** Null while it was never used. */
  lastUsedAt: z.nullable(z.string()),
  /** The account's second secret, if there is one. */
  other: z.nullable(
    z.object({ createdAt: z.string(), expiresAt: z.string(), lastUsedAt: z.nullable(z.string()) }),
  ),
  /** The organization of the account; null where it is not known. */
  orgId: z.nullable(z.string()),
  /** The id of an older secret that this server no longer uses; null without such a one. */
  replacedId: z.nullable(z.string()),
  warning: z.nullable(z.enum(["within-30-days", "within-7-days", "within-1-day", "expired"])),
  /** The warning and the fix, in sentences. */
  says: z.nullable(z.string()),
})
export type SecretReport = z.infer<typeof SecretReport>

/** The result of the last test of one Atlas credential. */
export const KeyReport = z.object({
  label: z.string(),
  kind: KeyKind,
  /** Enough of the public key, or of the client id, to recognise it. */
  maskedId: z.string(),
  /** The version of Atlas's API that its calls use. */
  apiVersion: AtlasApiVersion,
  /** The project ids it was configured for; "*" for every project it sees that no other credential names. */
  serves: z.union([z.literal("*"), z.array(z.string())]),
  /** Role names are Atlas's own. A role is on one project, or on an organization and so on all its projects. Null: not known. */
  roles: z.nullable(
    z.array(
      z.object({ roleName: z.string(), projectId: z.nullable(z.string()), orgId: z.nullable(z.string()) }),
    ),
  ),
  /** The projects whose calls go to it. Null: not known. */
  reach: z.nullable(z.array(z.object({ id: z.string(), name: z.string(), keyMayCreate: KeyMayCreate }))),
  /** Missing rights in a project it serves; empty when none is missing. */
  shortcomings: z.array(z.object({ projectId: z.string(), says: z.string() })),
  /** The CIDR blocks it may be used from: its own list, not that of a project. Null: not known. */
  accessList: z.nullable(z.array(z.string())),
  accessListSays: z.nullable(z.string()),
  /** Whether it may read the resource policies of its organization, without which they are not checked. */
  readsPolicies: z.enum(["yes", "no", "unknown"]),
  problem: z.nullable(KeyProblem),
  /** Null for an API key, which does not expire, and where Atlas does not tell. */
  secret: z.nullable(SecretReport),
  /** API versions in use that Atlas will withdraw, by the calls that use them; instants are null where Atlas names none. */
  deprecations: z.array(
    z.object({
      resource: z.string(),
      deprecatedAt: z.nullable(z.string()),
      sunsetAt: z.nullable(z.string()),
    }),
  ),
  /** The fewest calls that were left of a limit in the last hour. Null: Atlas told none, as in its answers on v1.0. */
  lowestLimit: z.nullable(
    z.object({ resource: z.string(), remaining: z.number(), limit: z.number(), seenAt: z.string() }),
  ),
  /** Null until the first test has ended. */
  checkedAt: z.nullable(z.string()),
})
export type KeyReport = z.infer<typeof KeyReport>

export const KeyHealthReport = z.object({
  keys: z.array(KeyReport),
  /** The errors in files that changed since the start, a line each: the values from before stay in use. Null: none. */
  configurationProblem: z.nullable(z.string()),
})
export type KeyHealthReport = z.infer<typeof KeyHealthReport>

/** The test of a secret that was put in the place of the one in use. */
export const NewSecretTest = z.object({
  label: z.string(),
  /** `same`: the one in use. `not-tested`: Atlas did not say whether it accepts it. */
  result: z.enum(["works", "refused", "same", "not-tested"]),
  atlas: z.nullable(AtlasRefusal),
})
export type NewSecretTest = z.infer<typeof NewSecretTest>

/** `POST /api/keys/test-new-secrets`: each service account in use. */
export const NewSecretTests = z.object({
  tests: z.array(NewSecretTest),
  /** The errors in the files, a line each, for which nothing was tested. Null: none. */
  configurationProblem: z.nullable(z.string()),
})
export type NewSecretTests = z.infer<typeof NewSecretTests>
