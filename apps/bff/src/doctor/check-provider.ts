import { AppError } from "#base/app-error.ts"
import { ProviderError } from "#sign-in/provider/oidc-problem.ts"
import type { OidcClient } from "#sign-in/provider/oidc-client.ts"
import { bad, good, unchecked, type Finding } from "./finding.ts"
import { getHead } from "./get-head.ts"

const about = "identity provider"

/**
 * Checks what can be checked without a person: discovery, the client's id and secret, by redeeming a code that does not exist, and
 * the redirect URI, by asking for the sign-in page.
 */
export async function checkProvider(
  oidc: Pick<OidcClient, "start" | "finish" | "describe">,
  redirectUri: string,
): Promise<Finding[]> {
  try {
    const { issuer, clientAuth, has } = await oidc.describe()
    const parts = Object.entries(has).map(([part, isThere]) => `${part} ${isThere ? "yes" : "no"}`)
    const says = `${issuer} was found. The client's secret goes by ${clientAuth}. ${parts.join(", ")}.`
    const { goTo, pending } = await oidc.start("/", null)
    return [
      good(about, says),
      await checkClient(oidc, issuer, pending),
      await checkRedirectUri(goTo, redirectUri),
    ]
  } catch (error) {
    const fix = "Check OIDC_ISSUER, the network and DNS of this machine, and the provider's certificate."
    return [bad(about, `discovery failed: ${describe(error)}.`, fix)]
  }
}

type Pending = Awaited<ReturnType<OidcClient["start"]>>["pending"]

async function checkClient(
  oidc: Pick<OidcClient, "finish">,
  issuer: string,
  pending: Pending,
): Promise<Finding> {
  const query = new URLSearchParams({ code: "peering-desk-doctor", state: pending.state, iss: issuer })
  const error: unknown = await oidc.finish(`?${query.toString()}`, pending).catch((thrown: unknown) => thrown)
  const said = error instanceof AppError && error.cause instanceof ProviderError ? error.cause.code : null
  if (said === "invalid_grant")
    return good(about, "it accepts the client's id and secret (and refused an invented code).")
  if (said === null || error instanceof AppError === false) {
    const says = `the client's id and secret could not be checked: ${describe(error)}.`
    return unchecked(about, says, "Sign in with --sign-in.")
  }
  const report = said === "invalid_client" || said === "unauthorized_client" ? bad : unchecked
  return report(about, `it answered ${said} to an invented code.`, error.message)
}

async function checkRedirectUri(goTo: string, redirectUri: string): Promise<Finding> {
  const fix = `Register ${redirectUri} as redirect URI of the client, character by character.`
  try {
    const { status, headers } = await getHead(goTo)
    const back = headers.location ?? ""
    const error = back.startsWith(redirectUri) ? new URL(back).searchParams.get("error") : null
    if (error !== null && /^[a-z_]{1,40}$/.test(error))
      return bad(
        about,
        `it refuses to begin a sign-in: ${error}.`,
        "Check OIDC_SCOPES and the client's grant types.",
      )
    if (status >= 400) return bad(about, `it answered ${status} instead of its sign-in page.`, fix)
    const says = "it begins a sign-in; that one ends well was not tried."
    return unchecked(about, says, "Sign in with --sign-in.")
  } catch (error) {
    return bad(about, `its sign-in page can't be reached: ${describe(error)}.`, fix)
  }
}

function describe(error: unknown): string {
  if (error instanceof AppError && error.cause instanceof Error) return error.cause.message
  return error instanceof Error ? error.message : "it can't be read"
}
