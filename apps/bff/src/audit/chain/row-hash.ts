import { hash } from "node:crypto"
import type { AuditFlawKind } from "@peering-desk/shared-schemas"
import { auditColumns, type StoredAuditRow } from "./audit-rows.ts"

/** The end of a chain. The hash of its last row depends on every row before. */
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

/** First value of the hashed JSON: the kind and version of its format. */
export const rowMark = "peering-desk audit row 1"

const hashedColumns = auditColumns.filter((column) => column !== "hash")

/**
 * Computes the SHA-256, in hex, of a row and the hash of the row before it: of the JSON array `["peering-desk audit row 1", …]` with the
 * row's columns in the order of `auditColumns`.
 */
export function toRowHash(row: Omit<StoredAuditRow, "hash">): string {
  const values = hashedColumns.map((column) => row[column])
  return hash("sha256", JSON.stringify([rowMark, ...values]))
}
