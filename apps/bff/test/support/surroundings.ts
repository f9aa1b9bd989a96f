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
  toDemoClient,
} from "@peering-desk/demo-identity-provider"
import { requestedByHeader } from "@peering-desk/shared-schemas"
import { openTcpProxy, type TcpProxy } from "@peering-desk/test-support/tcp-proxy"
import { signInAt, toCookieHeader } from "./browser.ts"
import { sendRequest, type Answer } from "./http.ts"
import { listenAt, testingAccessRules } from "./test-app.ts"

const client = { id: "peering-desk", secret: "a-client-secret-that-nobody-may-see" }
// Making an RSA key takes longer than everything else here.
const keys = createSigningKeys()

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
    client: toDemoClient(front.origin, client.secret),
    keys: await keys,
  })
  const addresses = await listenAt(simulator)
  let cookie = ""
  return {
    front,
    simulator,
    simulatorUrl: addresses.ATLAS_BASE_URL,
    environment: {
      PUBLIC_URL: front.origin,
      OIDC_ISSUER: (await provider.listen()).issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      ACCESS_RULES_FILE: join(directory, "access-rules.json"),
      SESSION_SECRET: "a session secret that is long enough to be one",
      DATA_DIR: join(directory, "data"),
      ...addresses,
      ATLAS_PUBLIC_KEY: ownerKey.publicKey,
      ATLAS_PRIVATE_KEY: ownerKey.privateKey,
    },
    async signIn(persona) {
      cookie = toCookieHeader(await signInAt(front.origin, persona))
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
