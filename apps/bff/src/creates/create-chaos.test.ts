import { fork, type ChildProcess } from "node:child_process"
import { randomInt } from "node:crypto"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { createSimulator, seededIds, type Simulator } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  idempotencyKeyHeader,
  type PeeringRequest,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { readRows, verifyStore } from "#test/support/audit-log.ts"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { CreateIntents } from "./create-intents.ts"
import { openStore } from "#store/open-store.ts"
import type { Store } from "#store/store.ts"
import { bundleProgram } from "#test/support/bundle.ts"
import { createRandom, openFaultProxy } from "#test/support/fault-proxy.ts"
import type { StartMessage } from "#test/support/killed-server.ts"

const attempts = 800
const kills = 12
const atOnce = 60
/** Every 25th form asks for the network of another, and every 7th is clicked twice. */
const twinEvery = 25
const doubleClickEvery = 7
/** One person in 4 does not ask again after an answer without an outcome: the server finds it out alone. */
const leavesEvery = 4
const settledWithinMs = 60_000
/** More than are sent, since this test is not about the limit. */
const peersPerProject = 10_000

const seed = randomInt(1_000_000_000)
const random = createRandom(seed)
const projects = [seededIds.documentationProject, seededIds.payments, seededIds.analytics, seededIds.longName]

interface Attempt {
  key: string
  projectId: string
  request: PeeringRequest
  leaves: boolean
  /** The verdict refused it as a duplicate before anything was sent. */
  refusedBefore: boolean
}

/** Lists the containers in which peerings can be created. */
function findContainers(simulator: Simulator) {
  return simulator
    .state()
    .projects.filter(({ id }) => projects.some((project) => project === id))
    .flatMap(({ id: projectId, containers }) =>
      containers.map(({ id: containerId, providerName }) => ({ projectId, containerId, providerName })),
    )
}

function toRequest(containerId: string, providerName: ProviderName, number: number): PeeringRequest {
  const name = `network-${String(number).padStart(5, "0")}`
  const uuid = (first: string) => `${first}-5678-4abc-8def-${String(number).padStart(12, "0")}`
  switch (providerName) {
    case "AWS":
      return {
        providerName,
        containerId,
        accepterRegionName: "us-west-2",
        awsAccountId: "482913570264",
        routeTableCidrBlock: `172.${16 + (number >> 8)}.${number & 255}.0/24`,
        vpcId: `vpc-0${number.toString(16).padStart(16, "0")}`,
      }
    case "GCP":
      return { providerName, containerId, gcpProjectId: "acme-payments-prod-417203", networkName: name }
    case "AZURE":
      return {
        providerName,
        containerId,
        azureDirectoryId: uuid("35039750"),
        azureSubscriptionId: uuid("2f8a4c1e"),
        resourceGroupName: "rg-payments",
        vnetName: name,
      }
  }
}

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

/** Returns the two networks of a peering as one text. */
function toNetwork(peer: Record<string, unknown>): string {
  const { projectId, providerName, containerId, vpcId, networkName, vnetName } = peer
  return JSON.stringify([projectId, providerName, containerId, vpcId, networkName, vnetName])
}

/** Returns the numbers of the attempts in the audit log without a final outcome. */
async function readOpenAttempts(store: Store): Promise<number[]> {
  const rows = await readRows(store)
  const ended = new Set(
    rows
      .filter(({ outcome }) => outcome !== null && outcome !== "unknown")
      .map((row) => row.attempt_sequence),
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
    origin: (await simulator.listen()).origin,
    random,
    faults: {
      POST: { cutRequest: 0.25, cutAnswer: 0.25, swallowAnswer: 0.03 },
      GET: { cutRequest: 0.02, cutAnswer: 0.02, swallowAnswer: 0 },
    },
  })
  const servers = createServers(await bundleProgram("test/support/killed-server.ts", "create-chaos"), {
    dataDirectory,
    atlasOrigin: proxy.origin,
    atlasTimeoutMs: 1_500,
    peersPerProject,
    timing: {
      pollEveryMs: 800,
      orphanedAfterMs: 2_500,
      certainAfterMs: 2_500,
      certainAfterPolls: 3,
      lookUpDelaysMs: [0, 100, 200],
    },
  })
  const before = new Set(simulator.state().projects.flatMap(({ peers }) => peers.map(({ id }) => id)))
  const containers = findContainers(simulator)
  const asked: Attempt[] = Array.from({ length: attempts }, (_, number) => {
    const isTwin = number % twinEvery === 1
    const network = isTwin ? number - 1 : number
    const { projectId, containerId, providerName } = containers[network % containers.length]!
    const request = toRequest(containerId, providerName, network)
    return {
      key: `the-key-of-form-${number}`,
      projectId,
      request,
      leaves: random() * leavesEvery < 1,
      refusedBefore: false,
    }
  })

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
    const intents = new CreateIntents({ store, clock: systemClock })
    await expect
      .poll(async () => (await intents.listUnsettled()).length, { timeout: settledWithinMs, interval: 200 })
      .toBe(0)
    const made = simulator
      .state()
      .projects.flatMap(({ id, peers }) => peers.map((peer) => ({ projectId: id, ...peer })))
      .filter(({ id }) => !before.has(id))
    const ends = await Promise.all(
      asked.map(async (attempt) => ({ ...attempt, intent: await intents.find(attempt) })),
    )

    const networks = made.map(toNetwork)
    const idOf = new Map(made.map((peer) => [toNetwork(peer), peer.id]))
    const told = new Set(ends.map(({ intent }) => intent?.peeringId ?? null))
    const claimed = ends.flatMap(({ intent }) => intent?.peeringId ?? [])
    const found = {
      seed,
      madeTwice: networks.filter((network, index) => networks.indexOf(network) !== index),
      lost: made.filter(({ id }) => !told.has(id)),
      // `created` names the peering that exists. Any other state means that no peering exists, or that a twin made it.
      labelledWrong: ends.filter(({ projectId, request, intent }) => {
        const id = idOf.get(toNetwork({ projectId, ...request })) ?? null
        return intent?.state === "created" ? intent.peeringId !== id : id !== null && !told.has(id)
      }),
      claimedTwice: claimed.filter((id, index) => claimed.indexOf(id) !== index),
      forgotten: ends.filter(
        ({ intent, leaves, refusedBefore }) => intent === null && !leaves && !refusedBefore,
      ),
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
