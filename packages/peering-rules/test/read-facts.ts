import { NetworkFacts } from "@peering-desk/shared-schemas"
import { readLookUp } from "#facts/read-look-up.ts"

/** The time of every paste in tests. */
export const now = Date.parse("2026-11-29T12:00:00Z")

/** Reads outputs that are pasted one after the other to the facts of their network. */
export function readAll(...outputs: unknown[]): NetworkFacts {
  const read = readLookUp(outputs.map((one) => JSON.stringify(one, null, 2)).join("\n"), now)
  return NetworkFacts.parse(read !== null && "networks" in read ? read.networks[0] : read)
}
