import * as z from "zod/mini"
import { clientAuthMethods } from "#sign-in/provider/client-auth.ts"
import { logoutTokenAllowances, type LogoutTokenAllowance } from "#sign-in/provider/logout-token.ts"
import type { OidcSettings } from "#sign-in/provider/oidc-client.ts"
import { countUpTo, secureUrl, text, type ConfigErrors } from "./environment.ts"

/** The variables about the identity provider; `.env.example` documents them. */
export const signInVariables = {
  OIDC_ISSUER: z.pipe(
    text("is missing: the address of your identity provider, exactly as it names itself"),
    secureUrl,
  ),
  OIDC_CLIENT_ID: text("is missing: the name under which your identity provider knows this application"),
  OIDC_CLIENT_SECRET: text(
    "is missing: the secret that goes with OIDC_CLIENT_ID (or OIDC_CLIENT_SECRET_FILE)",
  ),
  OIDC_SCOPES: z._default(
    z.string().check(z.regex(/(^| )openid( |$)/, "must be a list of scopes with openid in it")),
    "openid profile email",
  ),
  OIDC_CLIENT_AUTH: z.optional(z.enum(clientAuthMethods, `must be one of ${clientAuthMethods.join(", ")}`)),
  OIDC_MAX_AGE_MINUTES: z.optional(countUpTo(99_999)),
  OIDC_ACR_VALUES: z._default(
    z.string().check(z.regex(/^[^,]*$/, "must be a list with spaces between its values, without commas")),
    "",
  ),
  OIDC_USERINFO: z._default(z.enum(["when-needed", "never"], "must be when-needed or never"), "when-needed"),
  OIDC_LOGOUT_ALLOWANCES: z._default(z.string(), ""),
}

const Variables = z.object(signInVariables)

/** Translates the variables into the settings of the OpenID Connect client. */
export function toSignInSettings(values: z.output<typeof Variables>): Omit<OidcSettings, "publicUrl"> {
  const { OIDC_MAX_AGE_MINUTES: maxAgeMinutes } = values
  return {
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID,
    clientSecret: values.OIDC_CLIENT_SECRET,
    clientAuth: values.OIDC_CLIENT_AUTH ?? null,
    scopes: values.OIDC_SCOPES,
    maxAgeSeconds: maxAgeMinutes === undefined ? null : maxAgeMinutes * 60,
    acrValues: values.OIDC_ACR_VALUES.split(" ").filter((value) => value !== ""),
    usesUserInfo: values.OIDC_USERINFO === "when-needed",
  }
}

export function readAllowances(words: string, mistakes: ConfigErrors): LogoutTokenAllowance[] {
  const given = new Set(words.split(",").map((word) => word.trim()))
  given.delete("")
  const known = logoutTokenAllowances.filter((allowance) => given.has(allowance))
  if (known.length < given.size)
    mistakes.set("OIDC_LOGOUT_ALLOWANCES", `must be a list of: ${logoutTokenAllowances.join(", ")}`)
  return known
}
