const signedInKey = "peering-desk:signed-in"
const signedOutKey = "peering-desk:signed-out"

/** Begins the storage keys of unsent forms, which hold accounts and addresses of networks. */
export const draftPrefix = "new-connection "

/** Notes in this browser whether somebody is signed in. The server decides; this only spares calls that it would refuse. */
export function noteSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) {
      localStorage.setItem(signedInKey, "yes")
      sessionStorage.removeItem(signedOutKey)
    } else localStorage.removeItem(signedInKey)
  } catch {
    // A browser that stores nothing asks the server first each time.
  }
}

/** Returns whether somebody was signed in when this browser last asked. */
export function wasSignedIn(): boolean {
  return readMark(() => localStorage, signedInKey)
}

/** Notes in this tab that its person signed out, and removes the drafts of this browser. A session that only ends leaves them. */
export function noteSignedOut(): void {
  try {
    sessionStorage.setItem(signedOutKey, "yes")
    const drafts = Object.keys(localStorage).filter((key) => key.startsWith(draftPrefix))
    for (const key of drafts) localStorage.removeItem(key)
  } catch {
    // The sign-in page then greets as on a first visit.
  }
}

/** Returns whether the person of this tab signed out, and nobody signed in since. */
export function hasSignedOut(): boolean {
  return readMark(() => sessionStorage, signedOutKey)
}

function readMark(getStorage: () => Storage, key: string): boolean {
  try {
    return getStorage().getItem(key) !== null
  } catch {
    return false
  }
}
