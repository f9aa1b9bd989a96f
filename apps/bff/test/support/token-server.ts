import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import { respondError, respondJson } from "./digest-server.ts"

export const testingAccount = {
  clientId: "mdb_sa_id_64b1f0a27c3d5e4f8a9b0c1d",
  clientSecret: "mdb_sa_sk_kFyB2Hj-7wQ_canary_x3dPz5tRm",
}

interface BearerRequest {
  method: string
  url: string
  authorization: string
  body: string
}
type BearerHandler = (request: BearerRequest, response: ServerResponse) => void

interface TokenServerOptions {
  /** Answers the question for a token in the place of the server; true when it has. */
  onToken?: (request: BearerRequest, response: ServerResponse) => boolean
  /** Answers what came with a good token; an empty object by default. */
  handle?: BearerHandler
  /** In the answer to a question for a token; undefined leaves it out. */
  expiresIn?: unknown
}

/** A server that hands out access tokens, takes them, and forgets them when told to. */
export async function startTokenServer(options: TokenServerOptions = {}) {
  const { onToken, handle, expiresIn } = { expiresIn: 3600, ...options }
  const tokenRequests: BearerRequest[] = []
  const calls: (BearerRequest & { accepted: boolean })[] = []
  const good = new Set<string>()
  const given: string[] = []

  function grant(response: ServerResponse): void {
    const token = `token.${randomBytes(24).toString("base64url")}`
    given.push(token)
    good.add(`Bearer ${token}`)
    respondJson(response, 200, { access_token: token, token_type: "Bearer", expires_in: expiresIn })
  }

  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      if (request.url === "/api/oauth/token") {
        tokenRequests.push(request)
        if (onToken?.(request, response) === true) return
        const { clientId, clientSecret } = testingAccount
        const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`
        const isRight = request.authorization === expected && request.method === "POST"
        if (!isRight || request.body !== "grant_type=client_credentials") {
          respondJson(response, 401, { error: "invalid_client" })
          return
        }
        grant(response)
        return
      }
      const accepted = good.has(request.authorization)
      calls.push({ ...request, accepted })
      if (!accepted)
        respondError(response, 401, "UNEXPECTED_ERROR", "You are not authorized for this resource.")
      else if (handle === undefined) respondJson(response, 200, {})
      else handle(request, response)
    })
  })
  const { origin, close } = await listen(server)
  return {
    origin,
    tokenRequests,
    calls,
    given,
    /** Answers a question for a token that was held back. */
    grant,
    /** Takes none of the tokens given so far. */
    forgetTokens: () => good.clear(),
    close,
  }
}

export type TokenServer = Awaited<ReturnType<typeof startTokenServer>>

async function readRequest(incoming: IncomingMessage): Promise<BearerRequest> {
  const { method = "", url = "", headers } = incoming
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return { method, url, authorization: headers.authorization ?? "", body: Buffer.concat(chunks).toString() }
}
