import type { Watch } from "@peering-desk/shared-schemas"
import { toCodeWords } from "#copy/problems.ts"
import type { Staleness } from "#features/connection/status/card-state.ts"

/** Returns since when a cloud can't be read, and why; null while it can, and before its first answer. */
export function toStaleness(watch: Watch | null): Staleness | null {
  if (watch === null || watch.problem === null || watch.checkedAt === null) return null
  return { at: watch.checkedAt, title: toCodeWords(watch.problem, watch.atlas).title, retryAt: watch.retryAt }
}
