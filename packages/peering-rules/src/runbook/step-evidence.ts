import { readStatus, type FactSource, type Peering } from "@peering-desk/shared-schemas"
import { toTickId } from "./done-steps.ts"
import type { RunbookStep } from "./runbook-step.ts"

/** Tells how a step is known to be done, or what will show it. */
export type StepEvidence =
  /** `at` is when it was first seen, ISO 8601; null when it was so before monitoring began. */
  | { kind: "proven"; by: "status" | "access-list"; at: string | null }
  /** A fresh fact of the network shows it. */
  | { kind: "proven"; by: "facts"; source: FactSource; at: string }
  /** A person marked it as done, or the holder of a share link pasted what shows it. */
  | { kind: "marked"; by: string; at: string }
  /** Not done yet. It completes by itself once Atlas's status, the access list or newer facts show it. */
  | { kind: "awaited"; by: "status" | "access-list" | "facts" }
  /** Can be observed in principle, but could not be read now. */
  | { kind: "not-checked" }
  /** Nothing that we can read shows it; a person marks it. */
  | { kind: "unobservable" }

/** A stop of the network's way that the step is for, as `listStops` finds it. */
interface StepStop {
  stepId: string | null
  state: string
  source: FactSource | null
  at: string | null
}

/** The statuses that prove a step, by its id. */
const provingStatuses: Readonly<Record<string, readonly string[]>> = {
  "aws-accept": ["FINALIZING", "AVAILABLE"],
  "gcp-peer-back": ["AVAILABLE"],
  "azure-service-principal": ["AVAILABLE"],
  "azure-role": ["AVAILABLE"],
  "azure-role-assignment": ["AVAILABLE"],
  "azure-role-check": ["AVAILABLE"],
}

/**
 * Returns how a step is known to be done. Proof goes before a person's mark, also proof that the step isn't done any more.
 * @param isListed tells if the access list has all of the network's CIDR; null when the list or the CIDR is not known
 * @param stops the stops of the connection's way; none while nothing is known of its network
 */
export function getStepEvidence(
  { id }: Pick<RunbookStep, "id">,
  { peer, history, beginSeen, steps }: Pick<Peering, "peer" | "history" | "beginSeen" | "steps">,
  isListed: boolean | null,
  stops: readonly StepStop[] = [],
): StepEvidence {
  const mark = steps?.[toTickId(id, peer)]
  const shown = readStop(stops.find(({ stepId }) => stepId === id))
  if (shown !== null && shown.kind !== "marked") return shown
  const marked: StepEvidence | null = mark === undefined ? shown : { kind: "marked", ...mark }
  if (id === "access-list") {
    if (isListed === true) return { kind: "proven", by: "access-list", at: null }
    // On Google Cloud and Azure nobody knows here which CIDR the network has.
    if (peer.providerName !== "AWS") return marked ?? { kind: "unobservable" }
    return isListed === false ? { kind: "awaited", by: "access-list" } : (marked ?? { kind: "not-checked" })
  }
  const proof = Object.hasOwn(provingStatuses, id) ? provingStatuses[id] : undefined
  if (proof === undefined) return marked ?? { kind: "unobservable" }
  if (proof.includes(readStatus(peer) ?? "")) {
    const at = findBegin(history, proof)
    return { kind: "proven", by: "status", at: at > 0 || beginSeen ? (history[at]?.at ?? null) : null }
  }
  return marked ?? { kind: "awaited", by: "status" }
}

/** Reads a step's state from its stop; null where no fact of the network decides it. */
function readStop(stop: StepStop | undefined): StepEvidence | null {
  const { state, source = null, at = null } = stop ?? {}
  if (source === null || at === null || source === "atlas" || source === "typed") return null
  if (state === "broken") return source === "link" ? null : { kind: "awaited", by: "facts" }
  if (state !== "proven") return null
  return source === "link"
    ? { kind: "marked", by: "the holder of the share link", at }
    : { kind: "proven", by: "facts", source, at }
}

/** Tells if a step counts as done. */
export function isStepDone({ kind }: StepEvidence): boolean {
  return kind === "proven" || kind === "marked"
}

/** Returns where the last unbroken run of some statuses begins. */
function findBegin(history: Peering["history"], proof: readonly string[]): number {
  return history.findLastIndex(({ status }) => !proof.includes(status ?? "")) + 1
}
