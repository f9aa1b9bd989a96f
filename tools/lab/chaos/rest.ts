import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { atlasKey, startAtlasStub } from "#tools/lab/bench/stand-ins.ts"
import { startDesk } from "#tools/lab/desk.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, type Figure } from "#tools/lab/figure.ts"
import { ask, pause } from "./client.ts"
import { openPostgres, setClock } from "./world.ts"

const clouds = 1_000
const measuredSeconds = 30
const limit =
  "Three are the servers' beats, which renew the lease and read what is new. One writes when clouds were polled, and one reads new events and due messages, both at the leader. The others look up open changes, probe the notices and read the database's time."

/** What three servers cost PostgreSQL while nobody looks and nothing moves. */
export async function restServers({ work, note }: Task): Promise<Figure[]> {
  const atlas = await startAtlasStub({ projects: clouds, connections: 1 })
  const postgres = await openPostgres()
  const desks = []
  try {
    for (const number of [0, 1, 2]) {
      const environment = { DATABASE_URL: postgres.url, ...setClock(number) }
      const desk = await startDesk(
        join(work, `server-${number}`),
        { url: atlas.url, ...atlasKey },
        environment,
      )
      desks.push(desk)
      if (number === 0) {
        const client = { desk, cookie: await desk.signIn() }
        const { status } = await ask(client, "GET", apiUrls.overview())
        if (status !== 200) throw new Error(`the overview was answered ${status}`)
      }
    }
    note("letting three servers rest")
    await pause(90_000)
    const before = await countTransactions()
    await pause(measuredSeconds * 1_000)
    const perSecond = (await countTransactions()) - before
    return [
      atMost(
        `transactions of PostgreSQL for three servers at rest, ${clouds} clouds`,
        perSecond / measuredSeconds,
        "a second",
        5,
        limit,
      ),
    ]
  } finally {
    for (const desk of desks) await desk.stop("SIGKILL")
    await atlas.stop()
    await postgres.stop()
  }

  async function countTransactions(): Promise<number> {
    // The counts of a session that is idle come to the table after a second.
    const [row] = await postgres.readRows(
      "select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()",
    )
    return Number(row?.["count"])
  }
}
