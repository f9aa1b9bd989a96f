import { findButton } from "./page-buttons.ts"
import type { Step } from "./scene.ts"

/** Scrolls to what a step is about: the end of the form, the verdict on the log, or the start of its page. */
export function showPart({ waitFor, goTo }: Step): void {
  if (waitFor !== undefined && "ended" in waitFor) findButton("create")?.scrollIntoView({ block: "end" })
  else if (waitFor !== undefined && "audit" in waitFor && goTo === undefined)
    document.querySelector('main [aria-label="Integrity"]')?.scrollIntoView({ block: "end" })
  else if (goTo !== undefined) window.scrollTo(0, 0)
}
