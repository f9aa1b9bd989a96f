import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { awsServerCredentials, createDemoKeys, type SimulatorOptions } from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  toDemoClient,
  type SigningKeys,
} from "@peering-desk/demo-identity-provider"
import { createDemoFront, type DemoFront } from "@peering-desk/demo-director"
import { startServerProcess, type ServerProcess } from "@peering-desk/test-support/programs"
import { openTcpProxy } from "@peering-desk/test-support/tcp-proxy"
import { createSimulatedAtlas, type SimulatedAtlas } from "./simulated-atlas.ts"

/** The key of this installation. Its private half may appear in no answer, log line or file. */
export const canaryKey = { publicKey: "canaryke", privateKey: "5ec2e7ca-0000-4a1b-9c3d-canary7f0e11" }
export const canarySecrets = {
  clientSecret: "canary-client-secret-5ec2e7ca1111",
  sessionSecret: "canary-session-secret-5ec2e7ca2222",
}

const main = fileURLToPath(new URL("../apps/bff/dist/main.js", import.meta.url))

/** The built product as a process, with a simulated Atlas and an identity provider for it alone. */
export interface RunningApp {
  url: string
  /** Where the simulated Atlas answers, and under `/simulator` its control API. */
  simulatorUrl: string
  simulator: SimulatedAtlas
  /** Everything the server wrote so far, at its most detailed level. */
  log: () => string
  stopServer: () => Promise<void>
  startServer: () => Promise<void>
  stop: () => Promise<void>
}

export interface AppOptions {
  /** The world that the simulated Atlas begins with. */
  atlasScenario: NonNullable<SimulatorOptions["scenario"]>
  signingKeys: SigningKeys
  /** Runs on a new database of the PostgreSQL server at this URL; null for a SQLite file. */
  postgresUrl: string | null
  /** Which changes another person has to approve; null without a policy. */
  approvalPolicy: object | null
  /** Runs as the demo: the server follows simulated time, and the demo's front is before it. */
  isDemo: boolean
}

/** Starts everything and resolves when the server is ready. Simulated time stops: scenarios advance it. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const proxy = await openTcpProxy()
  const url = proxy.origin
  const simulator = createSimulatedAtlas({
    speed: 0,
    scenario: options.atlasScenario,
    keys: createDemoKeys(canaryKey, options.atlasScenario),
  })
  const provider = createDemoIdentityProvider({
    client: toDemoClient(url, canarySecrets.clientSecret),
    keys: options.signingKeys,
  })
  const directory = mkdtempSync(join(tmpdir(), "peering-desk-e2e-"))
  const policyFile = join(directory, "approval-policy.json")
  writeFileSync(policyFile, JSON.stringify(options.approvalPolicy))
  let written = ""
  let server: ServerProcess | null = null
  let front: DemoFront | null = null
  const stopServer = async () => {
    proxy.leadTo(null)
    await front?.close()
    // SIGTERM serves on for two seconds, so that a balancer notices.
    await server?.stop("SIGINT")
    written += server?.log() ?? ""
    front = server = null
  }
  const stop = async () => {
    await stopServer()
    await Promise.all([proxy.close(), simulator.close(), provider.close()])
    rmSync(directory, { recursive: true })
  }

  try {
    const { origin: simulatorUrl, awsUrl } = await simulator.listen()
    const environment = {
      PUBLIC_URL: url,
      ATLAS_BASE_URL: simulatorUrl,
      ATLAS_PUBLIC_KEY: canaryKey.publicKey,
      ATLAS_PRIVATE_KEY: canaryKey.privateKey,
      OIDC_ISSUER: (await provider.listen()).issuer,
      OIDC_CLIENT_ID: "peering-desk",
      OIDC_CLIENT_SECRET: canarySecrets.clientSecret,
      ACCESS_RULES_FILE: fileURLToPath(new URL("../tools/demo-access-rules.json", import.meta.url)),
      SESSION_SECRET: canarySecrets.sessionSecret,
      DATA_DIR: directory,
      NOTIFICATION_INSIDE_HOSTS: "127.0.0.1",
      AWS_ENDPOINT_URL_EC2: awsUrl,
      AWS_ENDPOINT_URL_STS: awsUrl,
      AWS_ACCESS_KEY_ID: awsServerCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: awsServerCredentials.secretAccessKey,
      ...(options.approvalPolicy !== null && { APPROVAL_POLICY_FILE: policyFile }),
      ...(options.isDemo && { DEMO_SIMULATOR_URL: simulatorUrl }),
      ...(options.postgresUrl !== null && { DATABASE_URL: createDatabase(options.postgresUrl) }),
      LOG_LEVEL: "trace",
    }
    const start = async () => {
      if (!existsSync(main)) throw new Error("The product is not built: run pnpm build first")
      server = await startServerProcess(main, environment, { folder: directory, answersAt: "/readyz" })
      if (!options.isDemo) {
        proxy.leadTo(server.port)
        return
      }
      const serverUrl = `http://127.0.0.1:${server.port}`
      front = await createDemoFront({ serverUrl, publicUrl: url, simulatorUrl })
      proxy.leadTo(Number(new URL((await front.listen()).origin).port))
    }
    await start()
    return {
      url,
      simulatorUrl,
      simulator,
      log: () => `${written}${server?.log() ?? ""}`,
      startServer: start,
      stopServer,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Creates an empty database on this PostgreSQL server and returns its URL. */
function createDatabase(postgresUrl: string): string {
  const name = `scenario_${randomUUID().replaceAll("-", "")}`
  execFileSync("psql", [postgresUrl, "-q", "-c", `create database ${name}`], {
    stdio: ["ignore", "ignore", "inherit"],
  })
  const url = new URL(postgresUrl)
  url.pathname = `/${name}`
  return url.href
}
