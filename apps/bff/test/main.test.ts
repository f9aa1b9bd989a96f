import { spawn, type ChildProcess } from "node:child_process"
import { Agent, createServer, request as sendHttp } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { createDemoKeys, ownerKey, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditPage,
  AuditEntryHistory,
  cloudUrls,
  idempotencyKeyHeader,
  Peering,
  requestedByHeader,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { bundleProgram } from "#test/support/bundle.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { leaveCutShort } from "#test/support/cut-short-change.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { openStore } from "#store/open-store.ts"
import { openSurroundings, type Surroundings } from "#test/support/surroundings.ts"
import { testingAccessRules } from "#test/support/test-app.ts"
import { readEventStream } from "#test/support/event-reader.ts"
import { projectId, requests } from "#test/support/requests.ts"

const workspace = fileURLToPath(new URL("../", import.meta.url))
let main: string
let world: Surroundings
let front: Surroundings["front"]
let simulator: Simulator
let environment: Record<string, string>
let directory: string
let cookie = ""
const started: ChildProcess[] = []
/** Another key with the rights of the first. */
const nextKey = { publicKey: "simnewer", privateKey: "fa4e0000-0000-4000-8000-0000000000ff" }

beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "main-test")
})
beforeEach(async () => {
  world = await openSurroundings({
    keys: [...createDemoKeys(), { ...createDemoKeys(nextKey)[0]!, id: "5c47503320eef5699e1cceff" }],
  })
  ;({ front, simulator } = world)
  environment = { ...world.environment, PORT: "0", STOP_GRACE_SECONDS: "1" }
  directory = dirname(world.environment["DATA_DIR"] ?? "")
})
afterEach(async () => {
  for (const process of started.splice(0)) process.kill("SIGKILL")
  await world.close()
})

async function signIn(persona = "olivia"): Promise<void> {
  await world.signIn(persona)
  cookie = world.readCookie()
}

/** Starts the server as a separate process, in a folder without an .env. */
function start(overrides: Record<string, string> = {}, program = [main], cwd = tmpdir()) {
  const child = spawn(process.execPath, program, {
    cwd,
    env: { PATH: process.env["PATH"], ...environment, ...overrides },
  })
  started.push(child)
  let output = ""
  for (const pipe of [child.stdout, child.stderr])
    pipe.on("data", (part) => {
      output += String(part)
      const port = /"port":(\d+)[^\n]*"msg":"Listening"/.exec(output)?.[1]
      if (port !== undefined) front.leadTo(Number(port))
    })
  return {
    child,
    output: () => output,
    says: (words: string) => vi.waitFor(() => expect(output).toContain(words), { timeout: 15_000 }),
    exit: new Promise<number | null>((resolve) => child.on("exit", resolve)),
  }
}

const origin = () => front.origin

function call(
  agent: Agent,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const headers = {
    cookie,
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
    [requestedByHeader]: "1",
    [idempotencyKeyHeader]: "a-key-made-once-per-form",
  }
  return new Promise((resolve, reject) => {
    const request = sendHttp(`${origin()}${path}`, { agent, method, headers }, (response) => {
      let text = ""
      response.on("data", (part) => (text += String(part)))
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }))
      response.on("error", reject)
    })
    request.on("error", reject)
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

describe.each(["SIGTERM", "SIGINT"] as const)("told to stop by %s", (signal) => {
  test("it ends its streams, finishes what is in flight, and exits with 0", { timeout: 30_000 }, async () => {
    const server = start()
    await server.says("Listening")
    await signIn()
    const agent = new Agent({ keepAlive: true })
    const streams = await Promise.all(
      Array.from({ length: 20 }, () =>
        readEventStream(`${origin()}${apiUrls.events({ projects: [projectId].join(",") })}`, { cookie }),
      ),
    )
    streams[0]?.pause()
    // Browsers open connections ahead of need, which carry no request.
    connect(Number(new URL(origin()).port), "127.0.0.1")
    await call(agent, "GET", apiUrls.peerings(projectId))
    expect((await call(agent, "GET", "/readyz")).status).toBe(200)
    simulator.addFault({ match: { method: "POST" }, fault: { delayMs: 500 }, times: 1 })
    const creating = call(agent, "POST", apiUrls.peerings(projectId), {
      request: requests.AWS,
      reason: "To see it finished",
    })
    await vi.waitFor(() => expect(simulator.faults()).toEqual([]), { timeout: 15_000 })
    server.child.kill(signal)

    await Promise.all(streams.slice(1).map(({ ended }) => ended))
    const created = await creating
    expect(created.status).toBe(201)
    const { id } = Peering.parse(JSON.parse(created.text))
    expect(simulator.state().projects.flatMap(({ peers }) => peers.map((peer) => peer.id))).toContain(id)
    expect(await server.exit).toBe(0)
    expect(server.output()).toContain("Stopping")
    expect(server.output().match(/A service account uses v2/g)).toHaveLength(1)
    agent.destroy()
  })
})

