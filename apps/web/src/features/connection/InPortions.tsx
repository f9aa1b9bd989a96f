import { useDeferredValue, type ReactNode } from "react"

/** Shows a place first and draws what is to stand there in small portions, between which the browser can answer. */
export function InPortions({ place, children }: { place: ReactNode; children: ReactNode }) {
  return useDeferredValue(true, false) ? children : place
}
