import { findFreePort } from "@peering-desk/test-support/programs"
import type { EventReader } from "#bff/test/support/event-reader.ts"
import { toRequest } from "#bff/test/support/chaos-creates.ts"
import { openOutsider } from "#tools/lab/oracle/outsider.ts"
import { at, createNow, openStream, pause, secondsUntil, within, type Client } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, none, toQuantile, type Figure } from "#tools/lab/figure.ts"
import {
  azure,
  openPostgres,
  projectId,
  startAtlas,
  startServers,
  type Atlas,
  type Postgres,
} from "./world.ts"

const newsRounds = 60

/** Three servers over one PostgreSQL, and what they share. */
interface Cluster {
  atlas: Atlas
  postgres: Postgres
  clients: Client[]
}

/** Three servers over one PostgreSQL: who polls, how fast news spreads, what a killed or stopped one costs. */
export async function breakServers(task: Task): Promise<Figure[]> {
  const { keep, note } = task
  const [atlas, postgres] = [keep(await startAtlas()), keep(await openPostgres())]
  const ports = [await findFreePort(), await findFreePort(), await findFreePort()]
  const clients = await startServers(task, ports, atlas, { DATABASE_URL: postgres.url })
  const cluster = { atlas, postgres, clients }
  await createNow(at(clients, 0), projectId, azure, "a-key-for-all-servers")
  const streams = await Promise.all(clients.map((client) => openStream(client, [projectId])))
  note("counting calls for a minute")
  const calls = await countCalls(cluster)
  note("spreading news")
  const news = await spreadNews(atlas, streams)
  for (const stream of streams) stream.close()
  note("stopping the leader")
  const stopped = await stopLeader(cluster)
  note("killing the leader")
  const takeovers = await killLeaders(cluster)
  const [p50, p99] = [toQuantile(news.apart, 0.5), toQuantile(news.apart, 0.99)]
  const whole = toQuantile(news.whole, 0.99)
  const longest = Math.max(...takeovers)
  return [
    atMost("calls to Atlas for the lists of one project, a cloud of it moving", calls, "a minute", 31),
    atMost(`${state} in the last browser, after the first one, p50`, p50, "ms", 50),
    atMost("the same, p99", p99, "ms", 50, newsLimit),
    atMost(`${state} in the last browser, after Atlas made it, p99`, whole, "ms", 2_150),
    atMost("Atlas is asked again after SIGSTOP of the leader", stopped.takeover, "s", 5),
    none("writes of the stopped process after SIGCONT, 30 s later", stopped.writes),
    atMost("Atlas is asked again after kill -9 of the leader, longest of 2", longest, "s", 5),
  ]
}

const state = "a new state at Atlas that a poll saw,"
const newsLimit =
  "The leader stores what a poll saw and tells it by NOTIFY with its name only, and each process reads it: five round trips to PostgreSQL, on cores that all processes of this run share."

const countLists = ({ atlas }: Cluster) => atlas.count("GET", `${projectId}/peers`)

async function countCalls(cluster: Cluster): Promise<number> {
  const before = countLists(cluster)
  await pause(60_000)
  return countLists(cluster) - before
}

/** Returns the name that the network with a number has on Azure. */
function toNetwork(number: number): string | null {
  const request = toRequest(azure.containerId, "AZURE", number)
  return "vnetName" in request ? request.vnetName : null
}

/** Another tool creates connections at Atlas. Measures until each browser shows what a poll saw. */
async function spreadNews(atlas: Atlas, streams: readonly EventReader[]) {
  const outsider = await openOutsider({ ...atlas, act: (work) => work() })
  const news: { apart: number[]; whole: number[] } = { apart: [], whole: [] }
  for (let round = 0; round < newsRounds; round += 1) {
    const network = toNetwork(round)
    const seen = streams.map(async (stream) => {
      await within(
        20,
        stream.next("peering", ({ peer }) => peer["vnetName"] === network),
        `network ${round}`,
      )
      return performance.now()
    })
    const from = performance.now()
    await outsider.create(projectId, "AZURE", round)
    const times = await Promise.all(seen)
    news.apart.push(Math.max(...times) - Math.min(...times))
    news.whole.push(Math.max(...times) - from)
  }
  return news
}

/** Waits until a process leads, and returns the client of its server. */
async function findLeader({ postgres, clients }: Cluster): Promise<Client> {
  let leader: Client | undefined
  await secondsUntil(async () => {
    const [row] = await postgres.readRows(
      "select holder from leader_lease where held_until > extract(epoch from clock_timestamp()) * 1000",
    )
    const holder = String(row?.["holder"])
    leader = clients.find(({ desk }) => desk.log().includes(`"process":"${holder}"`))
    return leader !== undefined
  }, 30)
  if (leader === undefined) throw new Error("no process leads")
  return leader
}

/** Measures until Atlas is asked for a list again, in seconds. */
async function measureUntilAsked({ atlas }: Cluster): Promise<number> {
  const before = atlas.count("GET", "/peers")
  return await secondsUntil(() => atlas.count("GET", "/peers") > before, 30)
}

const cloud = `project_id = '${projectId}' and provider_name = 'AZURE'`

async function readWrites({ postgres }: Cluster): Promise<string> {
  const rows = await postgres.readRows(
    `select number, status, at from event where phase = 'finding' and ${cloud} order by number`,
  )
  return JSON.stringify(rows)
}

/** Stops the leader for 30 s, while Atlas's state changes, and lets it go on. */
async function stopLeader(cluster: Cluster) {
  const leader = await findLeader(cluster)
  const others = cluster.clients.filter((client) => client !== leader)
  const stream = await openStream(at(others, 0), [projectId])
  process.kill(leader.desk.pid, "SIGSTOP")
  cluster.atlas.simulator.advance(60)
  const takeover = await measureUntilAsked(cluster)
  await pause(30_000 - Math.min(takeover, 30) * 1_000)
  const before = await readWrites(cluster)
  process.kill(leader.desk.pid, "SIGCONT")
  await pause(5_000)
  const isSame = (await readWrites(cluster)) === before
  stream.close()
  return { takeover, writes: isSame ? 0 : 1 }
}

/** Kills the leader, twice. The last server stays. */
async function killLeaders(cluster: Cluster): Promise<number[]> {
  const times: number[] = []
  while (cluster.clients.length > 1) {
    const leader = await findLeader(cluster)
    const others = cluster.clients.filter((client) => client !== leader)
    const stream = await openStream(at(others, 0), [projectId])
    const killed = leader.desk.stop("SIGKILL")
    cluster.clients.splice(cluster.clients.indexOf(leader), 1)
    times.push(await measureUntilAsked(cluster))
    await killed
    stream.close()
  }
  return times
}
