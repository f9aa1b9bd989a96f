import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  createSimulator,
  ownerKey,
  type Simulator,
  type SimulatorOptions,
} from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  createTestingBrowser,
} from "@peering-desk/demo-identity-provider"
import { apiUrls, requestedByHeader } from "@peering-desk/shared-schemas"
import { openTcpProxy, type TcpProxy } from "@peering-desk/test-support/tcp-proxy"
import { sendRequest, type Answer } from "./http.ts"
import { testingAccessRules } from "./test-app.ts"

const client = { id: "peering-desk", secret: "a-client-secret-that-nobody-may-see" }

/** All that server processes need around them, and one browser in front. */
export interface Surroundings {
  /** The address that the browser uses; it has to be led to a process. */
  front: TcpProxy
  simulator: Simulator
  simulatorUrl: string
  /** The configuration of a process that uses all this. */
  environment: Record<string, string>
  /** Signs the browser in. */
  signIn: (persona: string) => Promise<void>
  /** The Cookie header of the browser. */
  readCookie: () => string
  /** Sends what a script on our own page would; a body goes as JSON. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  close: () => Promise<void>
}

/** Starts them on free ports. */
export async function openSurroundings(options: SimulatorOptions = {}): Promise<Surroundings> {
  const simulator = createSimulator(options)
  const front = await openTcpProxy()
  const directory = mkdtempSync(join(tmpdir(), "surroundings-"))
  writeFileSync(join(directory, "access-rules.json"), JSON.stringify(testingAccessRules))
  const provider = createDemoIdentityProvider({
    client: {
      ...client,
      redirectUris: [`${front.origin}${apiUrls.signInCallback()}`],
      postLogoutRedirectUris: [`${front.origin}/`],
      backChannelLogoutUri: `${front.origin}${apiUrls.backChannelLogout()}`,
    },
    keys: await createSigningKeys(),
  })
  const simulatorUrl = (await simulator.listen()).origin
  let cookie = ""
  return {
    front,
    simulator,
    simulatorUrl,
    environment: {
      PUBLIC_URL: front.origin,
      OIDC_ISSUER: (await provider.listen()).issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      ACCESS_RULES_FILE: join(directory, "access-rules.json"),
      SESSION_SECRET: "a session secret that is long enough to be one",
      DATA_DIR: join(directory, "data"),
      ATLAS_BASE_URL: simulatorUrl,
      ATLAS_PUBLIC_KEY: ownerKey.publicKey,
      ATLAS_PRIVATE_KEY: ownerKey.privateKey,
    },
    async signIn(persona) {
      const browser = createTestingBrowser()
      const page = await browser.follow(`${front.origin}${apiUrls.signIn({ return: "/" })}`)
      await browser.submit(page, { persona }, (location) => location === `${front.origin}/`)
      cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    },
    readCookie: () => cookie,
    call: (method, path, body, headers = {}) =>
      sendRequest(
        `${front.origin}${path}`,
        method,
        {
          cookie,
          "sec-fetch-site": "same-origin",
          [requestedByHeader]: "1",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    async close() {
      await Promise.all([simulator.close(), provider.close(), front.close()])
      rmSync(directory, { recursive: true })
    },
  }
}
