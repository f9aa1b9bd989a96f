import type { Peering, ProviderName } from "@peering-desk/shared-schemas"
import {
  getStatusWaitingOn,
  goodPaths,
  listProgressSteps,
  toFailure,
  type Failure,
  type WaitingOn,
} from "@peering-desk/peering-rules"
import { getStatusName } from "#copy/peerings.ts"

/** One step of the way, for drawing. */
export interface StepView {
  status: string
  title: string
  position: "done" | "now" | "ahead" | "failed"
  turn: WaitingOn
  /** Who acts in this step; null when nobody does. */
  owner: string | null
  /** When it began, or ended once it is done; null when that was not observed. */
  at: string | null
  /** False when the step was already so at the first poll, `at`. */
  isAtExact: boolean
  /** How long it took, when both ends were observed. */
  tookMs: number | null
}

type Names = [done: string, now: string, ahead: string]

const names: Readonly<Record<string, Names>> = {
  INITIATING: ["Requested", "Requesting", "Request"],
  ADDING_PEER: ["Requested", "Requesting", "Request"],
  PENDING_ACCEPTANCE: ["Accepted", "Waiting for acceptance", "Acceptance"],
  WAITING_FOR_USER: ["Peered from your side", "Waiting for your peering", "Your peering"],
  FINALIZING: ["Finalized", "Finalizing", "Finalizing"],
  AVAILABLE: ["Available", "Available", "Available"],
}

const failedNames: Partial<Record<Failure["cause"], string>> = {
  rejected: "Rejected",
  expired: "Not accepted in time",
  "ids-do-not-match": "VPC not found",
  "removal-failed": "Deletion failed",
}

const networkOwners: Record<ProviderName, string> = {
  AWS: "VPC owner",
  GCP: "Network owner",
  AZURE: "VNet owner",
}

/**
 * Lists the steps of a peering. A failed one shows where it broke and what it did not reach.
 * @param deletedAt when Atlas stopped listing it: only what was passed is shown; null while it lists it
 */
export function listStepViews(peering: Peering, deletedAt: string | null): StepView[] {
  const all = listProgressSteps(peering)
  const last = all.at(-1)
  if (deletedAt !== null) {
    const path: readonly string[] = goodPaths[peering.peer.providerName]
    const passed = all.filter(({ position, status }) => position !== "ahead" && path.includes(status))
    return [...passed.map((step) => toView(peering, { ...step, position: "done" })), toDeletedView(deletedAt)]
  }
  if (last?.turn !== "failed") return all.map((step) => toView(peering, step))
  return toFailedViews(peering)
}

type Step = ReturnType<typeof listProgressSteps>[number]

function toView(peering: Peering, step: Step): StepView {
  const { history, beginSeen, peer } = peering
  const [done, now, ahead] = Object.hasOwn(names, step.status)
    ? (names[step.status] as Names)
    : (Array.from({ length: 3 }, () => getStatusName(step.status)) as Names)
  const begin = history.findLastIndex(({ status }) => status === step.status)
  const isBeginExact = begin > 0 || beginSeen
  const next = history[begin + 1]
  const tookMs =
    step.position === "done" && begin >= 0 && isBeginExact && next !== undefined
      ? Date.parse(next.at) - Date.parse(history[begin]?.at ?? "")
      : null
  const isFirst = goodPaths[peer.providerName].indexOf(step.status as never) === 0
  // A request is dated by its begin, other steps that are done by their end.
  const atEnd = step.position === "done" && !isFirst && begin >= 0 ? (next ?? null) : undefined
  return {
    status: step.status,
    title: { done, now, ahead }[step.position],
    position: step.position,
    turn: step.turn,
    owner: toOwner(step.turn, peer.providerName),
    at: atEnd === undefined ? step.at : (atEnd?.at ?? null),
    isAtExact: atEnd === undefined ? isBeginExact : true,
    tookMs,
  }
}

function toDeletedView(at: string): StepView {
  return {
    status: "deleted",
    title: "Deleted",
    position: "done",
    turn: "closing",
    owner: null,
    at,
    isAtExact: true,
    tookMs: null,
  }
}

function toOwner(turn: WaitingOn, providerName: ProviderName): string | null {
  if (turn === "you") return networkOwners[providerName]
  return turn === "atlas" || turn === "closing" ? "Atlas" : null
}

function toFailedViews(peering: Peering): StepView[] {
  const { peer, history } = peering
  const path: readonly string[] = goodPaths[peer.providerName]
  const { cause } = toFailure(peer)
  const passed = Math.max(...history.map(({ status }) => path.indexOf(status ?? "")))
  // AWS can only reject or drop a request that was made.
  const isAfterRequest = cause === "rejected" || cause === "expired"
  const brokeAt = Math.max(passed, isAfterRequest ? 1 : 0)
  const failed = history.at(-1)
  return path.map((status, index): StepView => {
    const turn = getStatusWaitingOn(peer.providerName, status)
    const step: Step = { status, turn, position: index < brokeAt ? "done" : "ahead", at: null }
    if (index !== brokeAt) {
      const at = history.findLast((entry) => entry.status === status)?.at ?? null
      return toView(peering, { ...step, at })
    }
    return {
      ...toView(peering, step),
      title: failedNames[cause] ?? "Failed",
      position: "failed",
      turn: "failed",
      owner: null,
      at: failed?.at ?? null,
      isAtExact: history.length > 1 || peering.beginSeen,
    }
  })
}
