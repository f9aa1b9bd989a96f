import { apiUrls, idempotencyKeyHeader, Peering, PeeringList } from "@peering-desk/shared-schemas"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { useDatabases } from "#test/support/database.ts"
import { readEventStream, type EventReader } from "#test/support/event-reader.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startServerProcess, type ServerProcess } from "@peering-desk/test-support/programs"
import { openSurroundings, type Surroundings } from "#test/support/surroundings.ts"

/** Three processes over one PostgreSQL, for the whole file. A busy machine is slow. */
const waitMs = { timeout: 60_000, interval: 50 }
const createDatabase = useDatabases("postgres")
let database: pg.Client
let world: Surroundings
const servers: ServerProcess[] = []

beforeAll(async () => {
  const main = await bundleProgram("src/main.ts", "processes")
  const { databaseUrl = "" } = await createDatabase()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  world = await openSurroundings({ speed: 0 })
  const environment = { ...world.environment, POLL_STEADY_SECONDS: "2", DATABASE_URL: databaseUrl }
  // The first one makes the tables.
  servers.push(await startServerProcess(main, environment))
  servers.push(...(await Promise.all([1, 2].map(() => startServerProcess(main, environment)))))
  world.front.leadTo(servers[0]?.port ?? null)
  await world.signIn("olivia")
}, 300_000)

afterAll(async () => {
  for (const server of servers) server.signal("SIGKILL")
  await Promise.all(servers.map(({ gone }) => gone))
  await database.end()
  await world.close()
})

/** A stream at one of the processes, as a browser opens it whose balancer leads there. */
async function openStream(server: ServerProcess, lastEventId?: string): Promise<EventReader> {
  world.front.leadTo(server.port)
  const url = `${world.front.origin}${apiUrls.events({ projects: projectId })}`
  return await readEventStream(url, {
    cookie: world.readCookie(),
    ...(lastEventId && { "last-event-id": lastEventId }),
  })
}

async function create(server: ServerProcess, key: string): Promise<string> {
  world.front.leadTo(server.port)
  const body = { reason: "To see it everywhere", request: requests.AZURE }
  const answer = await world.call("POST", apiUrls.peerings(projectId), body, { [idempotencyKeyHeader]: key })
  return Peering.parse(answer.json()).id
}

async function readRows(sql: string): Promise<Record<string, unknown>[]> {
  return (await database.query<Record<string, unknown>>(sql)).rows
}

const cloud = `project_id = '${projectId}' and provider_name = 'AZURE'`
const readLease = () => readRows("select holder, epoch from leader_lease where holder is not null")
const readObserved = async () =>
  (
    await readRows(
      `select status from event where phase = 'finding' and ${cloud} and peering_id is not null order by number`,
    )
  ).map(({ status }) => status)

async function findLeader(): Promise<ServerProcess> {
  await expect.poll(readLease, waitMs).toHaveLength(1)
  const [row] = await readLease()
  const leader = servers.find((server) => server.log().includes(`"process":"${String(row?.["holder"])}"`))
  if (leader === undefined) throw new Error("No living process leads")
  return leader
}

/** Reads the connections at one process, which then has taken in what the others wrote. */
async function list(server: ServerProcess): Promise<Peering[]> {
  world.front.leadTo(server.port)
  const answer = await world.call("GET", apiUrls.peerings(projectId))
  return PeeringList.parse(answer.json()).peerings
}

const isNow = (status: string) => (peering: Peering) => peering.history.at(-1)?.status === status

test(
  "one of three processes polls; a stopped or killed one is replaced, and writes nothing when it wakes up",
  { timeout: 240_000 },
  async () => {
    const id = await create(servers[0]!, "a-key-made-once-per-form")
    const first = await findLeader()
    const [other] = servers.filter((server) => server !== first) as [ServerProcess]
    const stream = await openStream(other)
    expect((await stream.next("snapshot")).peerings).toMatchObject([{ id }])

    // Stopped with the lease in its hand. Another one takes over, and sees what Atlas did.
    first.signal("SIGSTOP")
    world.simulator.advance(60)
    await stream.next("peering", isNow("AVAILABLE"))
    const taken = await readLease()
    await expect.poll(readObserved, waitMs).toEqual(["ADDING_PEER", "AVAILABLE"])
    first.signal("SIGCONT")
    expect((await list(first)).map(isNow("AVAILABLE"))).toEqual([true])
    expect(await readLease()).toEqual(taken)
    expect(await readObserved()).toEqual(["ADDING_PEER", "AVAILABLE"])
    const again = await openStream(first, stream.lastEventId())

    const second = await findLeader()
    expect(second).not.toBe(first)
    second.signal("SIGKILL")
    await second.gone
    servers.splice(servers.indexOf(second), 1)
    world.simulator.cloudSide(id, "revoke-permission")
    await again.next("peering", isNow("FAILED"))
    await expect.poll(readObserved, waitMs).toEqual(["ADDING_PEER", "AVAILABLE", "FAILED"])
    for (const reader of [stream, again]) reader.close()
  },
)
