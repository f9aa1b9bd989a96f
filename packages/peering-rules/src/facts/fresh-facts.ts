import type { Fact } from "@peering-desk/shared-schemas"

const dayMs = 24 * 3_600_000

/** Tells if a fact still proves: for 24 hours from the time at which its output was printed. */
export function isFresh({ at }: Pick<Fact<unknown>, "at">, now: number): boolean {
  return now - Date.parse(at) < dayMs
}