test(
  "told to stop, it serves on while /readyz says 503, and stops at the second signal",
  { timeout: 30_000 },
  async () => {
    const server = start({ STOP_GRACE_SECONDS: "300" })
    await server.says("Listening")
    await signIn()
    server.child.kill("SIGTERM")
    await server.says("Leaving")
    const agent = new Agent({ keepAlive: false })
    expect((await call(agent, "GET", "/readyz")).status).toBe(503)
    expect((await call(agent, "GET", "/healthz")).status).toBe(200)
    expect((await call(agent, "GET", apiUrls.peerings(projectId))).status).toBe(200)
    server.child.kill("SIGTERM")
    expect(await server.exit).toBe(0)
  },
)

test("prints nothing but JSON lines, also once it has asked AWS", { timeout: 60_000 }, async () => {
  // From source, since the threads are beside it.
  const server = start({ AWS_EC2_METADATA_DISABLED: "true" }, ["--import", "tsx", "src/main.ts"], workspace)
  await server.says("Listening")
  await signIn()
  const agent = new Agent({ keepAlive: false })
  const account = { projectId, name: "Checkout network" }
  await call(agent, "POST", cloudUrls.cloudAccounts(), account)
  // An answer waits for AWS a few seconds at most.
  await expect
    .poll(async () => (await call(agent, "GET", cloudUrls.cloudAccounts())).text, { timeout: 40_000 })
    .toContain("arn:aws:")
  server.child.kill("SIGINT")
  expect(await server.exit).toBe(0)
  const lines = server.output().trim().split("\n")
  expect(lines.filter((line) => !line.startsWith("{"))).toEqual([])
})

test("closes clients that are slow with their headers or their body", { timeout: 30_000 }, async () => {
  const one = { HEADERS_TIMEOUT_SECONDS: "1", REQUEST_TIMEOUT_SECONDS: "1", CONNECTION_CHECK_SECONDS: "1" }
  const server = start(one)
  await server.says("Listening")
  const port = /"port":(\d+)/.exec(server.output())?.[1]
  for (const rest of ["", "content-length: 5\r\n\r\nab"]) {
    const socket = connect(Number(port), "127.0.0.1")
    socket.write(`POST /sign-in/back-channel-logout HTTP/1.1\r\nHost: desk.example\r\n${rest}`)
    expect(await text(socket)).toContain("408 Request Timeout")
  }
})

test(
  "started after a kill, it finds the outcome of the change that was cut short",
  { timeout: 30_000 },
  async () => {
    const clock = createTestingClock(Date.now() - 5 * 60_000)
    const dataDirectory = join(directory, "data")
    const store = await openStore({ dataDirectory, clock, logger: createLogger("silent") })
    await leaveCutShort(store, clock, environment["SESSION_SECRET"] ?? "")
    await store.close()
    const server = start()
    await server.says("Listening")
    await signIn()
    const agent = new Agent()
    const readStory = async () =>
      AuditEntryHistory.parse(JSON.parse((await call(agent, "GET", apiUrls.auditStory("1"))).text)).rows
    await expect
      .poll(readStory, { timeout: 15_000 })
      .toMatchObject([{ kind: "attempt" }, { kind: "outcome", outcome: "done" }])
    agent.destroy()
  },
)

