import type { KeyReport } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { AnswerHeaders } from "#atlas/protocol/http-answer.ts"
import { readRateLimit } from "#atlas/protocol/rate-limit.ts"

type Deprecation = KeyReport["deprecations"][number]
type LowestLimit = NonNullable<KeyReport["lowestLimit"]>

const dayMs = 24 * 3_600_000
/** Limits refill within minutes, so an older low says little. */
const lowStandsMs = 3_600_000
/** Below this part of a limit, the log warns. */
const lowPart = 0.1

/**
 * Reads what Atlas says about its API in the headers of its answers to one key: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) of a
 * version, and the rate limit. Logs each once a day.
 */
export class AnswerNotices {
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #deprecations = new Map<string, Deprecation>()
  readonly #loggedAt = new Map<string, number>()
  #lowest: (LowestLimit & { at: number }) | null = null

  constructor({ clock, logger }: { clock: Clock; logger: Logger }) {
    this.#clock = clock
    this.#logger = logger
  }

  read(method: string, path: string, headers: AnswerHeaders): void {
    const resource = `${method} ${toPattern(path)}`
    this.#readDeprecation(resource, headers.get("deprecation"), headers.get("sunset"))
    const limit = readRateLimit(headers)
    if (limit !== null) this.#readLimit({ resource, ...limit })
  }

  /** Returns the deprecated versions in use, the first to end first. */
  deprecations(): Deprecation[] {
    const end = ({ sunsetAt }: Deprecation) => sunsetAt ?? "9999"
    return [...this.#deprecations.values()].toSorted((one, other) => (end(one) < end(other) ? -1 : 1))
  }

  /** Returns the lowest remainder of the last hour; null when Atlas told none, as in its answers on v1.0. */
  lowestLimit(): LowestLimit | null {
    if (this.#lowest === null || this.#clock.elapsed() - this.#lowest.at > lowStandsMs) return null
    const { at: _at, ...lowest } = this.#lowest
    return lowest
  }

  #readDeprecation(resource: string, deprecation: string | null, sunset: string | null): void {
    if (deprecation === null && sunset === null) return void this.#deprecations.delete(resource)
    const found = { resource, deprecatedAt: readDate(deprecation), sunsetAt: readDate(sunset) }
    this.#deprecations.set(resource, found)
    if (this.#isDue(`deprecation ${resource}`))
      this.#logger.warn(found, "Atlas will withdraw a version of its API that this server uses")
  }

  #readLimit(seen: Pick<LowestLimit, "resource" | "remaining" | "limit">): void {
    const partLeft = seen.remaining / seen.limit
    const lowest = this.lowestLimit()
    if (lowest === null || partLeft <= lowest.remaining / lowest.limit)
      this.#lowest = { ...seen, seenAt: toInstant(this.#clock.now()), at: this.#clock.elapsed() }
    if (partLeft < lowPart && this.#isDue("low limit"))
      this.#logger.warn(seen, "Few calls are left of an Atlas rate limit")
    else if (this.#isDue("limit"))
      this.#logger.info({ ...seen, lowest: this.lowestLimit() }, "Atlas reported its rate limit")
  }

  #isDue(what: string): boolean {
    const now = this.#clock.elapsed()
    const last = this.#loggedAt.get(what)
    if (last !== undefined && now - last < dayMs) return false
    this.#loggedAt.set(what, now)
    return true
  }
}

/** Leaves version, ids, entries and query out: `/groups/{id}/peers`. */
function toPattern(path: string): string {
  const [plain = ""] = path.split("?")
  return plain
    .replace(/^.*?\/api\/atlas\/[^/]+/, "")
    .replace(/\/accessList\/[^/]+/, "/accessList/{entry}")
    .replace(/\/(mdb_sa_id_)?[0-9a-f]{24}(?=\/|$)/g, "/{id}")
    .replace(/^$/, "/")
}

/** Reads `@1722816000` (RFC 9745) or an HTTP date to an instant; null for anything else, such as `true`. */
function readDate(header: string | null): string | null {
  const seconds = /^@(\d{1,12})$/.exec(header?.trim() ?? "")?.[1]
  const at = seconds === undefined ? Date.parse(header ?? "") : Number(seconds) * 1000
  return Number.isNaN(at) || Math.abs(at) > 8.64e15 ? null : toInstant(at)
}
