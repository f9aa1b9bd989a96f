import type { ErrorInfo } from "react"
import { ScriptNotLoaded } from "./lazy-page.ts"

/**
 * Logs what made React draw again what it took over from the server; a scenario fails on it. A part whose script could not be loaded shows
 * that itself, however often React tries it.
 * @param error what React reports; of an error in a part, its cause
 */
export function reportDrawnAgain(error: unknown, { componentStack }: ErrorInfo): void {
  if (error instanceof Error && error.cause instanceof ScriptNotLoaded) return
  // oxlint-disable-next-line no-console
  console.error("The page was drawn again:", error, componentStack)
}
