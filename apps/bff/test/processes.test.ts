import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createSimulator, ownerKey, type Simulator } from "@peering-desk/atlas-simulator"
import {
  createDemoIdentityProvider,
  createSigningKeys,
  createTestingBrowser,
  type DemoIdentityProvider,
} from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  idempotencyKeyHeader,
  Peering,
  PeeringList,
  requestedByHeader,
} from "@peering-desk/shared-schemas"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { useDatabases } from "#test/support/database.ts"
import { readEventStream, type EventReader } from "#test/support/event-reader.ts"
import { openFront, type Front } from "#test/support/front.ts"
import { sendRequest } from "#test/support/http.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startServerProcess, type ServerProcess } from "#test/support/server-process.ts"
import { testingAccessRules } from "#test/support/test-app.ts"

/** Three processes over one PostgreSQL, for the whole file. A busy machine is slow. */
const waitMs = { timeout: 60_000, interval: 50 }
const createDatabase = useDatabases("postgres")
let directory: string
let main: string
let environment: Record<string, string>
let database: pg.Client
let simulator: Simulator
let provider: DemoIdentityProvider
let front: Front
let cookie = ""
const servers: ServerProcess[] = []

beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "processes")
  const { databaseUrl = "" } = await createDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  simulator = createSimulator({ speed: 0 })
  directory = mkdtempSync(join(tmpdir(), "processes-"))
  writeFileSync(join(directory, "access-rules.json"), JSON.stringify(testingAccessRules))
  front = await openFront()
  const client = { id: "peering-desk", secret: "a-client-secret-that-nobody-may-see" }
  provider = createDemoIdentityProvider({
    client: {
      ...client,
      redirectUris: [`${front.origin}${apiUrls.signInCallback()}`],
      postLogoutRedirectUris: [`${front.origin}/`],
      backChannelLogoutUri: `${front.origin}${apiUrls.backChannelLogout()}`,
    },
    keys: await createSigningKeys(),
  })
  environment = {
    PUBLIC_URL: front.origin,
    POLL_STEADY_SECONDS: "2",
    DATABASE_URL: databaseUrl,
    OIDC_ISSUER: (await provider.listen()).issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    ACCESS_RULES_FILE: join(directory, "access-rules.json"),
    SESSION_SECRET: "a session secret that is long enough to be one",
    ATLAS_BASE_URL: (await simulator.listen()).origin,
    ATLAS_PUBLIC_KEY: ownerKey.publicKey,
    ATLAS_PRIVATE_KEY: ownerKey.privateKey,
  }
  // The first one makes the tables.
  servers.push(await startServerProcess(main, environment))
  servers.push(...(await Promise.all([1, 2].map(() => startServerProcess(main, environment)))))
  await signIn()
}, 300_000)

afterAll(async () => {
  for (const server of servers) server.signal("SIGKILL")
  await Promise.all(servers.map(({ gone }) => gone))
  await database.end()
  await simulator.close()
  await provider.close()
  await front.close()
  rmSync(directory, { recursive: true })
})

async function signIn(): Promise<void> {
  front.leadTo(servers[0]?.port ?? null)
  const browser = createTestingBrowser()
  const page = await browser.follow(`${front.origin}${apiUrls.signIn({ return: "/" })}`)
  await browser.submit(page, { persona: "olivia" }, (location) => location === `${front.origin}/`)
  cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
}

/** A stream at one of the processes, as a browser opens it whose balancer leads there. */
async function openStream(server: ServerProcess, lastEventId?: string): Promise<EventReader> {
  front.leadTo(server.port)
  const url = `${front.origin}${apiUrls.events({ projects: projectId })}`
  return await readEventStream(url, { cookie, ...(lastEventId && { "last-event-id": lastEventId }) })
}

async function create(server: ServerProcess, key: string): Promise<string> {
  front.leadTo(server.port)
  const headers = {
    cookie,
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
    [requestedByHeader]: "1",
    [idempotencyKeyHeader]: key,
  }
  const body = JSON.stringify({ reason: "To see it everywhere", request: requests.AZURE })
  const { origin } = front
  const answer = await sendRequest(`${origin}${apiUrls.peerings(projectId)}`, "POST", headers, body)
  return Peering.parse(answer.json()).id
}

async function readRows(sql: string): Promise<Record<string, unknown>[]> {
  return (await database.query<Record<string, unknown>>(sql)).rows
}

const cloud = `project_id = '${projectId}' and provider_name = 'AZURE'`
const readHolder = () =>
  readRows(`select holder, epoch from polled_cloud where ${cloud} and holder is not null`)
const readObserved = async () =>
  (
    await readRows(`select status from observation where ${cloud} and status_changed = 1 order by number`)
  ).map(({ status }) => status)

/** Finds the process that polls the cloud. */
async function findHolder(): Promise<ServerProcess> {
  await expect.poll(readHolder, waitMs).toHaveLength(1)
  const [row] = await readHolder()
  const holder = servers.find((server) => server.log().includes(`"process":"${String(row?.["holder"])}"`))
  if (holder === undefined) throw new Error("No living process holds the cloud")
  return holder
}

/** Reads the connections at one process, which then has taken in what the others wrote. */
async function list(server: ServerProcess): Promise<Peering[]> {
  front.leadTo(server.port)
  const answer = await sendRequest(
    `${front.origin}${apiUrls.peerings(projectId)}`,
    "GET",
    { cookie },
    undefined,
  )
  return PeeringList.parse(answer.json()).peerings
}

const isNow = (status: string) => (peering: Peering) => peering.history.at(-1)?.status === status

test(
  "three processes poll a cloud once; a stopped or killed one is replaced, and writes nothing when it wakes up",
  { timeout: 240_000 },
  async () => {
    const id = await create(servers[0]!, "a-key-made-once-per-form")
    const first = await findHolder()
    const [other] = servers.filter((server) => server !== first) as [ServerProcess]
    const stream = await openStream(other)
    expect((await stream.next("snapshot")).peerings).toMatchObject([{ id }])

    // Stopped with the lease in its hand. Another one takes over, and sees what Atlas did.
    first.signal("SIGSTOP")
    simulator.advance(60)
    await stream.next("peering", isNow("AVAILABLE"))
    const taken = await readHolder()
    await expect.poll(readObserved, waitMs).toEqual(["ADDING_PEER", "AVAILABLE"])
    first.signal("SIGCONT")
    expect((await list(first)).map(isNow("AVAILABLE"))).toEqual([true])
    expect(await readHolder()).toEqual(taken)
    expect(await readObserved()).toEqual(["ADDING_PEER", "AVAILABLE"])
    const again = await openStream(first, stream.lastEventId())

    const second = await findHolder()
    expect(second).not.toBe(first)
    second.signal("SIGKILL")
    await second.gone
    servers.splice(servers.indexOf(second), 1)
    simulator.cloudSide(id, "revoke-permission")
    await again.next("peering", isNow("FAILED"))
    await expect.poll(readObserved, waitMs).toEqual(["ADDING_PEER", "AVAILABLE", "FAILED"])
    for (const reader of [stream, again]) reader.close()
  },
)
