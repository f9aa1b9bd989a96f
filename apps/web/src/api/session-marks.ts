import { keepStored, listStored, readStored } from "./stored.ts"

const signedInKey = "peering-desk:signed-in"
/** The key of the mark that the person of this browser signed out. */
export const signedOutKey = "peering-desk:signed-out"

/** Begins the storage keys of unsent forms, which hold accounts and addresses of networks. */
export const draftPrefix = "new-connection "

/** Notes in this browser whether somebody is signed in. The server decides; this only spares calls that it would refuse. */
export function noteSignedIn(isSignedIn: boolean): void {
  keepStored(signedInKey, isSignedIn ? "yes" : null)
  if (isSignedIn) keepStored(signedOutKey, null)
}

/** Returns whether somebody was signed in when this browser last asked. */
export function wasSignedIn(): boolean {
  return readStored(signedInKey) !== null
}

/** Notes for all tabs that their person signed out, and removes the drafts of this browser. A session that only ends leaves them. */
export function noteSignedOut(): void {
  keepStored(signedOutKey, "yes")
  for (const key of listStored(draftPrefix)) keepStored(key, null)
}

/** Returns whether the person of this browser signed out, and nobody signed in since. */
export function hasSignedOut(): boolean {
  return readStored(signedOutKey) !== null
}
