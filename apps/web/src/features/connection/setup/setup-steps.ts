import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn, listStops, toStatusSince } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { formatCount } from "#copy/counts.ts"
import { getStage } from "#shared/setup/runbook-stage.ts"
import { getListedBlock, listSetupSteps, type SetupStep } from "#shared/setup/setup-steps.ts"
import { useNow } from "#ui/time/now.ts"

/** Lists the steps that a connection needs in its present state, with what proves them. */
export function useSetupSteps(peering: Peering, container: Container | null, isGone: boolean): SetupStep[] {
  const block = isGone ? null : getListedBlock(peering)
  const { data: entries } = useQuery({
    ...accessListQuery(peering.projectId, block === null ? [] : [block]),
    enabled: block !== null,
  })
  const now = useNow()
  const { data: known } = useQuery(networkFactsQuery(peering))
  const facts = known?.facts ?? null
  const since = toStatusSince(peering.history)
  const stops = useMemo(
    () => (facts === null ? [] : listStops(peering.peer, container, facts, now, peering.steps, since)),
    [peering.peer, peering.steps, container, facts, now, since],
  )
  return listSetupSteps(peering, container, { isGone, entries, stops })
}

/** Lists the steps that a connection needs. Its optional ones count as neither done nor left, unless one mends what is broken. */
export function listNeeded(steps: readonly SetupStep[]): SetupStep[] {
  return steps.filter(({ step, isCause }) => step.isOptional !== true || isCause)
}

/** Finds the step to do next: the acceptance of a request, then what breaks the way, then in the order of the list. */
export function findNextStep(steps: readonly SetupStep[], { peer }: Peering): SetupStep | null {
  const open = listNeeded(steps).filter(({ isDone, isReached }) => !isDone && isReached)
  const acceptance = getStage(peer) === "now" ? open.find(({ step }) => step.stage === "now") : undefined
  return acceptance ?? open.find(({ isCause }) => isCause) ?? open[0] ?? null
}

/**
 * Returns the step that is open at first: the one that a connection waits for. A connection that works has nothing open, since its
 * steps are for new applications.
 */
export function getOpenStep(steps: readonly SetupStep[], peering: Peering): string | null {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "atlas" ? (findNextStep(steps, peering)?.step.id ?? null) : null
}

/** Counts what is left, and names the step to do next, as a sentence. */
export function toSetupWords(steps: readonly SetupStep[], peering: Peering): string {
  const left = listNeeded(steps).filter(({ isDone }) => !isDone)
  const next = findNextStep(steps, peering) ?? left[0]
  if (next === undefined) return "All setup steps are done."
  return `${formatCount(left.length, "setup step")} left. Next: ${lowerFirst(next.step.title)}.`
}

/** `Route …` → `route …`; an abbreviation keeps its capitals. */
function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}

/** Returns the id of a step's button, for the focus. */
export function toStepButtonId(stepId: string): string {
  return `step-${stepId}`
}
