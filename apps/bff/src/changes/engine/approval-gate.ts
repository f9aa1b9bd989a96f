import type { ChangePeering, CreatePeering, HeldForApproval } from "@peering-desk/shared-schemas"
import type { Request } from "express"

/** What a person asks for, before anything is sent. */
export type AskedChange =
  | { kind: "create"; key: string; create: CreatePeering }
  | { kind: "change"; peeringId: string; change: ChangePeering }
  | { kind: "delete"; peeringId: string; name: string; reason: string }
  | { kind: "request-again"; peeringId: string; key: string; name: string; reason: string }
  /** Deletes a failed peering, then creates another one. */
  | { kind: "replace"; peeringId: string; key: string; create: CreatePeering }

/** Holds changes that another person has to approve. */
export interface ApprovalGate {
  /**
   * Stores a change that has to be approved, once. Returns null when it may be sent at once.
   * @throws AppError as if it were sent, for a change that would be refused before
   */
  hold: (request: Request, projectId: string, asked: AskedChange) => Promise<HeldForApproval | null>
}
