import { setImmediate as nextTurn } from "node:timers/promises"
import { cloudSideActs, seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, type ProviderName } from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { startTestApp, type TestApp } from "./test-app.ts"
import { toDistinctName } from "#changes/blast-radius.ts"

export const walkedProject = seededIds.payments
/** Time goes on by so much at once, in seconds: the truth is known this closely. */
export const quantumSeconds = 5

const cloud = fc.constantFrom<ProviderName>("AWS", "GCP", "AZURE")

/** One thing that may happen. */
export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 5, max: 300 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      which: fc.nat(),
      act: fc.constantFrom(...cloudSideActs),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("create" as const), number: fc.integer({ min: 1, max: 200 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      cloud,
      fault: fc.constantFrom(
        { status: 500 },
        { cut: "before" },
        { cut: "during" },
        { retryAfter: 40 },
        { status: 403 },
      ),
      times: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("strange" as const), word: fc.constantFrom("ON_A_BREAK", "") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("view" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("vanish" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("off" as const), seconds: fc.integer({ min: 10, max: 600 }) }),
  },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A state that a connection really had from a moment on (milliseconds since 1970); null once it is gone. */
export interface TrueState {
  at: number
  status: string | null
}

/** Walks the simulator through steps while a server watches, and keeps what really was. */
export class Walk {
  desk: TestApp
  readonly #desks: TestApp[]
  /** By connection. */
  readonly truth = new Map<string, TrueState[]>()
  /** When looks were given a made-up answer, milliseconds since 1970: what was said then is what Atlas said. */
  readonly madeUp: number[] = []
  #madeUpWaiting = 0
  #leave: (() => void) | null = null

  private constructor(desk: TestApp) {
    this.desk = desk
    this.#desks = [desk]
  }

  static async begin(): Promise<Walk> {
    const walk = new Walk(await startTestApp())
    walk.#note()
    await walk.#list()
    return walk
  }

  async take(one: Step): Promise<void> {
    const { simulator, services } = this.desk
    const peers = this.#peers()
    switch (one.kind) {
      case "wait":
        return await this.wait(one.seconds)
      case "act": {
        const peer = peers[one.which % peers.length]
        // What makes no sense now is not done.
        if (peer?.acts.includes(one.act)) simulator.cloudSide(peer.id, one.act)
        break
      }
      case "create":
        await this.#create(one.number)
        break
      case "delete":
        await this.#delete(one.which)
        break
      case "fault": {
        const path = `/${walkedProject}/peers?providerName=${one.cloud}`
        simulator.addFault({ match: { method: "GET", path }, fault: one.fault, times: one.times })
        break
      }
      case "strange": {
        const results = peers
          .filter(({ providerName }) => providerName === "AWS")
          .map(({ id }) => ({ id, statusName: one.word, inventedIn: 2031 }))
        const path = `/${walkedProject}/peers?providerName=AWS`
        const body = { results, totalCount: results.length }
        simulator.addFault({ match: { method: "GET", path }, fault: { status: 200, body }, times: 1 })
        this.#madeUpWaiting += 1
        break
      }
      case "view":
        this.#leave?.()
        this.#leave = this.#leave === null ? services.pollers.follow([walkedProject], () => {}) : null
        break
      case "vanish":
        simulator.reset()
        this.#madeUpWaiting = 0
        break
      case "off":
        await this.#restart(one.seconds)
        break
    }
    this.#note()
    await this.#settle()
  }

  /** Advances both clocks and runs what is due. */
  async wait(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += quantumSeconds) {
      this.desk.simulator.advance(quantumSeconds)
      this.#note()
      this.desk.clock.advance(quantumSeconds * 1_000)
      await this.#settle()
    }
    // A person idle for half an hour is signed out.
    await this.desk.call("GET", apiUrls.session())
  }

  async end(): Promise<void> {
    this.#leave?.()
    for (const desk of this.#desks.toReversed()) await desk.close()
  }

  #peers() {
    return this.desk.simulator.state().projects.find(({ id }) => id === walkedProject)?.peers ?? []
  }

  #note(): void {
    const now = this.desk.clock.now()
    const peers = new Map(this.#peers().map(({ id, status }) => [id, status]))
    for (const id of new Set([...this.truth.keys(), ...peers.keys()])) {
      const states = this.truth.get(id) ?? []
      const status = peers.get(id) ?? null
      if (states.at(-1)?.status !== status || states.length === 0) states.push({ at: now, status })
      this.truth.set(id, states)
    }
  }

  /** Waits for every due poll to finish. */
  async #settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await nextTurn()
      await this.desk.services.pollers.poll(walkedProject, Number.POSITIVE_INFINITY)
    }
    const waiting = this.desk.simulator.faults().filter(({ fault }) => fault.status === 200).length
    if (waiting < this.#madeUpWaiting) this.madeUp.push(this.desk.clock.now())
    this.#madeUpWaiting = waiting
  }

  async #list(): Promise<void> {
    await this.desk.call("GET", apiUrls.peerings(walkedProject))
  }

  async #create(number: number): Promise<void> {
    const { projects } = this.desk.simulator.state()
    const containers = projects.find(({ id }) => id === walkedProject)?.containers ?? []
    const container = containers.find(({ providerName }) => providerName === "AWS")
    const request = {
      providerName: "AWS",
      containerId: container?.id,
      accepterRegionName: "us-west-2",
      awsAccountId: "482913570264",
      routeTableCidrBlock: `10.${number}.77.0/24`,
      vpcId: `vpc-0a1b2c3d4e5f6${String(number).padStart(4, "0")}`,
    }
    await this.desk.create(walkedProject, request, `a-key-for-the-form-${number}-${this.desk.clock.now()}`)
  }

  async #delete(which: number): Promise<void> {
    const { peerings } = this.desk.services.pollers.live.list(walkedProject)
    const peering = peerings[which % Math.max(peerings.length, 1)]
    if (peering === undefined) return
    const body = { reason: "A walk", name: toDistinctName(peering.peer, peerings) }
    await this.desk.call("DELETE", apiUrls.peering(walkedProject, peering.id), { body })
  }

  /** The server is off for a while, and another one goes on over the same data. */
  async #restart(seconds: number): Promise<void> {
    this.#leave?.()
    this.#leave = null
    this.desk.services.pollers.stop()
    await this.#settle()
    for (let passed = 0; passed < seconds; passed += quantumSeconds) {
      this.desk.simulator.advance(quantumSeconds)
      this.desk.clock.advance(quantumSeconds * 1_000)
      this.#note()
    }
    this.desk = await startTestApp({ beside: this.desk })
    this.#desks.push(this.desk)
    await this.#list()
  }
}
