import { createServer } from "node:http"
import { join } from "node:path"
import { openFaultProxy, type FaultProxy, type Outage } from "#bff/test/support/fault-proxy.ts"
import { apiUrls } from "@peering-desk/shared-schemas"
import { listen } from "@peering-desk/test-support/listen"
import {
  at,
  ask,
  askDuring,
  create,
  createNow,
  list,
  openStream,
  pause,
  readMetric,
  secondsUntil,
  signInAt,
  type Client,
  toP99,
} from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, holds, none, shown, type Figure } from "#tools/lab/figure.ts"
import { azure, gcp, projectId, startAtlas, startServer, type Atlas } from "./world.ts"
import { seededIds } from "@peering-desk/atlas-simulator"

const outageMs = 60_000
/** The first calls of an outage find it out; from then on the circuit is open. */
const foundOutMs = 20_000

interface World {
  atlas: Atlas
  client: Client
  proxy: FaultProxy
}

async function openWorld({ work, keep }: Task): Promise<World> {
  const atlas = keep(await startAtlas())
  const proxy = keep(await openFaultProxy({ target: atlas.origin }))
  const desk = keep(await startServer(join(work, "server"), atlas, proxy.origin))
  return { atlas, proxy, client: await signInAt(desk) }
}

/** What a load balancer answers whose servers are away. */
async function openUnavailable() {
  let requests = 0
  const server = createServer((_request, response) => {
    requests += 1
    response.writeHead(503, { "content-type": "text/html" }).end("<html>Unavailable</html>")
  })
  return { requests: () => requests, ...(await listen(server)) }
}

/** Atlas refuses connections, then swallows them, then answers 503 with a web page. */
export async function breakAtlas(task: Task): Promise<Figure[]> {
  const world = await openWorld(task)
  const unavailable = task.keep(await openUnavailable())
  const { atlas, client, proxy } = world
  await createNow(client, projectId, azure, "a-key-before-the-outage")
  const stream = await openStream(client, [projectId])
  const toOutage = (outage: Outage) => ({
    begin: () => proxy.setOutage(outage),
    end: () => proxy.setOutage(null),
    requests: proxy.connections,
  })
  const outages = {
    "connections refused": toOutage("refused"),
    "bytes swallowed": toOutage("black-hole"),
    "503 with a web page": {
      begin: () => proxy.leadTo(unavailable.origin),
      end: () => proxy.leadTo(atlas.origin),
      requests: unavailable.requests,
    },
  }
  const figures: Figure[] = []
  for (const [name, outage] of Object.entries(outages)) {
    task.note(name)
    figures.push(...(await outlast(world, name, outage)))
  }
  stream.close()
  return figures
}

const silence =
  "A list that Atlas never answers is given up after 15 s, and the next one begins up to 10 s after the last."
const lastFailures =
  "The circuit opens at the fifth failure in a row. An answer that comes at once lets the last of them fall into the counted time."

async function outlast(
  { atlas, client }: World,
  name: string,
  { begin, end, requests }: { begin: () => void; end: () => void; requests: () => number },
): Promise<Figure[]> {
  const posts = atlas.count("POST", "/peers")
  begin()
  const told = await secondsUntil(
    async () => (await list(client, projectId)).watches.some(({ problem }) => problem !== null),
    40,
  )
  await pause(Math.max(foundOutMs - told * 1_000, 0))
  const before = requests()
  const replies = await askDuring(pause(outageMs - foundOutMs), () =>
    ask(client, "GET", apiUrls.peerings(projectId)),
  )
  const perMinute = ((requests() - before) * 60_000) / (outageMs - foundOutMs)
  const refused = await create(client, projectId, gcp, `a-key-in-the-outage-${name}`)
  end()
  const isMended = async () =>
    (await list(client, projectId)).watches.every(({ problem }) => problem === null)
  const back = await secondsUntil(isMended, 60)
  return [
    atMost(`${name}: until the page says so`, told, "s", 16, silence),
    atMost(`${name}: requests to Atlas once the circuit is open`, perMinute, "a minute", 13, lastFailures),
    atMost(`${name}: a list meanwhile, p99`, toP99(replies), "ms", 50),
    none(
      `${name}: lists that were not answered with the last known state`,
      replies.filter(({ status }) => status !== 200).length,
    ),
    none(`${name}: creates sent`, atlas.count("POST", "/peers") - posts),
    atMost(`${name}: until a create was refused`, refused.ms, "ms", 50),
    atMost(`${name}: until all clouds are seen again`, back, "s", 6),
  ]
}

/** Atlas takes 30 s for one project and answers at once for another. */
export async function slowAtlas(task: Task): Promise<Figure[]> {
  const { atlas, client } = await openWorld(task)
  const other = seededIds.payments
  await list(client, projectId)
  const read = () => ask(client, "GET", apiUrls.peerings(other))
  const usual = await askDuring(pause(20_000), read)
  atlas.simulator.addFault({ match: { path: projectId }, fault: { delayMs: 30_000 } })
  const slow = Promise.all([1, 2, 3, 4].map(() => ask(client, "GET", apiUrls.peerings(projectId))))
  const meanwhile = await askDuring(pause(40_000), read)
  const lag = (await readMetric(client, "nodejs_eventloop_lag_p99_seconds")) * 1_000
  const told = (await list(client, projectId)).watches.some(({ problem }) => problem !== null)
  await slow
  return [
    shown("a list of another project before, p99", toP99(usual), "ms"),
    atMost(
      "the same while one project is slow, as a multiple",
      toP99(meanwhile) / toP99(usual),
      "×",
      1.5,
      "The other project is polled meanwhile too; a p99 of few hundred answers is a handful of polls on a busy machine.",
    ),
    none("lists of the other project that failed", meanwhile.filter(({ status }) => status !== 200).length),
    holds("the slow project is said to be slow", told),
    atMost("event loop of the server, p99", lag, "ms", 50),
  ]
}

/** Each kind of Retry-After, and the fewest seconds before the next call. */
const pauses: readonly [name: string, header: () => string | null, leastSeconds: number][] = [
  ["seconds", () => "12", 12],
  ["a date", () => new Date(Date.now() + 12_000).toUTCString(), 11],
  ["a day", () => "86400", 30],
  ["garbage", () => "soon", 5],
  ["none", () => null, 5],
  ["-5", () => "-5", 0],
]

/** Atlas answers 429 with every kind of Retry-After, each in a separate project. */
export async function slowDown(task: Task): Promise<Figure[]> {
  const { atlas, client } = await openWorld(task)
  const { projects } = atlas.simulator.state()
  return await Promise.all(
    pauses.map(async ([name, header, leastSeconds], index) => {
      const { id } = at(projects, index)
      const value = header()
      const begun = performance.now()
      atlas.simulator.addFault({
        match: { method: "GET", path: `${id}/peers` },
        fault: { status: 429, ...(value !== null && { headers: { "retry-after": value } }) },
        times: 3,
      })
      const stream = await openStream(client, [id])
      const calls = () => atlas.count("GET", `${id}/peers`)
      await secondsUntil(() => calls() > 0, 20)
      // The lists of the two other clouds may be under way.
      await pause(500)
      const before = calls()
      await askDuring(
        pause(Math.max(begun + leastSeconds * 1_000 - 1_000 - performance.now(), 0)),
        () => ask(client, "GET", apiUrls.peerings(id)),
        500,
      )
      const early = calls() - before
      stream.close()
      return none(`Retry-After, ${name}: calls before`, early)
    }),
  )
}
