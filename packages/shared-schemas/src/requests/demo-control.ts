import type { AzurePeeringRequest } from "./peering-request.ts"

/**
 * Only in a demo: the server passes these calls on to the control API of the simulator, of which they have the bodies and the words of
 * refusal. It is no part of the product's API, so no route table has it.
 */
export const demoControlPath = "/api/demo"

/** The acts of a network's owner that the demo plays. */
export type OwnerAct = "accept" | "reject" | "create-reciprocal" | "revoke-permission" | "delete-network"

interface Fault {
  match: { method: string; path: string }
  fault: { cut?: "before" | "after"; retryAfter?: number }
  times?: number
}

/** A call to the simulator: where, and with what. */
export type DemoControl =
  | { to: "/cloud-side"; body: { peerId: string; act: OwnerAct } }
  | { to: "/azure-role"; body: { network: Omit<AzurePeeringRequest, "containerId">; isAssigned: boolean } }
  /** `next` begins when the first one was used. */
  | { to: "/faults"; body: Fault & { next?: Fault } }
  | { to: "/clock"; body: { speed: number } | { advanceSeconds: number } }
  | { to: "/reset"; body: Record<never, never> }
