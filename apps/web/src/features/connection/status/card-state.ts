import type { PathStop } from "@peering-desk/peering-rules"

/** What the buttons of the status card do; the page knows how. */
export interface CardActions {
  openRequestAgain: () => void
  openDelete: () => void
  openShare: () => void
  /** Opens the row of a stop, and moves the focus there. */
  openStop: (id: PathStop["id"]) => void
}

/** Set while Atlas can't be read: the shown state is an old one. */
export interface Staleness {
  /** When Atlas last answered. */
  at: string
  /** Why it can't be read. */
  title: string
  retryAt: string | null
}
