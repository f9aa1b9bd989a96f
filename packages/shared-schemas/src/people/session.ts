import * as z from "zod/mini"

/** Roles in a project; each includes the ones before it. */
export const ProjectRole = z.enum(["viewer", "requester", "administrator"])
export type ProjectRole = z.infer<typeof ProjectRole>

export const SessionUser = z.object({
  /** Issuer and subject together name a person; neither alone does (OpenID Connect Core §5.7). */
  issuer: z.string(),
  subject: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
})

/** `GET /api/session`: who is signed in, what they may do where, and until when. */
export const SessionInfo = z.object({
  user: SessionUser,
  /** Names the person to others without issuer and subject. */
  personKey: z.string(),
  access: z.object({
    /** The role in every project beside `projects`; null for no such role. */
    everywhere: z.nullable(ProjectRole),
    /** Project id → role there. */
    projects: z.record(z.string(), ProjectRole),
    /** Reads the audit log of all projects; that alone shows no project. */
    auditor: z.boolean(),
  }),
  /** Whom to ask for more; null when the installation names nobody. */
  askWhom: z.nullable(z.string()),
  /** A policy holds some changes until another person approves them; left out without one. */
  approvals: z.optional(z.literal(true)),
  /** Names this session in the list; not the secret in the cookie. */
  sessionId: z.string(),
  signedInAt: z.string(),
  /** When it ends if nothing is done until then. */
  idleEndsAt: z.string(),
  /** The end of the session even when used. */
  endsAt: z.string(),
})
export type SessionInfo = z.infer<typeof SessionInfo>

/** One signed-in browser. */
export const SessionEntry = z.object({
  id: z.string(),
  user: SessionUser,
  /** True for the session that asks. */
  current: z.boolean(),
  signedInAt: z.string(),
  lastSeenAt: z.string(),
  endsAt: z.string(),
  /** Where it was signed in from. */
  address: z.string(),
  /** The browser's User-Agent. */
  browser: z.string(),
  /** The number of API tokens in use that were created in it. Ending it from this list revokes them. */
  tokens: z.number(),
})
export type SessionEntry = z.infer<typeof SessionEntry>

export const SessionList = z.object({ sessions: z.array(SessionEntry) })
export type SessionList = z.infer<typeof SessionList>

/** Answer to `POST /sign-out`: where the browser goes now to sign out of the identity provider too. */
export const SignedOut = z.object({ goTo: z.nullable(z.string()) })
export type SignedOut = z.infer<typeof SignedOut>

/** The query parameters of `GET /api/sessions` and `GET /api/tokens`. */
export const WhoseQuery = z.object({
  everybody: z.optional(z.literal("true", 'must be "true", or left out')),
})
