import { browserCookies } from "@peering-desk/shared-schemas"
import { readFirstRender } from "#ui/first-render.ts"
import { keepStored, readStored } from "#api/stored.ts"

const key = "peering-desk:last-project"
/** A page that the server drew shows the project that the server knew, until another one is opened. */
let isOpened = false

/** Returns the project that this browser showed last; null without one, or when the browser stores nothing. */
export function readLastProject(): string | null {
  const first = readFirstRender()
  return first !== null && !isOpened ? first.lastProject : readStored(key)
}

/** Keeps it in this browser, and in a cookie for the server, which draws it. */
export function keepLastProject(projectId: string): void {
  isOpened = true
  document.cookie = `${browserCookies.lastProject}=${encodeURIComponent(projectId)}; path=/; max-age=31536000; samesite=lax`
  keepStored(key, projectId)
}
