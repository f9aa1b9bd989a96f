import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  awsServerCredentials,
  createSimulator,
  ownerKey,
  seededIds,
  type Simulator,
  type SimulatorOptions,
} from "@peering-desk/atlas-simulator"
import { createShapeCheck } from "@peering-desk/atlas-simulator/shapes"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  toDemoClient,
  type Persona,
} from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  idempotencyKeyHeader,
  requestedByHeader,
  requestedByValue,
  type PageDrawer,
} from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import type { Express } from "express"
import { createLogger } from "#base/logger.ts"
import { createKinds } from "#changes/kinds.ts"
import type { AccessRules } from "#sign-in/access-rules.ts"
import { createApp } from "#app.ts"
import { readConfig } from "#config.ts"
import { createServices, type Services } from "#services.ts"
import { signInAt, toCookieHeader } from "./browser.ts"
import { createDeskClock, createOtherClock, type DeskClock } from "./test-app-clock.ts"
import { readEventStream, type EventReader } from "./event-reader.ts"
import { sendRequest, type Answer } from "./http.ts"

interface CallOptions {
  /** Put over those of a browser on our own page; undefined takes one away. */
  headers?: Record<string, string | undefined>
  /** A text or bytes go as they are, anything else as JSON. */
  body?: unknown
}

/** The whole server on a real port, a stand-in for Atlas behind it, and what a browser of our site would send. */
export interface TestApp {
  simulator: Simulator
  clock: DeskClock
  /** The time of the database, where it is PostgreSQL. It passes with the clocks of all desks over it, and no desk sets it. */
  databaseTime: () => number
  services: Services
  app: Express
  origin: string
  /** Its configuration, and the cookie of the calls. */
  environment: Record<string, string>
  cookie: string | undefined
  /** Signs in from a new browser, and gives its cookie. */
  signIn: (persona: string) => Promise<string>
  /** Replaces the people who have an account at the identity provider. */
  setPersonas: (personas: readonly Persona[]) => Promise<void>
  /** Every log line so far, at the finest level. */
  logs: string[]
  /** Status, headers and body of every answer so far, streams excepted. */
  answers: string[]
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>
  /** Asks for a connection, with a reason; a text goes as it is in the place of the request. */
  create: (projectId: string, request: unknown, key?: string) => Promise<Answer>
  stream: (projectIds: readonly string[], headers?: Record<string, string>) => Promise<EventReader>
  /** Counts the requests that Atlas got for a path with this end, of one method or any, without challenges. */
  asked: (method: string, pathEnd: string) => number
  close: () => Promise<void>
}

interface DeskOptions {
  simulator?: SimulatorOptions
  environment?: Record<string, string>
  /** The caller of requests without a cookie: olivia, who may do everything; null for nobody. */
  persona?: string | null
  /** The accounts at the identity provider and the roles of their groups; the demo's by default. */
  personas?: readonly Persona[]
  accessRules?: AccessRules
  /** Another process over the same data, at the same Atlas; its sessions work here too. */
  beside?: TestApp
  /** The file of the thread that reads AWS; its source by default. */
  readingThread?: URL
  /** The lead of this process's clock over that of the one beside it, two minutes over PostgreSQL and none over SQLite by default. */
  clockAheadMs?: number
  /** Draws pages; without one, browsers do. */
  drawer?: PageDrawer
  /** Puts something else in the place of one of the services. */
  replace?: (services: Services) => Partial<Services>
}

const client = { id: "peering-desk", secret: "a-client-secret-that-nobody-may-see" }
// Making an RSA key takes longer than everything else here.
const keys = createSigningKeys()

/** The roles of the demo personas' groups. */
export const testingAccessRules: AccessRules = {
  rules: [
    { claim: "groups", equals: "peering-admins", role: "administrator", projects: "*" },
    { claim: "groups", equals: "payments-team", role: "requester", projects: [seededIds.payments] },
    { claim: "groups", equals: "viewers", role: "viewer", projects: "*" },
    { claim: "groups", equals: "security", role: "auditor" },
  ],
  askWhom: "platform@example.com",
}

