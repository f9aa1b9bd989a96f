import type { PathStop } from "@peering-desk/peering-rules"
import { useEffect, useRef, useState } from "react"
import { toRowId } from "./step-stops.ts"

/** Holds which stop's row is open; none at first. */
export function useOpenStop() {
  const [openStop, setOpenStop] = useState<PathStop["id"] | null>(null)
  const toFocus = useRef<PathStop["id"] | null>(null)

  // The row may be on a view that is only about to show.
  useEffect(() => {
    const button = toFocus.current === null ? null : document.getElementById(toRowId(toFocus.current))
    if (button === null) return
    toFocus.current = null
    button.focus()
    button.scrollIntoView?.({ block: "nearest" })
  })

  return {
    openStop,
    setOpenStop,
    /** Opens a row, and moves the focus to it as soon as it shows. */
    showStop: (id: PathStop["id"]) => {
      setOpenStop(id)
      toFocus.current = id
    },
  }
}
