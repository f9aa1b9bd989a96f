const key = "peering-desk:last-project"

/** Which project this browser showed last; null when none, or when the browser keeps nothing. */
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
