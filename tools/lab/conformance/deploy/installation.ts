import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createSimulator, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  toDemoClient,
  type TestingBrowser,
} from "@peering-desk/demo-identity-provider"
import { signInAt, toCookieHeader } from "#bff/test/support/browser.ts"
import { toRequest } from "#bff/test/support/chaos-creates.ts"
import { createNow } from "#tools/lab/chaos/client.ts"

const clientSecret = "a client secret of a conformance run"
export const projectId = seededIds.documentationProject

/** The surroundings of an installation: a simulated Atlas, an identity provider with people, and secrets as files. */
export interface Installation {
  simulator: Simulator
  /** The configuration of a server, without the place of its data. */
  settings: Record<string, string>
  /** Secrets by variable; each belongs in a file that `NAME_FILE` names. */
  secrets: Record<string, string>
  signIn: () => Promise<TestingBrowser>
  close: () => Promise<void>
}

/** Starts one for an installation that browsers reach at an origin. */
export async function startInstallation(origin: string): Promise<Installation> {
  const simulator = createSimulator({ speed: 0 })
  const provider = createDemoIdentityProvider({
    client: toDemoClient(origin, clientSecret),
    keys: await createSigningKeys(),
  })
  return {
    simulator,
    settings: {
      PUBLIC_URL: origin,
      ATLAS_BASE_URL: (await simulator.listen()).origin,
      OIDC_ISSUER: (await provider.listen()).issuer,
      OIDC_CLIENT_ID: "peering-desk",
    },
    secrets: {
      ATLAS_PUBLIC_KEY: ownerKey.publicKey,
      ATLAS_PRIVATE_KEY: ownerKey.privateKey,
      OIDC_CLIENT_SECRET: clientSecret,
      SESSION_SECRET: "a session secret of a conformance run",
    },
    signIn: () => signInAt(origin, "olivia"),
    async close() {
      await simulator.close()
      await provider.close()
    },
  }
}

/** Writes secrets into files that any user can read, and returns the variables that name them below a folder. */
export function writeSecrets(
  secrets: Readonly<Record<string, string>>,
  folder: string,
  mountedAt = folder,
): Record<string, string> {
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => {
      writeFileSync(join(folder, name.toLowerCase()), value)
      return [`${name}_FILE`, `${mountedAt}/${name.toLowerCase()}`]
    }),
  )
}

/** Requests a peering with another network each time, and returns its id. Throws unless it was created. */
export async function createPeering(origin: string, browser: TestingBrowser, at: number): Promise<string> {
  const person = { desk: { origin }, cookie: toCookieHeader(browser) }
  const request = toRequest(seededIds.documentationContainer, "AWS", at)
  return await createNow(person, projectId, request, `the-key-of-form-${at}`)
}
