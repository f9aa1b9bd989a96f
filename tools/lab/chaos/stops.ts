import { request as sendHttp } from "node:http"
import { join } from "node:path"
import { apiUrls } from "@peering-desk/shared-schemas"
import { findFreePort } from "@peering-desk/test-support/programs"
import { at, ask, askDuring, createNow, pause, secondsUntil, toP99, type Client } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, type Figure } from "#tools/lab/figure.ts"
import { azure, createNumbered, projectId, startAtlas, startServer } from "./world.ts"

const streamCount = 1_000
const creates = 50
/** Demo people who may view the project. No person may have more than 999 streams. */
const personas = ["olivia", "victor"]

/** A browser's EventSource: opens again after the pause that the server named. */
class Reader {
  isOpen = false
  /** Milliseconds, for each time that it was opened. */
  openedAt: number[] = []
  /** True when the server broke it off in the middle of an answer. */
  isBroken = false
  #retryMs = 3_000
  #isClosed = false
  #close = () => {}
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
    this.#open()
  }

  close(): void {
    this.#isClosed = true
    this.#close()
  }

  #open(): void {
    if (this.#isClosed) return
    const { desk, cookie } = this.#client
    const again = () => {
      this.isOpen = false
      if (!this.#isClosed) setTimeout(() => this.#open(), this.#retryMs)
    }
    const request = sendHttp(
      `${desk.origin}${apiUrls.events({ projects: projectId })}`,
      { agent: false, headers: { cookie } },
      (response) => {
        response.setEncoding("utf8").on("data", (part: string) => {
          this.#retryMs = Number(/^retry: (\d+)$/m.exec(part)?.[1] ?? this.#retryMs)
          if (this.isOpen || response.statusCode !== 200) return
          this.isOpen = true
          this.openedAt.push(performance.now())
        })
        response.on("error", () => (this.isBroken = true)).on("close", again)
      },
    )
    request.on("error", again).end()
    this.#close = () => request.destroy()
  }
}

async function openReaders(clients: readonly Client[]): Promise<Reader[]> {
  const readers = Array.from(
    { length: streamCount },
    (_, index) => new Reader(at(clients, index % clients.length)),
  )
  const opened = await secondsUntil(() => readers.every(({ isOpen }) => isOpen), 120)
  if (opened === Number.POSITIVE_INFINITY) throw new Error("the streams did not open")
  return readers
}

async function openWorld({ work, keep }: Task) {
  const atlas = keep(await startAtlas())
  const environment = { PORT: String(await findFreePort()) }
  const start = async () => keep(await startServer(join(work, "server"), atlas, atlas.origin, environment))
  const desk = await start()
  const clients = await Promise.all(
    personas.map(async (persona) => ({ desk, cookie: await desk.signIn(persona) })),
  )
  return { atlas, start, desk, clients }
}

/** SIGTERM with open streams and creates that Atlas answers after three seconds. */
export async function stopGently(task: Task): Promise<Figure[]> {
  const { atlas, desk, clients } = await openWorld(task)
  const client = at(clients, 0)
  const readers = await openReaders(clients)
  atlas.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault: { delayMs: 3_000 } })
  const posts = Array.from({ length: creates }, (_, number) => createNumbered(client, number))
  await secondsUntil(() => atlas.count("POST", "/peers") > 0, 10)
  await pause(500)
  const from = performance.now()
  let saidNo = Number.POSITIVE_INFINITY
  const stopping = desk.stop()
  const replies = askDuring(stopping, () => ask(client, "GET", apiUrls.readiness()), 20)
  void secondsUntil(async () => (await ask(client, "GET", apiUrls.readiness())).status === 503, 5).then(
    (seconds) => (saidNo = seconds),
  )
  const code = await stopping
  const seconds = (performance.now() - from) / 1_000
  const refused = (await replies).filter(({ status }) => status === 503).length
  const answers = await Promise.all(posts)
  for (const reader of readers) reader.close()
  return [
    shown("streams open", streamCount),
    shown("creates in flight, which Atlas answers after 3 s", creates),
    holds("exit code 0", code === 0),
    atMost("until the process ended", seconds, "s", 5),
    none("creates that were cut", answers.filter(({ status }) => status !== 201).length),
    none("streams that were broken off instead of ended", readers.filter(({ isBroken }) => isBroken).length),
    holds("/readyz refused while the port was open", refused > 0),
    atMost("until /readyz refused", saidNo, "s", 0.5),
  ]
}

/** kill -9 with open streams, and a start at the same address. */
export async function returnAtOnce(task: Task): Promise<Figure[]> {
  const { atlas, start, desk, clients } = await openWorld(task)
  await createNow(at(clients, 0), projectId, azure, "a-key-before-the-storm")
  const readers = await openReaders(clients)
  await desk.stop("SIGKILL")
  await secondsUntil(() => readers.every(({ isOpen }) => !isOpen), 30)
  const calls = atlas.count("GET", `${projectId}/peers`)
  const next = await start()
  const ready = performance.now()
  const again = clients.map(({ cookie }) => ({ desk: next, cookie }))
  const back = secondsUntil(() => readers.every(({ isOpen }) => isOpen), 60)
  const replies = await askDuring(back, () => ask(at(again, 0), "GET", apiUrls.peerings(projectId)), 20)
  const seconds = await back
  const opened = readers.map(({ openedAt }) => (openedAt.at(-1) ?? Number.NaN) - ready)
  const perSecond = new Map<number, number>()
  for (const ms of opened)
    perSecond.set(Math.floor(ms / 1_000), (perSecond.get(Math.floor(ms / 1_000)) ?? 0) + 1)
  await pause(Math.max(60_000 - seconds * 1_000, 0))
  const perMinute = atlas.count("GET", `${projectId}/peers`) - calls
  for (const reader of readers) reader.close()
  return [
    shown("streams", streamCount),
    atMost("until all are back, after /readyz", seconds, "s", 10),
    atMost("of them in the busiest second", (Math.max(...perSecond.values()) / streamCount) * 100, "%", 25),
    atMost("a list meanwhile, p99", toP99(replies), "ms", 500, storm),
    atMost(
      "calls to Atlas for the project's lists in the minute after it",
      perMinute,
      "a minute",
      30,
      "The pace is thirty a minute on the average. The minute after a start begins with a list of each cloud on top.",
    ),
  ]
}

const storm =
  "A stream that opens costs 2 to 3 ms of processor time. The readers of this row run on the same cores as the server."
