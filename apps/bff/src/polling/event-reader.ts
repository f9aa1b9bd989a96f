import type { ProblemCode } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { AtlasEvent } from "#atlas/project-events.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { noteEventsUpTo, readEventsFrom, storeEvents, type StoreEventsDeps } from "./store-events.ts"

interface EventReaderDeps extends StoreEventsDeps {
  atlas: Pick<AtlasClient, "listEvents">
  clock: Clock
  logger: Logger
}

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
/** Two calls a minute for a project that somebody views, or that changed in the last hour. */
const everyMs = 30 * secondMs
const recentMs = hourMs
/** One call a second for all other projects together. */
const othersEveryMs = secondMs
const firstReadingMs = 30 * 24 * hourMs
/** An event waits this long for the poll that shows its connection. */
const waitsForMs = 90 * secondMs
/** A missing right is tried again, since somebody may have given it. */
const withoutRightMs = hourMs

const rightCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "atlas_rights_missing",
  "atlas_refused",
  "atlas_keys_refused",
  "atlas_address_refused",
  "project_not_found",
])

interface Reading {
  /** No call before, on the clock's `elapsed`. */
  notBefore: number
  changedAt: number
  /** Where the next page goes on, and the newest event of the pages so far. */
  rest: { until: number; newest: number } | null
  /** Events that wait for a poll, with the time of their first reading. */
  firstReadAt: Map<string, number>
  isReading: boolean
  hasFailed: boolean
}

/**
 * Reads Atlas's events of the projects that are polled, one page a call, right after polls: it has no timer. Projects that nobody views and
 * nothing changed in take turns.
 */
export class EventReader {
  readonly #deps: EventReaderDeps
  readonly #readings = new Map<string, Reading>()
  /** Other projects whose turn comes, in their order. */
  readonly #waiting = new Set<string>()
  #othersAt = Number.NEGATIVE_INFINITY

  constructor(deps: EventReaderDeps) {
    this.#deps = deps
  }

  /** Takes that Atlas answered a poll of a project. Never throws; the poll does not wait for the events. */
  afterPoll(projectId: string, { isViewed, hasChanged }: { isViewed: boolean; hasChanged: boolean }): void {
    const now = this.#deps.clock.elapsed()
    const reading = this.#of(projectId)
    if (hasChanged) reading.changedAt = now
    const isDue = now >= reading.notBefore && !reading.isReading
    if (isViewed || now - reading.changedAt < recentMs) {
      if (isDue) void this.#read(projectId, reading)
      return
    }
    if (isDue) this.#waiting.add(projectId)
    const [next] = this.#waiting
    if (next === undefined || now - this.#othersAt < othersEveryMs) return
    this.#waiting.delete(next)
    this.#othersAt = now
    void this.#read(next, this.#of(next))
  }

  #of(projectId: string): Reading {
    const known = this.#readings.get(projectId)
    if (known !== undefined) return known
    const begun: Reading = {
      notBefore: Number.NEGATIVE_INFINITY,
      changedAt: Number.NEGATIVE_INFINITY,
      rest: null,
      firstReadAt: new Map(),
      isReading: false,
      hasFailed: false,
    }
    this.#readings.set(projectId, begun)
    return begun
  }

  async #read(projectId: string, reading: Reading): Promise<void> {
    const { clock } = this.#deps
    reading.isReading = true
    reading.notBefore = clock.elapsed() + everyMs
    this.#waiting.delete(projectId)
    try {
      await this.#readPage(projectId, reading)
      reading.hasFailed = false
    } catch (thrown) {
      this.#noteFailure(projectId, reading, thrown)
    }
    reading.isReading = false
  }

  async #readPage(projectId: string, reading: Reading): Promise<void> {
    const { atlas, clock } = this.#deps
    const from = (await readEventsFrom(this.#deps, projectId)) || clock.now() - firstReadingMs
    const { until: readUntil, newest: readNewest } = reading.rest ?? { until: null, newest: 0 }
    const { events, moreBefore } = await atlas.listEvents(projectId, { from, until: readUntil })
    const mayWait = (event: AtlasEvent) => this.#mayWait(reading, event)
    const waiting = await storeEvents(this.#deps, projectId, events, mayWait)
    const known = Math.max(0, ...events.map(({ at }) => at), readNewest)
    const newest = Math.min(known, ...waiting.map(({ at }) => at))
    if (moreBefore !== null && moreBefore > from) {
      // A page that ends within a second is read from that second on again.
      const until = readUntil === moreBefore ? moreBefore - secondMs : moreBefore
      reading.rest = { until, newest }
      return
    }
    reading.rest = null
    await noteEventsUpTo(this.#deps, projectId, newest)
  }

  #mayWait({ firstReadAt }: Reading, { id }: AtlasEvent): boolean {
    const now = this.#deps.clock.elapsed()
    for (const [known, at] of firstReadAt) if (now - at > 2 * waitsForMs) firstReadAt.delete(known)
    const since = firstReadAt.get(id) ?? now
    firstReadAt.set(id, since)
    return now - since < waitsForMs
  }

  #noteFailure(projectId: string, reading: Reading, thrown: unknown): void {
    const { clock, logger } = this.#deps
    const { code, shown } = toAppError(thrown, "internal_error")
    const pauseMs = rightCodes.has(code) ? withoutRightMs : (shown.retryAfterSeconds ?? 0) * secondMs
    reading.notBefore = clock.elapsed() + Math.max(pauseMs, minuteMs)
    reading.rest = null
    if (reading.hasFailed) return
    reading.hasFailed = true
    const known = thrown instanceof AppError ? {} : { err: thrown }
    logger.warn({ ...known, projectId, code }, "Could not read Atlas's events of a project")
  }
}
