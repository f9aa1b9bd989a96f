import type { HeldForApproval } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { isHeld } from "#api/answer.ts"
import { noteHeld } from "#api/peerings/peering-cache.ts"
import { pagePaths } from "#shared/page-paths.ts"

/** Returns what to do with an answer: opens the page of a request that waits for approval, and passes anything else on. */
export function useHeld<Answer>(
  onDone: (answer: Answer) => void,
): (answer: Answer | HeldForApproval) => void {
  const [, navigate] = useLocation()
  const queryClient = useQueryClient()
  return (answer) => {
    if (!isHeld(answer)) return onDone(answer)
    noteHeld(queryClient)
    navigate(pagePaths.approval(answer.approval.id))
  }
}
