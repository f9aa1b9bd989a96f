import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort } from "@peering-desk/test-support/programs"
import { atlasKey, startAtlasStub } from "#tools/lab/bench/stand-ins.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, type Figure } from "#tools/lab/figure.ts"
import { ask, pause, type Client } from "./client.ts"
import { openPostgres, startServers, type Postgres } from "./world.ts"

const clouds = 1_000
const measuredSeconds = 30
const limit =
  "Three are the servers' beats, which renew the lease and read what is new. One writes when clouds were polled, and one reads new events and due messages, both at the leader. The others look up open changes, probe the notices and read the database's time."

/** What three servers cost PostgreSQL while nobody looks and nothing moves. */
export async function restServers(task: Task): Promise<Figure[]> {
  const { keep, note } = task
  const atlas = keep(await startAtlasStub({ projects: clouds, connections: 1 }))
  const postgres = keep(await openPostgres())
  const ports = [await findFreePort(), await findFreePort(), await findFreePort()]
  const access = { key: atlasKey, origin: atlas.url }
  const [client] = await startServers(task, ports, access, { DATABASE_URL: postgres.url })
  const { status } = await ask(client as Client, "GET", apiUrls.overview())
  if (status !== 200) throw new Error(`the overview was answered ${status}`)
  note("letting three servers rest")
  await pause(90_000)
  const before = await countTransactions(postgres)
  await pause(measuredSeconds * 1_000)
  const perSecond = ((await countTransactions(postgres)) - before) / measuredSeconds
  const what = `transactions of PostgreSQL for three servers at rest, ${clouds} clouds`
  return [atMost(what, perSecond, "a second", 5, limit)]
}

async function countTransactions({ readRows }: Postgres): Promise<number> {
  // The counts of a session that is idle come to the table after a second.
  const [row] = await readRows(
    "select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()",
  )
  return Number(row?.["count"])
}
