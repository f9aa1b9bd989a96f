/** What the buttons of the status card do; the page knows how. */
export interface CardActions {
  openRequestAgain: () => void
  openDelete: () => void
  /** Opens the next step of the setup that is not done, and moves the focus there. */
  showNextStep: () => void
  hasStepsLeft: boolean
  isOnSetup: boolean
}

/** How a connection that Atlas no longer lists went. Moments are ISO 8601, UTC. */
export interface Deletion {
  /** Who deleted it here; null when that happened elsewhere. */
  by: string | null
  reason: string | null
  /** When it was deleted here. */
  at: string
  /** The first poll without it. */
  removedAt: string
}

/** Set while Atlas can't be read: the shown state is an old one. */
export interface Staleness {
  /** When Atlas last answered. */
  at: string
  /** Why it can't be read. */
  title: string
  retryAt: string | null
}
