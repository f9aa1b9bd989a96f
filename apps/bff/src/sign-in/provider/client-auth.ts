import { ClientSecretPost, type ClientAuth } from "openid-client"

/** The ways to send the client's secret to the token endpoint (OpenID Connect Core §9). */
export const clientAuthMethods = ["basic", "post"] as const
export type ClientAuthMethod = (typeof clientAuthMethods)[number]

interface Credentials {
  clientId: string
  clientSecret: string
}

/**
 * Chooses how to send the client's secret. The setting decides, then what the provider offers; where it offers both, `post` when
 * Basic is ambiguous: providers disagree about the characters that forms encode.
 * @param offered `token_endpoint_auth_methods_supported` of the provider; only Basic when it is left out (OpenID Connect Discovery §3)
 */
export function chooseClientAuth(
  { clientId, clientSecret }: Credentials,
  setting: ClientAuthMethod | null,
  offered: readonly string[] = ["client_secret_basic"],
): ClientAuthMethod {
  if (setting !== null) return setting
  const [basic, post] = clientAuthMethods.map((method) => offered.includes(`client_secret_${method}`))
  if (basic && post) return isPlain(clientId) && isPlain(clientSecret) ? "basic" : "post"
  return post ? "post" : "basic"
}

export function toClientAuth({ clientSecret }: Credentials, method: ClientAuthMethod): ClientAuth {
  if (method === "post") return ClientSecretPost(clientSecret)
  return (_server, client, _body, headers) => {
    const words = [client.client_id, clientSecret].map(encodeAsForm).join(":")
    headers.set("authorization", `Basic ${Buffer.from(words).toString("base64")}`)
  }
}

/**
 * Encodes as HTML forms do (RFC 6749 §2.3.1), which leaves letters, digits and `- . _ *` alone. openid-client's own encoding is as
 * valid and changes those too; providers that do not decode then know no `peering%2Ddesk`.
 */
function encodeAsForm(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1)
}

function isPlain(text: string): boolean {
  return encodeAsForm(text) === text
}
