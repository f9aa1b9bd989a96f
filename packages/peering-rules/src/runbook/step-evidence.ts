import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { toTickId } from "./done-steps.ts"
import type { RunbookStep } from "./runbook-step.ts"

/** Tells how a step is known to be done, or what will show it. */
export type StepEvidence =
  /** `at` is when it was first seen, ISO 8601; null when it was so before monitoring began. */
  | { kind: "proven"; by: "status" | "access-list"; at: string | null }
  /** A person marked it as done. */
  | { kind: "marked"; by: string; at: string }
  /** Not done yet. It completes by itself once Atlas's status or the access list shows it. */
  | { kind: "awaited"; by: "status" | "access-list" }
  /** Can be observed in principle, but could not be read now. */
  | { kind: "not-checked" }
  /** Nothing that we can read shows it; a person marks it. */
  | { kind: "unobservable" }

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
 * Returns how a step is known to be done. Proof goes before a person's mark.
 * @param isListed tells if the access list has all of the network's CIDR; null when the list or the CIDR is not known
 */
export function getStepEvidence(
  { id }: Pick<RunbookStep, "id">,
  { peer, history, beginSeen, steps }: Pick<Peering, "peer" | "history" | "beginSeen" | "steps">,
  isListed: boolean | null,
): StepEvidence {
  const mark = steps?.[toTickId(id, peer)]
  const marked: StepEvidence | null = mark === undefined ? null : { kind: "marked", ...mark }
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

/** Tells if a step counts as done. */
export function isStepDone({ kind }: StepEvidence): boolean {
  return kind === "proven" || kind === "marked"
}

/** Returns where the last unbroken run of some statuses begins. */
function findBegin(history: Peering["history"], proof: readonly string[]): number {
  return history.findLastIndex(({ status }) => !proof.includes(status ?? "")) + 1
}