describe("told to read again by SIGHUP", () => {
  const write = (name: string, content: object): string => {
    const path = join(directory, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  const [, , scoped] = createDemoKeys()
  const analytics = {
    label: "analytics",
    publicKey: scoped?.publicKey,
    privateKey: scoped?.privateKey,
    projects: [seededIds.analytics],
  }

  async function readDetails(
    agent: Agent,
    action: "key-read" | "access-rules-read" | "approval-policy-read",
  ) {
    const page = AuditPage.parse(JSON.parse((await call(agent, "GET", apiUrls.audit({ action }))).text))
    return page.rows.toReversed().map(({ detail }) => detail)
  }

  test(
    "reloads keys and rules under load without a failed request and records the change",
    { timeout: 60_000 },
    async () => {
      const credentials = [{ label: "main", ...ownerKey, projects: "*" }, analytics]
      const path = write("credentials.json", { credentials })
      const server = start({ ATLAS_PUBLIC_KEY: "", ATLAS_PRIVATE_KEY: "", ATLAS_CREDENTIALS_FILE: path })
      await server.says("Listening")
      const agent = new Agent({ keepAlive: true })
      await signIn("victor")
      const victor = cookie
      expect((await call(agent, "GET", apiUrls.deletedPeerings(projectId))).status).toBe(200)
      await signIn()

      // One after another at Atlas, so that many wait while the keys change.
      simulator.addFault({ match: { method: "POST", path: "/accessList" }, fault: { delayMs: 100 } })
      const statuses: number[] = []
      const add = async (_: unknown, index: number) => {
        const body = {
          entry: { cidrBlock: `10.${index}.0.0/16`, comment: "" },
          reason: "To see them all added",
        }
        statuses.push((await call(agent, "POST", apiUrls.accessList(projectId), body)).status)
      }
      const adding = Array.from({ length: 50 }, add)
      await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(3), { timeout: 15_000 })
      const next = [
        { label: "main", ...nextKey, projects: "*" },
        { ...analytics, label: "another" },
      ]
      write("credentials.json", { credentials: next })
      const withoutViewers = testingAccessRules.rules.filter(({ equals }) => equals !== "viewers")
      write("access-rules.json", { ...testingAccessRules, rules: withoutViewers })
      server.child.kill("SIGHUP")
      await server.says("may be revoked")
      simulator.addFault({ fault: { revokeKey: ownerKey.publicKey } })
      expect(statuses.length).toBeLessThan(50)
      await Promise.all(adding)
      expect(statuses).toEqual(Array.from({ length: 50 }, () => 201))

      expect(await readDetails(agent, "key-read")).toEqual([
        { label: "main", publicKey: "si…wner", change: "in use" },
        { label: "analytics", publicKey: "si…cope", change: "in use" },
        { label: "main", publicKey: "si…ewer", change: "replaced" },
        { label: "another", publicKey: "si…cope", change: "added" },
        { label: "analytics", publicKey: "si…cope", change: "removed" },
      ])
      expect((await readDetails(agent, "approval-policy-read"))[0]).toMatchObject({ lines: 0 })
      const [before, after] = await readDetails(agent, "access-rules-read")
      expect([before?.["rules"], after?.["rules"]]).toEqual([4, 3])
      for (const one of [before, after]) expect(one?.["hash"]).toMatch(/^[0-9a-f]{64}$/)
      expect(before?.["hash"]).not.toBe(after?.["hash"])
      cookie = victor
      expect((await call(agent, "GET", apiUrls.deletedPeerings(projectId))).status).toBe(404)
      agent.destroy()
    },
  )

  test(
    "it stays as it was when a file has a mistake, and the log says which",
    { timeout: 30_000 },
    async () => {
      const server = start()
      await server.says("Listening")
      await signIn("victor")
      const agent = new Agent({ keepAlive: true })
      writeFileSync(join(directory, "access-rules.json"), "{")
      server.child.kill("SIGHUP")
      await server.says("Reload failed: the values from before stay in use")
      expect(server.output()).toContain("ACCESS_RULES_FILE is not JSON")
      expect((await call(agent, "GET", apiUrls.deletedPeerings(projectId))).status).toBe(200)
      agent.destroy()
    },
  )
})

test("warns at start that it answers no page without the web app's build", { timeout: 30_000 }, async () => {
  const server = start()
  await server.says("The web app is not built")
  expect(server.output()).toContain("this server answers no page. Run pnpm build")
})

describe("it does not start, says why in a line, and exits with 1", () => {
  test("refuses a port in use", { timeout: 30_000 }, async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
    const { port } = other.address() as AddressInfo
    const server = start({ PORT: String(port) })
    expect(await server.exit).toBe(1)
    expect(server.output().split("\n")).toContain(
      `Peering Desk can't listen: port ${port} is in use; set PORT to another`,
    )
    // What it did not become it does not tell of, nor does it ask Atlas for anything.
    expect(server.output()).not.toContain("auditHead")
    const store = await openStore({
      dataDirectory: join(directory, "data"),
      clock: systemClock,
      logger: createLogger("silent"),
    })
    expect(await readRows(store)).toEqual([])
    await store.close()
    expect(simulator.calls().total.requests).toBe(0)
    other.close()
  })

  test("refuses a data directory in use, until kill -9 ends its process", { timeout: 60_000 }, async () => {
    const first = start()
    await first.says("Listening")
    const second = start()
    expect(await second.exit).toBe(1)
    expect(second.output()).toMatch(
      /^The database in .* is used by another Peering Desk\. SQLite serves one process: .*\n$/,
    )
    first.child.kill("SIGKILL")
    await first.exit
    await start().says("Listening")
  })

  test("refuses an address that is not this machine's", { timeout: 30_000 }, async () => {
    const server = start({ HOST: "192.0.2.1", PUBLIC_URL: "https://desk.example" })
    expect(await server.exit).toBe(1)
    expect(server.output()).toMatch(/Peering Desk can't listen: .*EADDRNOTAVAIL.*; see HOST and PORT\n$/)
  })

  test("refuses a configuration with errors", { timeout: 30_000 }, async () => {
    const server = start({ HOST: "0.0.0.0", PUBLIC_URL: "", SESSION_SECRET: "" })
    expect(await server.exit).toBe(1)
    expect(server.output()).toMatch(
      /^The configuration has 2 mistakes:\n {2}- SESSION_SECRET is missing.*\n {2}- PUBLIC_URL is missing.*\n$/,
    )
  })

  test.each([
    ["DATA_DIR", "/dev/null/data", /^The database in \/dev\/null\/data \(DATA_DIR\) can't be opened: .*\n$/],
    [
      "DATABASE_URL",
      "postgres://desk:canary@127.0.0.1:1/desk",
      /^The database that DATABASE_URL names can't be opened: .*\n$/,
    ],
  ])("refuses a %s where no database can be opened", { timeout: 30_000 }, async (name, value, words) => {
    const server = start({ [name]: value })
    expect(await server.exit).toBe(1)
    expect(server.output()).toMatch(words)
    expect(server.output()).not.toContain("canary")
  })
})
