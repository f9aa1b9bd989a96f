import { createHmac, randomBytes } from "node:crypto"
import { createServer } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose"
import { testingClient } from "./sign-in.ts"

/** The parts of a token, which a test may change. */
export interface TokenParts {
  header: { alg: string; kid?: string; typ?: string }
  claims: JWTPayload
  key: CryptoKey
}

/** An identity provider that issues the tokens a test asks for. */
export interface HostileProvider {
  issuer: string
  /** Its published public key, as PEM. */
  publicKeyPem: string
  /** A key pair that it has not published. */
  strangerKey: CryptoKey
  /** Makes the ID token of the next sign-ins out of the good one's parts. */
  answerWith: (make: (good: TokenParts) => string | Promise<string>) => void
  /** Changes the query of the next callbacks. */
  callBackWith: (change: (query: URLSearchParams) => void) => void
  /** The parts of a good logout token about that session. */
  logoutParts: (claims: JWTPayload) => TokenParts
  /** The number of code redemptions. */
  redeemed: () => number
  /** The headers and forms that came to the token endpoint. */
  tokenRequests: () => { authorization: string | undefined; form: URLSearchParams }[]
  /** Answers the next requests to the token endpoint with this; null answers with tokens again. */
  refuseWith: (refusal: Refusal | null) => void
  /** What the UserInfo endpoint says; null refuses the access token. */
  setUserInfo: (claims: Record<string, unknown> | null) => void
  /** Publishes and uses a new key under a new id. */
  rotateKey: () => Promise<void>
  /** How often its keys were read. */
  keyReads: () => number
  /** The refresh tokens that were given back. */
  revoked: () => string[]
  /** Cuts every connection from now on, or answers again. It keeps its port throughout, so nothing else can take that. */
  setAway: (isAway: boolean) => void
  close: () => Promise<void>
}

interface Refusal {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

const eventName = "http://schemas.openid.net/event/backchannel-logout"

export function sign({ header, claims, key }: TokenParts): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key)
}

/** A token whose signature is made, or left out, by hand. */
export function signByHand(
  { claims }: TokenParts,
  header: Record<string, unknown>,
  secret: string | null,
): string {
  const toPart = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const signed = `${toPart(header)}.${toPart(claims)}`
  return `${signed}.${secret === null ? "" : createHmac("sha256", secret).update(signed).digest("base64url")}`
}

/** It offers the bad algorithms too, as a provider that was talked into them would. */
const everyAlgorithm = ["none", "HS256", "RS256", "PS256", "ES256", "RS512"]

export async function openHostileProvider({
  algorithms = everyAlgorithm,
  metadata = {} as Record<string, unknown>,
  refreshTokens = false,
} = {}): Promise<HostileProvider> {
  const [first, stranger] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256"),
  ])
  let own = first
  let kid = "own-key"
  const nonces = new Map<string, string>()
  let make: (good: TokenParts) => string | Promise<string> = sign
  let change: (query: URLSearchParams) => void = () => {}
  let redeemed = 0
  let refusal: Refusal | null = null
  let userInfo: Record<string, unknown> | null = null
  let keyReads = 0
  let isAway = false
  const tokenRequests: { authorization: string | undefined; form: URLSearchParams }[] = []
  const revoked: string[] = []
  const publishedKeys: Record<string, unknown>[] = []

  async function publishKey(): Promise<void> {
    publishedKeys.push({ ...(await exportJWK(own.publicKey)), kid, use: "sig", alg: "RS256" })
  }
  await publishKey()

  const server = createServer((request, response) => {
    if (isAway) return void request.socket.destroy()
    let text = ""
    request.on("data", (part: Buffer) => (text += part.toString()))
    request.on("end", () => {
      const form = new URLSearchParams(text)
      const { authorization } = request.headers
      if (request.url === "/token") tokenRequests.push({ authorization, form })
      if (request.url === "/revoke") revoked.push(form.get("token") ?? "")
      void answer(new URL(request.url ?? "/", issuer), form).then(({ status = 200, headers, body = "" }) => {
        response.writeHead(status, { "content-type": "application/json", ...headers })
        response.end(typeof body === "string" ? body : JSON.stringify(body))
      })
    })
  })
  const { origin: issuer, close } = await listen(server)

  function idTokenParts(nonce: string | undefined): TokenParts {
    const iat = Math.floor(Date.now() / 1000)
    return {
      header: { alg: "RS256", kid },
      claims: {
        iss: issuer,
        sub: "mallory",
        aud: testingClient.id,
        iat,
        exp: iat + 3600,
        nonce,
        sid: "their-session",
        groups: ["peering-admins"],
      },
      key: own.privateKey,
    }
  }

  async function answer(url: URL, form: URLSearchParams): Promise<Partial<Refusal>> {
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return { body: { ...describe(issuer, algorithms), ...metadata } }
      case "/jwks":
        keyReads += 1
        return { body: { keys: publishedKeys } }
      case "/userinfo":
        return userInfo === null
          ? { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' } }
          : { body: userInfo }
      case "/token": {
        if (refusal !== null) return refusal
        redeemed += 1
        const id_token = await make(idTokenParts(nonces.get(form.get("code") ?? "")))
        const refresh = refreshTokens ? { refresh_token: `a-refresh-token-${redeemed}` } : {}
        return { body: { access_token: "an-access-token", token_type: "Bearer", id_token, ...refresh } }
      }
      case "/auth": {
        const code = randomBytes(8).toString("hex")
        nonces.set(code, url.searchParams.get("nonce") ?? "")
        const back = new URL(url.searchParams.get("redirect_uri") ?? "")
        const query = new URLSearchParams({
          code,
          state: url.searchParams.get("state") ?? "",
          iss: issuer,
        })
        change(query)
        back.search = query.toString()
        return { status: 303, headers: { location: back.href } }
      }
      default:
        return {}
    }
  }

  return {
    issuer,
    publicKeyPem: await exportSPKI(first.publicKey),
    strangerKey: stranger.privateKey,
    answerWith: (next) => {
      make = next
    },
    callBackWith: (next) => {
      change = next
    },
    logoutParts(claims) {
      const iat = Math.floor(Date.now() / 1000)
      return {
        header: { alg: "RS256", kid, typ: "logout+jwt" },
        claims: {
          iss: issuer,
          aud: testingClient.id,
          iat,
          exp: iat + 120,
          jti: randomBytes(8).toString("hex"),
          events: { [eventName]: {} },
          ...claims,
        },
        key: own.privateKey,
      }
    },
    redeemed: () => redeemed,
    tokenRequests: () => tokenRequests,
    refuseWith: (next) => {
      refusal = next
    },
    setUserInfo: (claims) => {
      userInfo = claims
    },
    async rotateKey() {
      own = await generateKeyPair("RS256", { extractable: true })
      kid = `own-key-${publishedKeys.length + 1}`
      await publishKey()
    },
    keyReads: () => keyReads,
    revoked: () => revoked,
    setAway(next) {
      isAway = next
      if (isAway) server.closeAllConnections()
    },
    close,
  }
}

function describe(issuer: string, algorithms: readonly string[]) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: algorithms,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    authorization_response_iss_parameter_supported: true,
  }
}
