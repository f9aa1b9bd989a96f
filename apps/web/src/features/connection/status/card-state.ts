/** What the buttons of the status card do; the page knows how. */
export interface CardActions {
  openRequestAgain: () => void
  openDelete: () => void
  openShare: () => void
  /** Opens the next step of the setup that is not done, and moves the focus there. */
  showNextStep: () => void
  hasStepsLeft: boolean
  isOnSetup: boolean
}

/** Set while Atlas can't be read: the shown state is an old one. */
export interface Staleness {
  /** When Atlas last answered. */
  at: string
  /** Why it can't be read. */
  title: string
  retryAt: string | null
}
