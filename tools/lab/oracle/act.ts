import type { ProviderName } from "@peering-desk/shared-schemas"
import type { Effect } from "./atlas-record.ts"

/** Something that a person asked for, once or several times under one key. */
export interface Act {
  step: number
  kind: "create" | "edit" | "delete" | "container"
  projectId: string
  providerName: ProviderName
  /** The reason, by which the audit log names it. */
  reason: string
  /** Idempotency-Key of a create. */
  key: string
  /** A value that no other act has: a network, a VPC or a block; of a deletion the connection's id. */
  mark: string
  /** Null until a create made one, and for containers. */
  peeringId: string | null
  /** The moment of Atlas before it was asked for. */
  moment: number
  /** Statuses of the answers so far. */
  answers: number[]
  /** Ids that answers of success named. */
  named: string[]
  /** By `performance.now()`; infinity while it is under way. */
  endedAt: number
}

const methodOf = { create: "POST", edit: "PATCH", delete: "DELETE", container: "POST" } as const
const fieldsOf = {
  create: ["vpcId", "networkName", "vnetName"],
  edit: ["vpcId", "routeTableCidrBlock"],
  container: ["atlasCidrBlock"],
} as const

/** Tells whether Atlas did this because of that act. */
export function isEffectOf(act: Act, { isOurs, method, projectId, path, fields, id }: Effect): boolean {
  if (!isOurs || method !== methodOf[act.kind] || projectId !== act.projectId) return false
  if (path.includes("/containers") !== (act.kind === "container")) return false
  if (act.kind === "delete") return id === act.mark
  if (act.kind === "edit" && id !== act.peeringId) return false
  // A restart sends every field: the block of an earlier edit is in it, too.
  const names = fieldsOf[act.kind].filter((name) => fields[name] !== undefined)
  return fields[names[0] ?? ""] === act.mark
}
