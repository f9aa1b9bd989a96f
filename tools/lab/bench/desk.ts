import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createDemoIdentityProvider, createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort, startProgram } from "#tools/lab/conformance/real-desk.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
/** The server as providers know it. */
export const deskClient = { id: "peering-desk", secret: "bench-client-secret" }

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

/** The product as it is built, running as a process of its own. */
export interface Desk {
  origin: string
  pid: number
  /** From the start of the process until it answered that it is ready. */
  readyMs: number
  /** Signs an administrator in, or another demo person, anew each time. Returns the `Cookie` header of the session. */
  signIn: (persona?: string) => Promise<string>
  log: () => string
  /** Ends it by a signal, SIGTERM unless another is named. Returns its exit code; null when the signal ended it. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/**
 * Starts the built server beside an identity provider.
 * @param work a folder for its database, which is kept there
 * @param atlas where the stand-in for Atlas is, and its key
 * @param environment more settings, such as `DATABASE_URL`; with `OIDC_ISSUER` no provider is started
 */
export async function startDesk(
  work: string,
  atlas: { url: string; publicKey: string; privateKey: string },
  environment: Record<string, string> = {},
): Promise<Desk> {
  const port = Number(environment["PORT"] ?? (await findFreePort()))
  const origin = `http://127.0.0.1:${port}`
  const provider = createDemoIdentityProvider({
    client: { ...deskClient, redirectUris: toRedirectUris([port]) },
  })
  const issuer = environment["OIDC_ISSUER"] ?? (await provider.listen()).issuer
  mkdirSync(work, { recursive: true })
  const from = performance.now()
  const program = startProgram(
    process.execPath,
    // As `pnpm start` starts it.
    ["--max-semi-space-size=4", join(root, "apps/bff/dist/main.js")],
    {
      PORT: String(port),
      PUBLIC_URL: origin,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: deskClient.id,
      OIDC_CLIENT_SECRET: deskClient.secret,
      ACCESS_RULES_FILE: join(root, "tools/demo-access-rules.json"),
      SESSION_SECRET: "a session secret that is long enough to be one",
      DATA_DIR: join(work, "data"),
      ATLAS_BASE_URL: atlas.url,
      ATLAS_PUBLIC_KEY: atlas.publicKey,
      ATLAS_PRIVATE_KEY: atlas.privateKey,
      LOG_LEVEL: "warn",
      ...withoutLimits,
      ...environment,
    },
    work,
  )
  const endWithUs = () => program.child.kill()
  process.once("exit", endWithUs)
  await waitForAnswer(program, `${origin}${apiUrls.readiness()}`)
  const readyMs = performance.now() - from
  return {
    origin,
    readyMs,
    pid: program.child.pid ?? Number.NaN,
    log: program.log,
    async signIn(persona = "olivia") {
      const browser = createTestingBrowser()
      const page = await browser.follow(`${origin}${apiUrls.signIn({ return: "/" })}`)
      await browser.submit(page, { persona }, (location) => location === `${origin}/`)
      return browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    },
    async stop(signal = "SIGTERM") {
      process.removeListener("exit", endWithUs)
      await program.stop(signal)
      await provider.close()
      return program.child.exitCode
    },
  }
}

const askEveryMs = 5

/** Waits until an address answers well. Throws when the program ends before, or within half a minute. */
export async function waitForAnswer(program: ReturnType<typeof startProgram>, url: string): Promise<void> {
  for (let left = 30_000 / askEveryMs; left > 0; left -= 1) {
    if (program.child.exitCode !== null) throw new Error(`it ended: ${program.log().slice(-2_000)}`)
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
  throw new Error(`it does not answer at ${url}: ${program.log().slice(-2_000)}`)
}
