import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort, startProgram } from "@peering-desk/test-support/programs"
import { findPrograms } from "#tools/lab/programs.ts"
import { ask, at, createNow, openStream, pause, secondsUntil, setLabel, within } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, type Figure } from "#tools/lab/figure.ts"
import { azure, openPostgres, projectId, startAtlas, startServers } from "./world.ts"

const rounds = 20

/** Two servers behind PgBouncer in transaction mode, which passes no notices. */
export async function tryPooler(task: Task): Promise<Figure[]> {
  const { keep, work } = task
  const [atlas, postgres] = [keep(await startAtlas()), keep(await openPostgres())]
  const pooler = keep(await startPooler(work, postgres))
  const ports = [await findFreePort(), await findFreePort()]
  const clients = await startServers(task, ports, atlas, { DATABASE_URL: pooler.url })
  const [one, two] = [at(clients, 0), at(clients, 1)]
  const id = await createNow(one, projectId, azure, "a-key-behind-a-pooler")
  const readReadiness = async () => (await ask(one, "GET", apiUrls.readiness())).text
  const told = await secondsUntil(async () => (await readReadiness()).includes("notices don't arrive"), 15)
  const stream = await openStream(two, [projectId])
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now()
    await setLabel(one, projectId, id, `pooled ${round}`)
    await within(
      20,
      stream.next("peering", ({ label }) => label === `pooled ${round}`),
      "the news",
    )
    times.push(performance.now() - from)
  }
  stream.close()
  return [
    holds("/readyz says that notices don't arrive", told < 15),
    holds(
      "it says so as a warning, and takes requests",
      (await readReadiness()).includes('"status":"ready"'),
    ),
    atMost("a change at the other server, the slowest", Math.max(...times), "ms", 2_500),
  ]
}

async function startPooler(work: string, { socket, database }: { socket: string; database: string }) {
  const [program] = findPrograms("pgbouncer")
  if (program === undefined) throw new Error("pgbouncer is not on this machine")
  const port = await findFreePort()
  const settings = join(work, "pgbouncer.ini")
  writeFileSync(
    settings,
    [
      "[databases]",
      `${database} = host=${join(socket, "..")} user=desk dbname=${database}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = any",
      "pool_mode = transaction",
      "ignore_startup_parameters = extra_float_digits",
      "",
    ].join("\n"),
    { mode: 0o644 },
  )
  // It gives up root, and reads its settings again as another user.
  chmodSync(work, 0o755)
  const asAnother = process.getuid?.() === 0 ? ["-u", "postgres"] : []
  const { stop } = startProgram(program, [...asAnother, settings], {}, work)
  await pause(1_000)
  return { url: `postgres://desk@127.0.0.1:${port}/${database}`, stop }
}
