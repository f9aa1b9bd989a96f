import type { AccessListEntry, Container, Peering } from "@peering-desk/shared-schemas"
import {
  findCause,
  findCovering,
  getStepEvidence,
  isStepDone,
  toRunbook,
  type RunbookStep,
  type StepEvidence,
  type Stop,
} from "@peering-desk/peering-rules"
import { isStageReached, listStages } from "./runbook-stage.ts"

/** One step of the setup, and how far it is. */
export interface SetupStep {
  step: RunbookStep
  evidence: StepEvidence
  isDone: boolean
  /** It can be done now. */
  isReached: boolean
  /** It mends what breaks the way first. */
  isCause: boolean
}

/** Returns the block that the project's access list should have; null when nobody knows it, or not needed yet. */
export function getListedBlock({ peer }: Peering): string | null {
  const block = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  return listStages(peer).includes("after") ? (block ?? null) : null
}

/**
 * Lists the steps that a connection needs in its present state, with what proves them.
 * @param entries the project's access list; undefined when it was not read
 * @param stops what is known of the network's way; none without facts
 */
export function listSetupSteps(
  peering: Peering,
  container: Container | null,
  {
    isGone,
    entries,
    stops = [],
  }: { isGone: boolean; entries: readonly AccessListEntry[] | undefined; stops?: readonly Stop[] },
): SetupStep[] {
  const { peer } = peering
  const stages = isGone ? [] : listStages(peer)
  const block = getListedBlock(peering)
  const isListed = block === null || entries === undefined ? null : isCovered(findCovering(entries, block))
  const cause = findCause(stops)
  const causeId = cause?.state === "broken" ? cause.stepId : null
  return toRunbook(peer, container)
    .filter(({ stage }) => stages.includes(stage))
    .map((step) => {
      const evidence = getStepEvidence(step, peering, isListed, stops)
      const isReached = isStageReached(step.stage, peer)
      return { step, evidence, isDone: isStepDone(evidence), isReached, isCause: step.id === causeId }
    })
}

/** A temporary entry lets the network in for some time only, which does not finish the step. */
function isCovered(entry: ReturnType<typeof findCovering>): boolean {
  return entry !== null && entry.deleteAfterDate == null
}
