import { useState } from "react"
import type { Stage } from "./runbook-stage.ts"

/** Which stages of the runbook stand open: each that was the present one while it showed, until the person closes it. */
export function useOpenStages(present: Stage | null) {
  const [open, setOpen] = useState<ReadonlySet<Stage>>(() => new Set(present === null ? [] : [present]))
  const [last, setLast] = useState(present)
  if (last !== present) {
    setLast(present)
    if (present !== null) turn(present, true)
  }

  function turn(stage: Stage, isOpen: boolean) {
    setOpen((before) => {
      if (before.has(stage) === isOpen) return before
      return new Set(isOpen ? [...before, stage] : [...before].filter((one) => one !== stage))
    })
  }

  return { open, turn }
}
