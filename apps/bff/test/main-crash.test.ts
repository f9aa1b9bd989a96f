import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditPage,
  AuditVerification,
  idempotencyKeyHeader,
  Peering,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { readEventStream } from "#test/support/event-reader.ts"
import { startServerProcess, type ServerProcess } from "@peering-desk/test-support/programs"
import type { Answer } from "#test/support/http.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { openSurroundings, type Surroundings } from "#test/support/surroundings.ts"

/** `pnpm chaos --only kills` kills more often, over both databases. */
const rounds = 4
/** A busy machine is slow. Nobody else asks for these lists, so that they are asked for at all proves the watching. */
const watchingWithinMs = 30_000
/** Nothing is created here, so after a restart nobody but the watcher asks for its lists before somebody looks at it. */
const lookedAt = seededIds.payments

let world: Surroundings
let main: string
let environment: Record<string, string>
let server: ServerProcess | null = null

beforeAll(async () => {
  main = await bundleProgram("src/main.ts", "main-crash")
  world = await openSurroundings({
    speed: 0,
    peerLimit: 10_000,
    pendingLimit: 10_000,
    limits: { v1PerMinute: 1_000_000_000 },
  })
  // As many as the stand-in allows; otherwise the rules refuse the 26th that is unfinished.
  environment = { ...world.environment, ATLAS_PEERS_PER_PROJECT: "10000" }
}, 60_000)

afterAll(async () => {
  await kill()
  await world.close()
})

/** Starts the server as a separate process. Resolves as soon as it takes requests. */
async function start(): Promise<void> {
  server = await startServerProcess(main, environment, { answersAt: "/readyz" })
  world.front.leadTo(server.port)
}

async function kill(): Promise<void> {
  await server?.stop("SIGKILL")
}

function call(method: string, path: string, body?: object, key?: string): Promise<Answer> {
  return world.call(method, path, body, key === undefined ? {} : { [idempotencyKeyHeader]: key })
}

/** Rows that somebody has seen: their sequences and hashes. */
type SeenRows = Map<number, string>

async function readAudit(before?: number): Promise<AuditPage> {
  const query = { limit: "200", ...(before !== undefined && { before: String(before) }) }
  return AuditPage.parse((await call("GET", apiUrls.audit(query))).json())
}

async function readWholeAudit(): Promise<AuditPage["rows"]> {
  const rows: AuditPage["rows"] = []
  for (let before: number | null | undefined; before !== null;) {
    const page: AuditPage = await readAudit(before)
    rows.push(...page.rows)
    before = page.nextBefore
  }
  return rows
}

let made = 0
function toCreate(): object {
  made += 1
  const request = {
    ...requests.AWS,
    routeTableCidrBlock: `172.${16 + (made >> 8)}.${made & 255}.0/24`,
    vpcId: `vpc-0${made.toString(16).padStart(16, "0")}`,
  }
  return { request, reason: "Orders move to Atlas" }
}

/** Creates, reads and streams go on until the server is killed in the middle of them. */
async function killUnderLoad(seen: SeenRows, created: Set<string>, creates: number): Promise<void> {
  let killed = false
  const until = created.size + creates
  const goOn = async (work: () => Promise<void>) => {
    while (!killed) {
      try {
        await work()
      } catch (error) {
        if (!killed) throw error
      }
    }
  }
  const create = async () => {
    const answer = await call("POST", apiUrls.peerings(projectId), toCreate(), `the-key-of-form-${made}`)
    if (answer.status !== 201) return
    created.add(Peering.parse(answer.json()).id)
    if (created.size < until) return
    killed = true
    await kill()
  }
  const readRows = async () => {
    for (const { sequence, hash } of (await readAudit()).rows) seen.set(sequence, hash)
  }
  const streams = await Promise.all(
    [1, 2, 3].map(() =>
      readEventStream(
        `${world.front.origin}${apiUrls.events({ projects: [projectId, lookedAt].join(",") })}`,
        { cookie: world.readCookie() },
      ),
    ),
  )
  await Promise.all([
    ...[1, 2, 3].map(() => goOn(create)),
    ...[1, 2].map(() => goOn(readRows)),
    ...[1, 2].map(() => goOn(async () => void (await call("GET", apiUrls.peerings(lookedAt))))),
  ])
  for (const stream of streams) stream.close()
}

const listsOf = (id: string) =>
  world.simulator
    .calls()
    .rows.filter((row) => row.method === "GET" && row.path.endsWith(`/groups/${id}/peers`))
    .reduce((sum, { calls }) => sum + calls, 0)

test(`killed ${rounds} times under load, it loses nothing it has acknowledged and watches on`, async () => {
  const seen: SeenRows = new Map()
  const created = new Set<string>()
  const heads: string[] = []
  await start()
  await world.signIn("olivia")
  for (let round = 0; round < rounds; round += 1) {
    await killUnderLoad(seen, created, 1 + ((round * 7) % 5))
    const before = [listsOf(projectId), listsOf(lookedAt)]
    await start()
    await vi.waitFor(
      () => {
        expect(listsOf(projectId)).toBeGreaterThan(before[0]!)
        expect(listsOf(lookedAt)).toBeGreaterThan(before[1]!)
      },
      { timeout: watchingWithinMs, interval: 20 },
    )
    const verified = AuditVerification.parse(
      (await call("GET", apiUrls.verifyAudit({ head: heads.slice(-10) }))).json(),
    )
    expect(verified).toMatchObject({ verdict: "verified", firstFlaw: null })
    expect(verified.heads.filter(({ verdict }) => verdict !== "agrees")).toEqual([])
    heads.push(verified.head!)
    const hashes = new Map((await readWholeAudit()).map(({ sequence, hash }) => [sequence, hash]))
    expect([...seen].filter(([sequence, hash]) => hashes.get(sequence) !== hash)).toEqual([])
  }
  const done = (await readWholeAudit()).filter(({ outcome }) => outcome === "done")
  const told = new Set(done.map(({ peeringId }) => peeringId))
  expect([...created].filter((id) => !told.has(id))).toEqual([])
  expect(created.size).toBeGreaterThan(rounds)
  expect(seen.size).toBeGreaterThan(rounds)
}, 300_000)
