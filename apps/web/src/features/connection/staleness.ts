import type { Watch } from "@peering-desk/shared-schemas"
import { toCodeWords } from "#copy/problems.ts"

/** Set while Atlas can't be read: the shown state is an old one. */
export interface Staleness {
  /** When Atlas last answered. */
  at: string
  /** Why it can't be read. */
  title: string
  retryAt: string | null
}

/** Returns since when a cloud can't be read, and why; null while it can, and before its first answer. */
export function toStaleness(watch: Watch | null): Staleness | null {
  if (watch === null || watch.problem === null || watch.checkedAt === null) return null
  return { at: watch.checkedAt, title: toCodeWords(watch.problem, watch.atlas).title, retryAt: watch.retryAt }
}
