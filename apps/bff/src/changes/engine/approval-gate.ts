import {
  approvalUrls,
  type ChangePeering,
  type CreatePeering,
  type HeldForApproval,
  type ProjectChangeName,
} from "@peering-desk/shared-schemas"
import type { Request, Response } from "express"

/** What a person asks for, before anything is sent. */
export type AskedChange =
  | { kind: "create"; key: string; create: CreatePeering }
  | { kind: "change"; peeringId: string; change: ChangePeering }
  | { kind: "delete"; peeringId: string; name: string; reason: string }
  | { kind: "request-again"; peeringId: string; key: string; name: string; reason: string }
  /** Deletes a failed peering, then creates another one. */
  | { kind: "replace"; peeringId: string; key: string; create: CreatePeering }
  | AskedProjectChange

export interface AskedProjectChange {
  kind: ProjectChangeName
  plan: object
  reason: string
}

/** Holds changes that another person has to approve. */
export interface ApprovalGate {
  /**
   * Stores a change that has to be approved, once. Returns null when it may be sent at once.
   * @throws AppError as if it were sent, for a change that would be refused before
   */
  hold: (request: Request, projectId: string, asked: AskedChange) => Promise<HeldForApproval | null>
}

/** Answers that a change waits for another person. */
export function acceptHeld(response: Response, held: HeldForApproval): HeldForApproval {
  response.status(202).location(approvalUrls.approval(held.approval.id))
  return held
}
