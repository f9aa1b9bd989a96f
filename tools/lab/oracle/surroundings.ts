import type { CloudSideAct } from "@peering-desk/atlas-simulator"
import { pick, type Lane, type PeopleActs } from "./acts.ts"
import type { Page } from "./page.ts"
import type { World } from "./world.ts"

const faultShare = 0.3
/** Kills and stops come one after another: a cluster in which every server is down shows nothing. */
const troubleEveryMs = 12_000
const cloudSideActs: readonly CloudSideAct[] = [
  "accept",
  "accept",
  "reject",
  "create-reciprocal",
  "revoke-permission",
]
/** A lost answer before and after the effect, half an answer, and late ones. */
const toFaults = (lateMs: number) => [
  { cut: "before" },
  { cut: "after" },
  { cut: "during" },
  { delayMs: lateMs },
  { delayMs: lateMs, cut: "after" },
  { delayMs: lateMs, cut: "before" },
]

/** Everything around people: answers that get lost, outsiders, kills and stops. */
export class Surroundings {
  readonly #world: World
  readonly #people: PeopleActs
  #troubledAt = Number.NEGATIVE_INFINITY

  constructor(world: World, people: PeopleActs) {
    this.#world = world
    this.#people = people
  }

  /** Carries out a change; sometimes a request of this project to Atlas gets a fault meanwhile. */
  async withFault({ projectId, random }: Lane, act: () => Promise<void>): Promise<void> {
    const fault = pick(random, toFaults(Math.floor(random() * 2_500)))
    const method = pick(random, ["POST", "PATCH", "DELETE"])
    if (random() < faultShare)
      this.#world.atlas.simulator.addFault({
        match: { method, path: `/v1\\.0\\/groups\\/${projectId}\\/(peers|containers)/` },
        fault,
        times: 1,
      })
    await act()
  }

  /** Somebody else changes the project. */
  async outside({ projectId, random }: Lane): Promise<void> {
    const { outsider, atlas } = this.#world
    const ids = [...atlas.listPeers(projectId).keys()]
    const drawn = random()
    const id = pick(random, ids)
    if (drawn < 0.2 || id === undefined) {
      const cloud = pick(random, ["AWS", "GCP", "AZURE"] as const) ?? "AWS"
      return await outsider.create(projectId, cloud, this.#people.nextNumber())
    }
    if (drawn < 0.4) return await outsider.remove(projectId, id)
    if (drawn < 0.65) return outsider.pass(5 + Math.floor(random() * 40))
    outsider.actInCloud(id, pick(random, cloudSideActs) ?? "accept")
  }

  /** A tab loses its connection, and goes on at another server. */
  movePage({ random }: Lane, pages: readonly Page[]): void {
    const { servers } = this.#world
    const up = servers.flatMap((server, index) => (server.isUp() ? [index] : []))
    pages.at(-1)?.moveTo(pick(random, up) ?? 0)
  }

  /** Kills or stops a server, at once or when its next change leaves for Atlas. */
  async trouble({ random }: Lane): Promise<void> {
    const now = performance.now()
    if (now - this.#troubledAt < troubleEveryMs) return
    this.#troubledAt = now
    const server = pick(random, this.#world.servers)
    const ms = random() < 0.2 ? 8_000 : 200 + random() * 3_000
    const drawn = random()
    if (drawn < 0.25) return await server?.kill()
    if (drawn < 0.5) return await server?.stop(ms)
    server?.setTrap(drawn < 0.8 ? ms : null)
  }

  /** Waits until every server is up. */
  async settle(): Promise<void> {
    await Promise.all(this.#world.servers.map((server) => server.settle()))
  }
}
