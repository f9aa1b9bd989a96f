import { join } from "node:path"
import { runProgram } from "#tools/lab/programs.ts"
import { seededIds } from "@peering-desk/atlas-simulator"
import type { AuditPage } from "@peering-desk/shared-schemas"
import { findFreePort } from "@peering-desk/test-support/programs"
import { list, openStream, pause, readAuditPage, secondsUntil, signInAt, type Client } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, toQuantile, type Figure } from "#tools/lab/figure.ts"
import { createNumbered, openPostgres, projectId, startAtlas, startServer, type Atlas } from "./world.ts"

const rounds = { sqlite: 40, postgres: 15 }
const writers = 8

/** kill -9 at random moments under load, over both databases. The area `oracle` judges what becomes of the creates. */
export async function killUnderLoad({ work, random, note, keep }: Task): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const database of ["sqlite", "postgres"] as const) {
    note(database)
    const atlas = keep(await startAtlas())
    const postgres = database === "postgres" ? keep(await openPostgres()) : null
    const environment = {
      PORT: String(await findFreePort()),
      ...(postgres !== null && { DATABASE_URL: postgres.url }),
    }
    const start = () => startServer(join(work, database), atlas, atlas.origin, environment)
    const seen = await killAgainAndAgain(atlas, start, rounds[database], random)
    if (database === "sqlite") {
      const path = join(work, database, "data", "peering-desk.sqlite")
      const { stdout } = await runProgram("sqlite3", [path, "pragma integrity_check"])
      figures.push(holds("SQLite: its integrity check", stdout.trim() === "ok"))
    }
    figures.push(...toFigures(database === "sqlite" ? "SQLite" : "PostgreSQL", rounds[database], seen))
  }
  return figures
}

type Seen = Awaited<ReturnType<typeof killAgainAndAgain>>

function toFigures(name: string, kills: number, seen: Seen): Figure[] {
  return [
    shown(`${name}: kills`, kills),
    none(`${name}: audit rows that somebody had seen and that were lost`, seen.rowsLost),
    shown(`${name}: from the start of the process to /readyz, p50`, toQuantile(seen.ready, 0.5), "s"),
    atMost(`${name}: the same, the longest`, Math.max(...seen.ready), "s", 1, startLimit),
    atMost(`${name}: until Atlas is asked for lists again, the longest`, Math.max(...seen.watching), "s", 3),
  ]
}

const startLimit =
  "A start is 0.4 to 0.7 s of processor time, so two processes that want the same core make it longer."

async function killAgainAndAgain(
  atlas: Atlas,
  start: () => ReturnType<typeof startServer>,
  count: number,
  random: () => number,
) {
  const rows = new Map<number, string>()
  const [ready, watching]: [number[], number[]] = [[], []]
  let number = 0
  let client: Client = await signInAt(await start())
  await list(client, seededIds.payments)
  for (let round = 0; round < count; round += 1) {
    const { desk } = client
    const streams = await Promise.all(
      [1, 2, 3, 4].map(() => openStream(client, [projectId, seededIds.payments])),
    )
    let isKilled = false
    const goOn = async (work: () => Promise<void>) => {
      while (!isKilled) await work()
    }
    const write = async () => {
      number += 1
      await createNumbered(client, number)
    }
    const read = async () => {
      for (const { sequence, hash } of (await readAuditPage(client))?.rows ?? []) rows.set(sequence, hash)
    }
    const load = [...Array.from({ length: writers }, () => goOn(write)), goOn(read), goOn(read)]
    await pause(200 + random() * 800)
    await desk.stop("SIGKILL")
    isKilled = true
    await Promise.all(load)
    for (const stream of streams) stream.close()

    const before = atlas.count("GET", `${seededIds.payments}/peers`)
    const from = performance.now()
    const next = await start()
    ready.push(next.readyMs / 1_000)
    client = { desk: next, cookie: client.cookie }
    await secondsUntil(() => atlas.count("GET", `${seededIds.payments}/peers`) > before, 30, 5)
    watching.push((performance.now() - from) / 1_000)
  }
  const hashes = new Map<number, string>()
  for (let before: number | null | undefined; before !== null;) {
    const page: AuditPage | null = await readAuditPage(client, before)
    for (const { sequence, hash } of page?.rows ?? []) hashes.set(sequence, hash)
    before = page?.nextBefore ?? null
  }
  await client.desk.stop()
  return {
    rowsLost: [...rows].filter(([sequence, hash]) => hashes.get(sequence) !== hash).length,
    ready,
    watching,
  }
}
