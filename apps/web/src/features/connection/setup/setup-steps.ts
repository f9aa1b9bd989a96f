import type { Container, Peering } from "@peering-desk/shared-schemas"
import {
  getStepEvidence,
  getWaitingOn,
  isStepDone,
  toRunbook,
  type RunbookStep,
  type StepEvidence,
} from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { accessListQuery } from "#api/projects/access-list.ts"
import { formatCount } from "#copy/counts.ts"
import { findCovering } from "./access-entries.ts"
import { getStage, isStageReached, listStages } from "./runbook-stage.ts"

/** One step of the setup, and how far it is. */
export interface SetupStep {
  step: RunbookStep
  evidence: StepEvidence
  isDone: boolean
  /** It can be done now. */
  isReached: boolean
}

/** Lists the steps that a connection needs in its present state, with what proves them. */
export function useSetupSteps(peering: Peering, container: Container | null, isGone: boolean): SetupStep[] {
  const { peer, projectId } = peering
  const stages = isGone ? [] : listStages(peer)
  const cidr = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  const isAsked = cidr != null && stages.includes("after")
  const { data: entries } = useQuery({
    ...accessListQuery(projectId, cidr == null ? [] : [cidr]),
    enabled: isAsked,
  })
  const isListed = cidr == null || entries === undefined ? null : isCovered(findCovering(entries, cidr))
  return toRunbook(peer, container)
    .filter(({ stage }) => stages.includes(stage))
    .map((step) => {
      const evidence = getStepEvidence(step, peering, isListed)
      return { step, evidence, isDone: isStepDone(evidence), isReached: isStageReached(step.stage, peer) }
    })
}

/** A temporary entry lets the network in for some time only, which does not finish the step. */
function isCovered(entry: ReturnType<typeof findCovering>): boolean {
  return entry !== null && entry.deleteAfterDate == null
}

/** Lists the steps that a connection needs. Its optional ones count as neither done nor left. */
export function listNeeded(steps: readonly SetupStep[]): SetupStep[] {
  return steps.filter(({ step }) => step.isOptional !== true)
}

/** Finds the step to do next: of the present stage first, so that the request is accepted before anything else. */
export function findNextStep(steps: readonly SetupStep[], { peer }: Peering): SetupStep | null {
  const open = listNeeded(steps).filter(({ isDone, isReached }) => !isDone && isReached)
  const stage = getStage(peer)
  return open.find(({ step }) => step.stage === stage) ?? open[0] ?? null
}

/**
 * Returns the step that is open at first: the one that a connection waits for. A connection that works has nothing open, since its
 * steps are for new applications.
 */
export function getOpenStep(steps: readonly SetupStep[], peering: Peering): string | null {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "atlas" ? (findNextStep(steps, peering)?.step.id ?? null) : null
}

/** Counts what is left, as a sentence. */
export function toSetupWords(steps: readonly SetupStep[]): string {
  const left = listNeeded(steps).filter(({ isDone }) => !isDone)
  const [next] = left
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
