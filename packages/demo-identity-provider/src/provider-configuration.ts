import type { AdapterFactory, ClientMetadata, Configuration, KoaContextWithOIDC } from "oidc-provider"
import type { DemoClient } from "./clients.ts"
import { renderNoticePage, renderSignOutPage } from "./pages.ts"
import type { Persona } from "./personas.ts"
import type { SigningKeys } from "./signing-keys.ts"

const hour = 60 * 60

/** Writes a client as `oidc-provider` stores it. */
export function toClientMetadata(client: DemoClient): ClientMetadata {
  return {
    client_id: client.id,
    client_secret: client.secret,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
    ...(client.backChannelLogoutUri !== undefined && {
      backchannel_logout_uri: client.backChannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  }
}

/** Builds the settings of `oidc-provider`, including every default it would warn about. */
export function buildConfiguration(deps: {
  adapter: AdapterFactory
  personas: () => readonly Persona[]
  keys: SigningKeys
  refreshTokens: boolean
}): Configuration {
  const { adapter, personas, keys, refreshTokens } = deps
  return {
    adapter,
    jwks: keys.jwks,
    cookies: {
      keys: keys.cookieKeys,
      names: { session: "demo-idp", interaction: "demo-idp-page", resume: "demo-idp-resume" },
    },
    clientBasedCORS: () => false,
    claims: {
      openid: ["sub"],
      profile: ["name", "groups"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    // Most providers put the claims into the ID token; the specification would fetch them separately.
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const persona = personas().find((one) => one.id === id)
      if (persona === undefined) return undefined
      const { name, email, groups } = persona
      return {
        accountId: id,
        claims: () => ({
          sub: id,
          name,
          email,
          email_verified: true,
          ...(groups !== undefined && { groups }),
        }),
      }
    },
    loadExistingGrant: createGranter(),
    issueRefreshToken: () => refreshTokens,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = renderSignOutPage(form)
        },
        postLogoutSuccessSource: (context) => {
          context.body = renderNoticePage("Signed out", "You can close this page.")
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    renderError: (context, { error, error_description: description }) => {
      context.type = "html"
      context.body = renderNoticePage("That did not work", `${error}: ${description ?? "no more is known"}`)
    },
    // The package refuses addresses of this machine, where a demo's applications run.
    fetch: (input, init) => globalThis.fetch(input, { ...init, dispatcher: undefined } as RequestInit),
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: 8 * hour,
      IdToken: hour,
      RefreshToken: 8 * hour,
      Interaction: hour,
      Session: 8 * hour,
    },
  }
}

/**
 * Grants the requested scopes without asking for consent: the only applications here are our own. A browser has one grant for an
 * application, also when several tabs sign in at once: a code is good only while its grant is the session's.
 */
function createGranter() {
  const grants = new Map<string, Promise<string>>()

  return async ({ oidc }: KoaContextWithOIDC) => {
    const { client, session, provider, requestParamScopes } = oidc
    if (client === undefined || session?.accountId === undefined) return undefined
    const { clientId } = client
    const key = `${session.uid} ${clientId}`
    const known = await grants.get(key)
    const found = known === undefined ? undefined : await provider.Grant.find(known)
    const grant = found ?? new provider.Grant({ clientId, accountId: session.accountId })
    grant.addOIDCScope([...requestParamScopes].join(" "))
    const saving = grant.save()
    grants.set(key, saving)
    await saving
    return grant
  }
}