/** Starts one on free ports. The desk's clock and Atlas's stand still. */
export async function startTestApp(options: DeskOptions = {}): Promise<TestApp> {
  const { beside } = options
  const shapes = createShapeCheck()
  const simulator =
    beside?.simulator ??
    createSimulator({ speed: 0, ...options.simulator, onServed: (served) => shapes.check(served) })
  const server = createServer()
  const { origin, port, close } = await listen(server)

  const provider = createDemoIdentityProvider({
    client: toDemoClient(origin, client.secret),
    keys: await keys,
    ...(options.personas !== undefined && { personas: options.personas }),
  })

  const directory = mkdtempSync(join(tmpdir(), "testing-desk-"))
  writeWebApp(directory)
  writeFileSync(
    join(directory, "access-rules.json"),
    JSON.stringify(options.accessRules ?? testingAccessRules),
  )
  const logs: string[] = []
  const clock = createClock(options)
  const startedAt = clock.now() - clock.elapsed()
  const databaseTime = beside?.databaseTime ?? (() => startedAt + clock.elapsed())
  const environment = {
    ...(beside?.environment ?? {
      OIDC_ISSUER: (await provider.listen()).issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      ACCESS_RULES_FILE: join(directory, "access-rules.json"),
      SESSION_SECRET: "a session secret that is long enough to be one",
      DATA_DIR: join(directory, "data"),
      ...(await listenAt(simulator)),
      ATLAS_PUBLIC_KEY: ownerKey.publicKey,
      ATLAS_PRIVATE_KEY: ownerKey.privateKey,
    }),
    ...options.environment,
    PORT: String(port),
  }
  const built = await createServices({
    config: readConfig(environment),
    clock,
    readCredentials: () => readConfig(environment).atlas.credentials,
    aws: {
      environment: {
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ...environment,
      },
      ...(options.readingThread && { file: options.readingThread }),
    },
    readTime: () => Promise.resolve(databaseTime()),
    logger: createLogger("trace", { write: (line) => logs.push(line) }),
  })
  const replaced = { ...built, ...options.replace?.(built) }
  const services = replaced.atlas === built.atlas ? replaced : { ...replaced, kinds: createKinds(replaced) }
  const app = createApp(services, directory, Promise.resolve(options.drawer ?? null))
  server.on("request", app)

  const signIn = async (persona: string) => toCookieHeader(await signInAt(origin, persona))
  const { persona = "olivia" } = options
  const cookie = beside?.cookie ?? (persona === null ? undefined : await signIn(persona))

  const answers: string[] = []
  const streams: EventReader[] = []
  const pageHeaders = {
    "sec-fetch-site": "same-origin",
    [requestedByHeader]: requestedByValue,
    ...(cookie !== undefined && { cookie }),
  }

  const call: TestApp["call"] = async (method, path, { headers = {}, body } = {}) => {
    const bytes =
      body === undefined || typeof body === "string" || body instanceof Buffer ? body : JSON.stringify(body)
    const all = {
      ...pageHeaders,
      ...(method !== "GET" && method !== "HEAD" && { "content-type": "application/json" }),
      ...(bytes !== undefined && { "content-length": Buffer.byteLength(bytes) }),
      ...headers,
    }
    const answer = await sendRequest(`${origin}${path}`, method, all, bytes)
    answers.push(`${answer.status} ${JSON.stringify(answer.headers)}\n${answer.text}`)
    return answer
  }

  return {
    simulator,
    clock,
    databaseTime,
    services,
    app,
    origin,
    environment,
    cookie,
    signIn,
    setPersonas: (personas) => provider.setPersonas(personas),
    logs,
    answers,
    call,
    create(projectId, request, key = "a-key-made-once-per-form") {
      const text = typeof request === "string" ? request : JSON.stringify(request)
      const body = `{"reason":"Orders move to Atlas","request":${text}}`
      return call("POST", apiUrls.peerings(projectId), { body, headers: { [idempotencyKeyHeader]: key } })
    },
    async stream(projectIds, headers = {}) {
      const reader = await readEventStream(`${origin}${apiUrls.events({ projects: projectIds.join(",") })}`, {
        ...(cookie !== undefined && { cookie }),
        ...headers,
      })
      streams.push(reader)
      return reader
    },
    asked: (method, pathEnd) =>
      simulator
        .calls()
        .rows.filter((row) => row.method === method && row.path.endsWith(pathEnd))
        .reduce((sum, row) => sum + row.calls + row.cut + row.refused, 0),
    async close() {
      services.changeLookUps.stop()
      services.pollers.stop()
      for (const stream of streams) stream.close()
      await close()
      if (beside === undefined) {
        await simulator.close()
        await provider.close()
      }
      services.sessionWatch.stop()
      await services.cloudReader.stop()
      await services.sharing?.stop()
      services.tokenWatch.stop()
      services.databaseClock?.stop()
      await services.store.close()
      rmSync(directory, { recursive: true })
      shapes.expectNone()
    },
  }
}

/** Returns the addresses of the stand-ins for Atlas and AWS, and the server's key in AWS. */
export async function listenAt(simulator: Simulator) {
  const { origin, awsUrl } = await simulator.listen()
  return {
    ATLAS_BASE_URL: origin,
    AWS_ENDPOINT_URL_EC2: awsUrl,
    AWS_ENDPOINT_URL_STS: awsUrl,
    AWS_ACCESS_KEY_ID: awsServerCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: awsServerCredentials.secretAccessKey,
  }
}

function createClock({ beside, environment, clockAheadMs }: DeskOptions): DeskClock {
  if (beside === undefined) return createDeskClock()
  const isShared = { ...beside.environment, ...environment }["DATABASE_URL"] !== undefined
  return createOtherClock(beside.clock, clockAheadMs ?? (isShared ? 120_000 : 0))
}

function writeWebApp(directory: string): void {
  mkdirSync(join(directory, "assets"))
  writeFileSync(join(directory, "index.html"), "<!doctype html><title>Peering Desk</title>")
  writeFileSync(join(directory, "assets", "index-a1b2c3.js"), "export {}\n")
  writeFileSync(join(directory, "theme.js"), "// A comment.\ntheme()\n")
  writeFileSync(join(directory, "loader.js"), "load()\n")
}
