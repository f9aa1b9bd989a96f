import { fork, type ChildProcess } from "node:child_process"
import { randomInt } from "node:crypto"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { createSimulator } from "@peering-desk/atlas-simulator"
import { apiUrls, idempotencyKeyHeader } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { readRows, verifyStore } from "#test/support/audit-log.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { ChangeRows } from "#changes/engine/change-rows.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { bundleProgram } from "#test/support/bundle.ts"
import { judgeCreates, planCreates, watchMade, type Attempt } from "#test/support/chaos-creates.ts"
import { createRandom, drawByMethod, openFaultProxy } from "#test/support/fault-proxy.ts"
import type { StartMessage } from "#test/support/killed-server.ts"

/** `pnpm chaos --only creates` asks for more, of the whole server. */
const attempts = 240
const kills = 4
const atOnce = 60
/** Every 7th form is clicked twice. */
const doubleClickEvery = 7
/** One person in 4 does not ask again after an answer without an outcome: the server finds it out alone. */
const leavesEvery = 4
const settledWithinMs = 60_000
/** More than are sent, since this test is not about the limit. */
const peersPerProject = 10_000

const seed = randomInt(1_000_000_000)
const random = createRandom(seed)

/** Runs one server after another over one database. If one is killed, the next one, already loaded, starts. */
function createServers(program: string, start: StartMessage) {
  const prepare = () => {
    const child = fork(program, { execArgv: [] })
    return { child, ready: new Promise((resolve) => child.once("message", resolve)) }
  }
  let next = prepare()
  let current: ChildProcess | null = null
  let origin = Promise.resolve("")

  return {
    /** Origin of the running server, or of the next one. */
    origin: () => origin,
    async startNext(): Promise<void> {
      const { child, ready } = next
      const up = ready.then(() => {
        const port = new Promise<number>((resolve) => child.once("message", resolve))
        child.send(start)
        return port
      })
      origin = up.then((port) => `http://127.0.0.1:${port}`)
      await up
      current = child
      next = prepare()
    },
    async killAndStartNext(): Promise<void> {
      current?.kill("SIGKILL")
      await this.startNext()
    },
    close() {
      for (const child of [current, next.child]) child?.kill("SIGKILL")
    },
  }
}

/** Sends an attempt until an answer tells its outcome. */
async function ask(origin: () => Promise<string>, attempt: Attempt): Promise<void> {
  const { key, projectId, request, leaves } = attempt
  for (;;) {
    const status = await fetch(`${await origin()}${apiUrls.peerings(projectId)}`, {
      method: "POST",
      headers: { "content-type": "application/json", [idempotencyKeyHeader]: key },
      body: JSON.stringify({ request, reason: "Orders move to Atlas" }),
    }).then(
      async (answer) => {
        attempt.refusedBefore = (await answer.text()).includes("preflight_refused")
        return answer.status
      },
      () => 0,
    )
    if (status === 201 || status === 422) return
    // After these two perhaps nothing was begun, so leaving would prove nothing.
    if (leaves && status !== 503 && status !== 0) return
    await wait(50 + random() * 200)
  }
}

/** Returns the numbers of the attempts in the audit log without a final outcome. */
async function readOpenAttempts(store: Store): Promise<number[]> {
  const rows = await readRows(store)
  const ended = new Set(
    rows.filter(({ outcome }) => outcome !== null && outcome !== "unknown").map((row) => row.attemptSequence),
  )
  return rows
    .filter(({ kind, sequence }) => kind === "attempt" && !ended.has(sequence))
    .map(({ sequence }) => sequence)
}

test(`${attempts} creates are each made at most once and settled, over a broken network and ${kills} kills`, async () => {
  const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()
  const dataDirectory = mkdtempSync(join(memory, "create-chaos-"))
  const simulator = createSimulator({
    speed: 0,
    peerLimit: peersPerProject,
    pendingLimit: peersPerProject,
    limits: { v1PerMinute: 1_000_000_000 },
  })
  const proxy = await openFaultProxy({
    target: (await simulator.listen()).origin,
    draw: drawByMethod(random, {
      POST: { "cut-request": 0.25, "cut-answer": 0.15, reset: 0.1, "half-open": 0.03 },
      GET: { "cut-request": 0.02, "cut-answer": 0.02 },
    }),
  })
  const servers = createServers(await bundleProgram("test/support/killed-server.ts", "create-chaos"), {
    dataDirectory,
    atlasOrigin: proxy.origin,
    atlasTimeoutMs: 1_500,
    peersPerProject,
    timing: {
      lookEveryMs: 800,
      slowAfterMs: 500,
      longestSendingMs: 4_000,
      certainAfterMs: 2_500,
      certainAfterLooks: 3,
      lookUpDelaysMs: [0, 100, 200],
    },
  })
  const listMade = watchMade(simulator)
  const asked = planCreates(simulator, attempts, () => random() * leavesEvery < 1)

  try {
    await servers.startNext()
    const queue = asked.flatMap((attempt, number) =>
      number % doubleClickEvery === 0 ? [attempt, attempt] : [attempt],
    )
    const killAfter = Math.floor(queue.length / (kills + 1))
    let begun = 0
    let killed = Promise.resolve()
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        begun += 1
        if (begun % killAfter === 0 && begun / killAfter <= kills) {
          killed = killed.then(() => wait(random() * 500)).then(() => servers.killAndStartNext())
        }
        await ask(servers.origin, next)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    await killed

    const store = await openStore({ dataDirectory, clock: systemClock, logger: createLogger("silent") })
    const changeRows = new ChangeRows({ store, clock: systemClock, processId: null })
    await expect
      .poll(async () => (await changeRows.listOpen()).length, { timeout: settledWithinMs, interval: 200 })
      .toBe(0)
    const made = listMade()
    const ends = await Promise.all(
      asked.map(async (attempt) => ({
        ...attempt,
        change: await changeRows.findByKey(attempt.projectId, attempt.key),
      })),
    )

    const found = {
      seed,
      ...judgeCreates(made, ends),
      auditedWithoutEnd: await readOpenAttempts(store),
      auditFlaw: (await verifyStore(store)).flaw,
    }
    const nothing = { madeTwice: [], lost: [], labelledWrong: [], claimedTwice: [], forgotten: [] }
    expect(found).toEqual({ seed, ...nothing, auditedWithoutEnd: [], auditFlaw: null })
    expect(made.length).toBeGreaterThan(attempts / 2)
    await store.close()
  } finally {
    servers.close()
    rmSync(dataDirectory, { recursive: true })
    await proxy.close()
    await simulator.close()
  }
}, 600_000)
