import type { Request, Response } from "express"
import { AtlasError } from "#resources/errors.ts"
import { toErrorReply, type Reply } from "#resources/reply.ts"
import { readBody } from "#resources/request-body.ts"
import { toIpv4 } from "./api-keys.ts"
import type { Gate } from "./gate.ts"
import { tokenLifeSeconds } from "./service-accounts.ts"

const toReply = (status: number, body: object, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "Content-Type": "application/json", "Cache-Control": "no-store", Server: "mdbws", ...headers },
  body: JSON.stringify(body),
})

const refuseClient = () => toReply(401, { error: "invalid_client" }, { "WWW-Authenticate": "Basic" })

/** Answers `POST /api/oauth/revoke` (RFC 7009): an unknown token counts as revoked. */
export async function answerRevocation(gate: Gate, request: Request, response: Response): Promise<Reply> {
  const { authorization } = request.headers
  if (!gate.tokens.proves(authorization)) return refuseClient()
  const token = new URLSearchParams(await readBody(request, response)).get("token")
  if (token === null || token === "") return toReply(400, { error: "invalid_request" })
  gate.tokens.revoke(authorization, token)
  return { ...toReply(200, {}), body: "" }
}

/** Answers `POST /api/oauth/token`: the client credentials grant (RFC 6749 §4.4) of service accounts. */
export async function answerTokenRequest(gate: Gate, request: Request, response: Response): Promise<Reply> {
  try {
    const { authorization } = request.headers
    const address = toIpv4(request.socket.remoteAddress ?? "")
    const key = `token/${address}/${gate.tokens.clientIdOf(authorization) ?? ""}`
    gate.limiter.takeFromWindow(key, gate.limits.tokenPerMinute, "/api/oauth/token")
    const form = new URLSearchParams(await readBody(request, response))
    if (form.get("grant_type") !== "client_credentials")
      return toReply(400, { error: "unsupported_grant_type" })
    const token = gate.tokens.grant(authorization)
    if (token === null) return refuseClient()
    return toReply(200, { access_token: token, expires_in: tokenLifeSeconds, token_type: "Bearer" })
  } catch (error) {
    if (error instanceof AtlasError) return toErrorReply(error, "v1.0", null)
    throw error
  }
}
