import { useDeferredValue, type ReactNode } from "react"
import { useIsHydrated } from "#ui/first-render.ts"

/**
 * Shows a place first and draws what is to stand there in small portions, between which the browser can answer. A page that the server
 * draws has it at once, and is taken over in portions anyway.
 */
export function InPortions({ place, children }: { place: ReactNode; children: ReactNode }) {
  return useDeferredValue(true, !useIsHydrated()) ? children : place
}
