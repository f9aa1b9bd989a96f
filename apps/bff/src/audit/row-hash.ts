import { hash } from "node:crypto"
import type { AuditFlawKind } from "@peering-desk/shared-schemas"
import { auditColumns, type StoredAuditRow } from "./audit-rows.ts"

/** Where a chain stands: the hash of its last row is tied to every row before. */
export interface ChainEnd {
  sequence: number
  hash: string
}

export interface ChainFlaw {
  /** The first row that is not as it was written. */
  sequence: number
  kind: AuditFlawKind
  sentence: string
}

export const chainStart: ChainEnd = { sequence: 0, hash: "0".repeat(64) }

/** Tells what is hashed, and in which form. */
export const rowMark = "peering-desk audit row 1"

const hashedColumns = auditColumns.filter((column) => column !== "hash")

/**
 * SHA-256, in hex, over everything a row says and the hash of the row before it: of the JSON array `["peering-desk audit row 1", …]`
 * with the row's columns in the order of `auditColumns`.
 */
export function toRowHash(row: Omit<StoredAuditRow, "hash">): string {
  const values = hashedColumns.map((column) => row[column])
  return hash("sha256", JSON.stringify([rowMark, ...values]))
}
