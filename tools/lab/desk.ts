import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { findFreePort, answers, startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { createDemoIdentityProvider } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { signInAt, toCookieHeader } from "#bff/test/support/browser.ts"
import { toNode } from "./programs.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
/** The server as providers know it. */
export const deskClient = { id: "peering-desk", secret: "lab-client-secret" }
export const sessionSecret = "a session secret that is long enough to be one"
/** Nothing answers there. A start and sign-in need no Atlas. */
export const noAtlas = { url: "http://127.0.0.1:1", publicKey: "abcdefgh", privateKey: "of-no-use" }

/** Where a provider may send browsers back to. */
export function toRedirectUris(ports: readonly number[]): string[] {
  return ports.map((port) => `http://127.0.0.1:${port}/sign-in/callback`)
}

/** No limit on calls is ever met; the limiters still run. */
const withoutLimits = Object.fromEntries(
  ["READS_PER_USER", "READS_PER_ADDRESS", "WRITES_PER_USER", "WRITES_PER_ADDRESS", "PREFLIGHTS_PER_USER"]
    .map((name) => [`RATE_${name}`, "99999"])
    .concat([["STREAMS_PER_USER", "999"]]),
)

/** The server as `pnpm start` starts it. */
const built = ["--max-semi-space-size=4", join(root, "apps/bff/dist/main.js")]
/** The server without a build. */
export const fromSource = toNode(join(root, "apps/bff/src/main.ts"))

/** The product as a separate process. */
export interface Desk {
  origin: string
  pid: number
  /** From the start of the process until it answered that it is ready. */
  readyMs: number
  /** Signs an administrator in, or another demo person, in a new session each time. Returns its `Cookie` header. */
  signIn: (persona?: string) => Promise<string>
  log: () => string
  /** Ends it by a signal, SIGTERM unless another is named. Returns its exit code; null when the signal ended it. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/**
 * Starts the server beside an identity provider.
 * @param work a folder for its database, which is kept there
 * @param atlas where the stand-in for Atlas is, and its key
 * @param environment more settings, such as `DATABASE_URL`; with `OIDC_ISSUER` no provider is started
 * @param program what Node runs, and the path that answers once it is up; the built server and its readiness unless named
 * @param node the Node that runs it, and more flags for it; this process's unless named
 */
export async function startDesk(
  work: string,
  atlas: { url: string; publicKey: string; privateKey: string },
  environment: Readonly<Record<string, string>> = {},
  {
    program = built,
    answersAt = apiUrls.readiness(),
    node = process.execPath,
    flags = [],
  }: { program?: readonly string[]; answersAt?: string; node?: string; flags?: readonly string[] } = {},
): Promise<Desk> {
  const port = Number(environment["PORT"] ?? (await findFreePort()))
  const origin = `http://127.0.0.1:${port}`
  const provider = createDemoIdentityProvider({
    client: { ...deskClient, redirectUris: toRedirectUris([port]) },
  })
  const issuer = environment["OIDC_ISSUER"] ?? (await provider.listen()).issuer
  mkdirSync(work, { recursive: true })
  const from = performance.now()
  const settings = {
    PORT: String(port),
    PUBLIC_URL: origin,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: deskClient.id,
    OIDC_CLIENT_SECRET: deskClient.secret,
    ACCESS_RULES_FILE: join(root, "tools/demo-access-rules.json"),
    SESSION_SECRET: sessionSecret,
    DATA_DIR: join(work, "data"),
    ATLAS_BASE_URL: atlas.url,
    ATLAS_PUBLIC_KEY: atlas.publicKey,
    ATLAS_PRIVATE_KEY: atlas.privateKey,
    LOG_LEVEL: "warn",
    ...withoutLimits,
  }
  const server = startProgram(node, [...flags, ...program], { ...settings, ...environment }, work)
  await waitForProgram(server, () => answers(`${origin}${answersAt}`))
  const readyMs = performance.now() - from
  return {
    origin,
    readyMs,
    pid: server.child.pid ?? Number.NaN,
    log: server.log,
    async signIn(persona = "olivia") {
      return toCookieHeader(await signInAt(origin, persona))
    },
    async stop(signal) {
      await server.stop(signal)
      await provider.close()
      return server.child.exitCode
    },
  }
}
