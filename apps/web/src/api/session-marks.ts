const signedInKey = "peering-desk:signed-in"
/** The key of the mark that the person of this browser signed out. */
export const signedOutKey = "peering-desk:signed-out"

/** Begins the storage keys of unsent forms, which hold accounts and addresses of networks. */
export const draftPrefix = "new-connection "

/** Notes in this browser whether somebody is signed in. The server decides; this only spares calls that it would refuse. */
export function noteSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) {
      localStorage.setItem(signedInKey, "yes")
      localStorage.removeItem(signedOutKey)
    } else localStorage.removeItem(signedInKey)
  } catch {
    // A browser that stores nothing asks the server first each time.
  }
}

/** Returns whether somebody was signed in when this browser last asked. */
export function wasSignedIn(): boolean {
  return hasMark(signedInKey)
}

/** Notes for all tabs that their person signed out, and removes the drafts of this browser. A session that only ends leaves them. */
export function noteSignedOut(): void {
  try {
    localStorage.setItem(signedOutKey, "yes")
    const drafts = Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix))
    for (const key of drafts) localStorage.removeItem(key)
  } catch {
    // The sign-in page then greets as on a first visit.
  }
}

/** Returns whether the person of this browser signed out, and nobody signed in since. */
export function hasSignedOut(): boolean {
  return hasMark(signedOutKey)
}

function hasMark(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
