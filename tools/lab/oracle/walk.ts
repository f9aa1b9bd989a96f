import { mkdirSync } from "node:fs"
import { createRandom } from "#bff/test/support/fault-proxy.ts"
import { pause, secondsUntil } from "#tools/lab/chaos/client.ts"
import { PeopleActs, pick, type Lane } from "./acts.ts"
import { Agreement } from "./agreement.ts"
import { walkedProjects } from "./atlas-record.ts"
import { AuditReader } from "./audit-reader.ts"
import { Labels } from "./labels.ts"
import { LogOrder, verifyLog } from "./log-order.ts"
import { Messages } from "./messages.ts"
import { Page } from "./page.ts"
import { Surroundings } from "./surroundings.ts"
import { Violations, type Violation } from "./violations.ts"
import { openWorld, type World } from "./world.ts"

export interface WalkOptions {
  /** Acts of people and outsiders, kills and stops. */
  steps: number
  seed: number
  /** 1 to 4; 1 with SQLite. */
  servers: number
  database: "sqlite" | "postgres"
  /** Of a PostgreSQL that runs; one is started without it. */
  postgresUrl?: string | undefined
  /** The fewest and the most acts of a storm in one project, 3 to 10 by default. */
  stormActs?: readonly [number, number]
  /** True when the machine does other work meanwhile: how long servers take to agree and changes to end is not judged, only that they do. */
  isUntimed?: boolean
  /** How long messages may come after the end, 150 by default; less than that finds fewer missing ones. */
  messageSeconds?: number
  /** An empty folder. */
  work: string
  /** Called with each violation as it is seen, and with what goes on. */
  note?: (line: string) => void
}

/** The end of a walk. */
export interface Walked {
  violations: readonly Violation[]
  steps: number
  /** Without the start of the servers and what is waited for at the end. */
  seconds: number
  /** Kills and stops. */
  troubles: { killed: number; stopped: number }
  /** Numbers of changes by kind and last label, as in "create done". */
  ends: ReadonlyMap<string, number>
  messages: { came: number; repeats: number }
  /** From the poll that could show the last change until all were the same, in milliseconds. */
  agreedAfterMs: readonly number[]
}

const checkLogEverySteps = 25
const settledWithinSeconds = 100
const usualMessageSeconds = 150

/** Walks servers over one database through random storms, and compares what they say with what really was. */
export async function walkCluster(options: WalkOptions): Promise<Walked> {
  const { seed, steps: most, servers, database, work, note = () => {} } = options
  const {
    messageSeconds = usualMessageSeconds,
    stormActs = [3, 10],
    isUntimed = false,
    postgresUrl,
  } = options
  mkdirSync(work, { recursive: true })
  note(`oracle: seed ${seed}, ${servers} × ${database}, ${most} steps`)
  const random = createRandom(seed)
  const world = await openWorld({ work, servers, database, postgresUrl, random })
  let step = 0
  const violations = new Violations(() => step, note)
  const audit = new AuditReader()
  const readTroubledAt = () =>
    Math.max(...world.servers.flatMap(({ troubles }) => [0, ...troubles.map(({ until }) => until)]))
  const labels = new Labels(world.atlas, audit, violations, { readTroubledAt, isUntimed })
  const people = new PeopleActs(world, labels)
  const surroundings = new Surroundings(world, people)
  const order = new LogOrder(world.atlas, labels, violations)
  const messages = new Messages(world, violations)
  const onCreates = labels.noteCreates.bind(labels)
  const pages = openPages(world, violations, onCreates)
  const agreement = new Agreement(world, violations, { pages, onCreates, isUntimed })
  const from = performance.now()

  async function walkLane({ index, projectId }: { index: number; projectId: string }): Promise<void> {
    const lane: Lane = { projectId, random: createRandom(seed + 1_000 * (index + 1)), waiting: [] }
    while (step < most) {
      const [fewest, highest] = stormActs
      const drawn = fewest + Math.floor(lane.random() * (highest - fewest + 1))
      const acts = Math.min(drawn, most - step)
      const first = step + 1
      const under = Array.from({ length: acts }, async (_, number) => {
        step += 1
        const here = step
        await pause(number * lane.random() * 80)
        await takeStep(lane, here)
      })
      await Promise.all(under)
      await surroundings.settle()
      await agreement.wait(projectId, `the storm of steps ${first} to ${first + acts - 1}`)
    }
  }

  async function takeStep(lane: Lane, number: number): Promise<void> {
    const drawn = lane.random()
    if (drawn < 0.24) return await surroundings.withFault(lane, () => people.create(lane, number))
    if (drawn < 0.38) return await surroundings.withFault(lane, () => people.edit(lane, number))
    if (drawn < 0.5) return await surroundings.withFault(lane, () => people.remove(lane, number))
    if (drawn < 0.58) return await people.label(lane, number)
    if (drawn < 0.66) return await people.approve(lane)
    if (drawn < 0.69) return await surroundings.withFault(lane, () => people.container(lane, number))
    if (drawn < 0.9) return await surroundings.outside(lane)
    if (drawn < 0.95) return surroundings.movePage(lane, pages)
    return await surroundings.trouble(lane)
  }

  async function checkLogs(): Promise<void> {
    for (let checked = 0; step < most;) {
      await pause(250)
      if (step - checked < checkLogEverySteps) continue
      checked = step
      await checkOnce()
    }
  }

  async function checkOnce(): Promise<void> {
    const server = pick(
      Math.random,
      world.servers.filter((one) => one.isUp()),
    )
    if (server === undefined) return
    const client = { desk: server.desk(), cookie: world.cookieOf("ada") }
    await verifyLog(client, violations, `the log at server ${server.number}`)
    const [readAt, moment] = [performance.now(), world.atlas.now()]
    const isRead = await audit.read(client)
    await messages.read(client)
    await order.read(client, walkedProjects)
    if (isRead) labels.judge(readAt, moment)
  }

  try {
    await Promise.all([
      ...walkedProjects.map((projectId, index) => walkLane({ index, projectId })),
      checkLogs(),
    ])
    const seconds = (performance.now() - from) / 1_000
    note(`${step} steps in ${seconds.toFixed(0)} s; waiting until every change has an end`)
    await secondsUntil(
      async () => {
        await checkOnce()
        return labels.listOpen().length === 0
      },
      settledWithinSeconds,
      1_000,
    )
    for (const projectId of walkedProjects) await agreement.wait(projectId, "the end")
    await secondsUntil(
      async () => {
        await checkOnce()
        return messages.isComplete
      },
      messageSeconds,
      500,
    )
    messages.reportMissing()
    labels.reportOpen()
    order.compareActs()
    const troubles = world.servers.flatMap((server) => server.troubles)
    const count = (kind: string) => troubles.filter((one) => one.kind === kind).length
    return {
      violations: violations.all,
      steps: step,
      seconds,
      troubles: { killed: count("killed"), stopped: count("stopped") },
      ends: labels.countEnds(),
      messages: { came: messages.count, repeats: messages.repeats },
      agreedAfterMs: agreement.times,
    }
  } finally {
    await Promise.all(pages.map((page) => page.close()))
    await world.close()
  }
}

/** One tab at each server, and one that moves between them. */
function openPages(world: World, violations: Violations, onCreates: Labels["noteCreates"]): Page[] {
  const open = (name: string, server: number) => new Page(world, violations, { name, server, onCreates })
  return [...world.servers.map((_, index) => open(`tab ${index + 1}`, index)), open("a moving tab", 0)]
}
