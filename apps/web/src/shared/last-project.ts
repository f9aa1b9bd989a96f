const key = "peering-desk:last-project"

/** Returns the project that this browser showed last; null without one, or when the browser stores nothing. */
export function readLastProject(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function keepLastProject(projectId: string): void {
  try {
    localStorage.setItem(key, projectId)
  } catch {
    // A browser that keeps nothing opens the first project next time.
  }
}
