import type { Fact } from "@peering-desk/shared-schemas"

const dayMs = 24 * 60 * 60 * 1000

/** Atlas is polled and the form shows what is typed. What a cloud said can change unseen. */
const alwaysFresh = ["atlas", "typed"]

/** Tells if a fact still proves something: what a cloud said does so for 24 hours. One from further in the future than that doesn't. */
export function isFresh({ source, at }: Pick<Fact<unknown>, "source" | "at">, now: number): boolean {
  return alwaysFresh.includes(source) || Math.abs(now - Date.parse(at)) < dayMs
}
