import type { Peering } from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { findNextStep, getOpenStep, toStepButtonId } from "./setup-steps.ts"

/** Holds which step of a connection is open: the one that it waits for, until a person chooses another or none. */
export function useOpenStep(steps: readonly SetupStep[], peering: Peering) {
  const [chosen, setChosen] = useState<{ id: string | null } | null>(null)
  const toFocus = useRef<string | null>(null)

  // The step may be on a view that is only about to show.
  useEffect(() => {
    const button = toFocus.current === null ? null : document.getElementById(toStepButtonId(toFocus.current))
    if (button === null) return
    toFocus.current = null
    button.focus()
    button.scrollIntoView?.({ block: "nearest" })
  })

  return {
    openStep: chosen === null ? getOpenStep(steps, peering) : chosen.id,
    chooseStep: (stepId: string | null) => setChosen({ id: stepId }),
    /** Opens the step to do next, and moves the focus to it as soon as it shows. */
    openNextStep: () => {
      const next = findNextStep(steps, peering) ?? steps[0]
      if (next === undefined) return
      setChosen({ id: next.step.id })
      toFocus.current = next.step.id
    },
  }
}
