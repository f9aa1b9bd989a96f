import * as z from "zod/mini"

/** What a person may do in a project; each role may do what the ones before it may. */
export const ProjectRole = z.enum(["viewer", "requester", "administrator"])
export type ProjectRole = z.infer<typeof ProjectRole>

const SessionUser = z.object({
  /** Issuer and subject together name a person; neither alone does (OpenID Connect Core §5.7). */
  issuer: z.string(),
  subject: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
})

/** `GET /api/session`: who is signed in, what they may do where, and until when. */
export const SessionInfo = z.object({
  user: SessionUser,
  access: z.object({
    /** The role in every project, whatever `projects` says; null when there is none. */
    everywhere: z.nullable(ProjectRole),
    /** Project id → role there. */
    projects: z.record(z.string(), ProjectRole),
    /** May read the audit trail of everything, and sees no project by that. */
    auditor: z.boolean(),
  }),
  /** Whom to ask for more; null when the installation names nobody. */
  askWhom: z.nullable(z.string()),
  /** Names this session in the list; not the secret in the cookie. */
  sessionId: z.string(),
  signedInAt: z.string(),
  /** When it ends if nothing is done until then. */
  idleEndsAt: z.string(),
  /** When it ends whatever is done. */
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
  /** What the browser calls itself. */
  browser: z.string(),
})
export type SessionEntry = z.infer<typeof SessionEntry>

export const SessionList = z.object({ sessions: z.array(SessionEntry) })
export type SessionList = z.infer<typeof SessionList>

/** Answer to `POST /sign-out`: where the browser goes now to sign out of the identity provider too. */
export const SignedOut = z.object({ goTo: z.nullable(z.string()) })
export type SignedOut = z.infer<typeof SignedOut>

/** The query parameters of `GET /api/sessions`. */
export const SessionQuery = z.object({
  everybody: z.optional(z.literal("true", 'must be "true", or left out')),
})
