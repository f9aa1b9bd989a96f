import * as z from "zod/mini"
import { AtlasId } from "#values/ids.ts"
import { lineOfText } from "#values/line-of-text.ts"
import { ProjectRole, SessionUser } from "./session.ts"

// Their ids fit into one field of the audit log.
const mostProjects = 30

/** The projects of a token: all of its owner's, or some by id. */
const TokenProjects = z.union(
  [
    z.literal("*"),
    z.array(AtlasId).check(
      z.minLength(1, "Choose a project"),
      z.maxLength(mostProjects, `Choose at most ${mostProjects} projects`),
      z.refine((ids) => new Set(ids).size === ids.length, "Name each project once"),
    ),
  ],
  'Use "*" for all projects, or a list of 1 to 30 project ids',
)

/**
 * - `active`: may be used
 * - `expired`, `revoked`: for good
 * - `paused`: the identity provider refused to vouch for its owner; goes on when they sign in again
 * - `unconfirmed`: its owner has not signed in for too long; goes on when they do
 * - `no-rights`: its owner has no role left in any of its projects
 */
export const ApiTokenState = z.enum(["active", "expired", "revoked", "paused", "unconfirmed", "no-rights"])
export type ApiTokenState = z.infer<typeof ApiTokenState>

/** A token as lists show it, without its secret. Moments are ISO 8601, UTC. */
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  /** The person for whom it acts. */
  owner: SessionUser,
  projects: TokenProjects,
  /** The highest role it acts with; never more than its owner has at that moment. */
  role: ProjectRole,
  state: ApiTokenState,
  createdAt: z.string(),
  expiresAt: z.string(),
  /** To the minute; null when it was never used. */
  lastUsedAt: z.nullable(z.string()),
  /** The network address of that use. */
  lastUsedFrom: z.nullable(z.string()),
  revokedAt: z.nullable(z.string()),
  revokedBy: z.nullable(z.string()),
  /** When the identity provider last vouched for the owner. */
  ownerConfirmedAt: z.string(),
})
export type ApiToken = z.infer<typeof ApiToken>

/** `GET /api/tokens`: newest first, ended ones for 90 days more. */
export const ApiTokenList = z.object({
  tokens: z.array(ApiToken),
  /** Days until a new token expires, unless its maker chooses. */
  defaultDays: z.number(),
  /** The most days that may be chosen. */
  mostDays: z.number(),
  /** Days after the owner's last sign-in until a token pauses. */
  ownerDays: z.number(),
})
export type ApiTokenList = z.infer<typeof ApiTokenList>

/** The body of `POST /api/tokens`. */
export const CreateApiToken = z.strictObject({
  /** Names the script that uses it; unique among the person's tokens. */
  name: lineOfText(60, "Enter a name"),
  projects: TokenProjects,
  role: z.enum(ProjectRole.options, "Choose viewer, requester or administrator"),
  expiresInDays: z.optional(z.number("Enter a number of days").check(z.int("Enter whole days"), z.gte(1))),
})
export type CreateApiToken = z.infer<typeof CreateApiToken>

/** The answer to creating a token: its secret is shown only here. */
export const CreatedApiToken = z.object({
  token: ApiToken,
  /** Goes into `Authorization: Bearer …`. */
  secret: z.string(),
})
export type CreatedApiToken = z.infer<typeof CreatedApiToken>
