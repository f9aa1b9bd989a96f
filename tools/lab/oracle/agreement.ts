import { apiUrls, PeeringList } from "@peering-desk/shared-schemas"
import { ask, pause } from "#tools/lab/chaos/client.ts"
import { toDifference, toSummary } from "./fold.ts"
import type { OnCreates, Page } from "./page.ts"
import type { Violations } from "./violations.ts"
import type { World } from "./world.ts"

const compareEveryMs = 100
const pageWithinMs = 1_000
const atlasWithinMs = 3_000
const atlasAfterTroubleMs = 10_000
/** After this time it is not late but wrong. */
const givenUpAfterMs = 30_000

/** A difference, and when the first of the comparisons began that have had none since. */
interface Compared {
  /** Null when all is the same. */
  difference: string | null
  /** The last difference, also when it is over. */
  last: string
  sameSince: number
}

/** Compares lists, streams, database and Atlas after a storm until all are the same, and measures how long that takes. */
export class Agreement {
  /** Milliseconds from the poll that could show the last change until all were the same. */
  readonly times: number[] = []
  readonly #world: World
  readonly #violations: Violations
  readonly #pages: readonly Page[]
  readonly #onCreates: OnCreates
  readonly #isUntimed: boolean

  constructor(
    world: World,
    violations: Violations,
    {
      pages,
      onCreates,
      isUntimed,
    }: {
      pages: readonly Page[]
      onCreates: OnCreates
      /** True when it is not judged how long servers take, only that they agree in the end. */
      isUntimed: boolean
    },
  ) {
    this.#world = world
    this.#violations = violations
    this.#pages = pages
    this.#onCreates = onCreates
    this.#isUntimed = isUntimed
  }

  /** @param storm names the storm in a violation */
  async wait(projectId: string, storm: string): Promise<void> {
    const { atlas } = this.#world
    const from = performance.now()
    let [stored, shown]: [Compared, Compared] = [unlike, unlike]
    for (;;) {
      const changed = atlas.changedAt(projectId)
      const began = performance.now()
      const found = await this.#compare(projectId)
      // What changed meanwhile is compared again.
      if (atlas.changedAt(projectId) === changed) {
        stored = join(stored, found.stored, began, changed)
        shown = join(shown, found.shown, began, stored.sameSince)
        if (stored.difference === null && shown.difference === null) break
      }
      if (performance.now() - Math.max(from, this.#lastTrouble()) > givenUpAfterMs) break
      await pause(compareEveryMs)
    }
    this.#judge({ projectId, storm, stored, shown, from })
  }

  #judge(seen: { projectId: string; storm: string; stored: Compared; shown: Compared; from: number }): void {
    const { projectId, storm, stored, shown, from } = seen
    const where = `${storm} in ${projectId}`
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
    if (stored.difference !== null)
      return this.#violations.add(
        "lists",
        where,
        `after ${seconds(givenUpAfterMs)} the database and Atlas still differ: ${stored.difference}`,
      )
    const changed = this.#world.atlas.changedAt(projectId)
    const due = Math.max(from, this.#world.atlas.polledAfter(projectId, changed))
    const trouble = this.#lastTrouble()
    const allowed = Math.max(due + atlasWithinMs, trouble + atlasAfterTroubleMs)
    if (stored.sameSince > allowed && !this.#isUntimed)
      this.#violations.add(
        "lists",
        where,
        `the database equals Atlas only ${seconds(stored.sameSince - due)} after the poll; before: ${stored.last}`,
      )
    if (shown.difference !== null)
      return this.#violations.add(
        "lists",
        where,
        `after ${seconds(givenUpAfterMs)} the database and a page still differ: ${shown.difference}`,
      )
    const late = shown.sameSince - Math.max(stored.sameSince, trouble)
    const limit = shown.sameSince - trouble < atlasAfterTroubleMs ? atlasAfterTroubleMs : pageWithinMs
    if (late > limit && !this.#isUntimed)
      this.#violations.add(
        "lists",
        where,
        `lists equal the database only ${seconds(late)} after it changed; before: ${shown.last}`,
      )
    this.times.push(Math.max(shown.sameSince - due, 0))
  }

  /** When the last kill or stop was over; now while there is one. */
  #lastTrouble(): number {
    const ends = this.#world.servers.flatMap(({ troubles }) => troubles.map(({ until }) => until))
    return Math.min(Math.max(0, ...ends), performance.now())
  }

  async #compare(projectId: string): Promise<{ stored: string | null; shown: string | null }> {
    const rows = await this.#world.readStored(projectId)
    const present = this.#world.atlas.listPeers(projectId)
    const storedFaces = [...rows].map(([id, { face }]) => `${id} ${face}`).toSorted()
    const trueFaces = [...present].map(([id, face]) => `${id} ${face}`).toSorted()
    const stored = toDifference(storedFaces, trueFaces)
    const named = [...rows].map(([id, { face, label }]) => `${id} ${face} ${label ?? ""}`).toSorted()
    let shown: string | null = null
    let wanted: readonly string[] | null = null
    for (const server of this.#world.servers) {
      if (!server.isUp()) return { stored, shown: `server ${server.number} is not up` }
      const client = { desk: server.desk(), cookie: this.#world.cookieOf("ada") }
      const { status, text } = await ask(client, "GET", apiUrls.peerings(projectId))
      if (status !== 200) return { stored, shown: `server ${server.number} answers ${status}` }
      const { peerings, creates = [] } = PeeringList.parse(JSON.parse(text))
      this.#onCreates(projectId, creates)
      const [list, all] = [toSummary(peerings, []), toSummary(peerings, creates)]
      const fromStored = toDifference(named, list)
      if (fromStored !== null) shown ??= `the database and server ${server.number}: ${fromStored}`
      const fromOther = wanted && toDifference(wanted, all)
      if (fromOther !== null) shown ??= `servers 1 and ${server.number}: ${fromOther}`
      wanted ??= all
    }
    for (const page of this.#pages) {
      const fromList = toDifference(wanted ?? [], page.summarize(projectId))
      if (fromList !== null) shown ??= `a list and the stream at server ${page.server + 1}: ${fromList}`
    }
    return { stored, shown }
  }
}

const unlike: Compared = {
  difference: "nothing was compared",
  last: "nothing was compared",
  sameSince: Number.POSITIVE_INFINITY,
}

/** @param from a difference before this time does not count */
function join(before: Compared, difference: string | null, began: number, from: number): Compared {
  if (difference !== null) return { difference, last: difference, sameSince: Number.POSITIVE_INFINITY }
  if (before.difference === null && before.sameSince >= from) return before
  return { difference, last: before.last, sameSince: began }
}
