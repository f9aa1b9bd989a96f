import type { Fact } from "@peering-desk/shared-schemas"

const dayMs = 24 * 60 * 60 * 1000
const fiveMinutesMs = 5 * 60 * 1000

type Dated = Pick<Fact<unknown>, "source" | "at" | "until">

/** Atlas is polled and the form shows what is typed. What a cloud said can change unseen. */
const alwaysFresh = ["atlas", "typed"]

/**
 * Tells if a fact still proves something. A pasted one does so for 24 hours, and not from further in the future than that. One that a role
 * read does until the next reading is due, five minutes at least.
 */
export function isFresh(fact: Dated, now: number): boolean {
  if (alwaysFresh.includes(fact.source)) return true
  return now < toFreshEnd(fact) && (fact.source === "read" || Date.parse(fact.at) - now < dayMs)
}

/** Returns when a fact proves nothing any more, in milliseconds since 1970. */
export function toFreshEnd({ source, at, until }: Dated): number {
  const saidAt = Date.parse(at)
  if (source !== "read") return saidAt + dayMs
  return Math.max(saidAt + fiveMinutesMs, until === undefined ? 0 : Date.parse(until))
}
