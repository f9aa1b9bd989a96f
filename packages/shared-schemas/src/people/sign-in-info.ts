import * as z from "zod/mini"

/** `GET /api/sign-in-info`: what the sign-in page says, without a session. */
export const SignInInfo = z.object({
  /** The organisation that runs this installation; null when it is not configured. */
  organisation: z.nullable(z.string()),
  /** The host of the identity provider. */
  providerHost: z.string(),
  /** True when Atlas is a stand-in on this machine. */
  isDemo: z.boolean(),
  /** Whether the caller has a session, for a page that would otherwise ask for one in vain. */
  isSignedIn: z.boolean(),
})
export type SignInInfo = z.infer<typeof SignInInfo>
