import { randomUUID } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createSimulator, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  createTestingBrowser,
  toDemoClient,
  type TestingBrowser,
} from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  idempotencyKeyHeader,
  Peering,
  requestedByHeader,
  requestedByValue,
} from "@peering-desk/shared-schemas"
import { expectThat } from "#tools/lab/figure.ts"

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
    async signIn() {
      const browser = createTestingBrowser()
      const page = await browser.follow(`${origin}${apiUrls.signIn({ return: "/" })}`)
      const isHome = (location: string) => location === `${origin}/`
      const visit = await browser.submit(page, { persona: "olivia" }, isHome)
      expectThat(visit.headers.get("location") === `${origin}/`, `signing in ended at ${visit.url}`)
      return browser
    },
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

/** Requests a peering with another network each time, and returns it. Throws unless it was created. */
export async function createPeering(origin: string, browser: TestingBrowser, at: number): Promise<Peering> {
  const answer = await browser.send(`${origin}${apiUrls.peerings(projectId)}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin,
      [requestedByHeader]: requestedByValue,
      [idempotencyKeyHeader]: randomUUID(),
    },
    body: JSON.stringify({
      reason: "A conformance run",
      request: {
        providerName: "AWS",
        containerId: seededIds.documentationContainer,
        accepterRegionName: "us-west-2",
        awsAccountId: "482913570264",
        routeTableCidrBlock: `10.${50 + at}.0.0/16`,
        vpcId: `vpc-0a1b2c3d4e5f6${String(at).padStart(4, "0")}`,
      },
    }),
  })
  expectThat(answer.status === 201, `the create was answered ${answer.status}: ${answer.text.slice(0, 500)}`)
  return Peering.parse(JSON.parse(answer.text))
}
