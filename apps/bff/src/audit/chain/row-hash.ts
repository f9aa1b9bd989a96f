import { hash } from "node:crypto"
import type { AuditFlawKind } from "@peering-desk/shared-schemas"
import { hashedColumns, type StoredEvent } from "./event-rows.ts"

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
export const rowMark = "peering-desk event 1"

/**
 * Computes the SHA-256, in hex, of a row and the hash of the row before it: of the JSON array `["peering-desk event 1", …]` with the row's
 * columns in the order of `hashedColumns`.
 */
export function toRowHash(row: Omit<StoredEvent, "salt" | "data" | "hash">): string {
  const values = hashedColumns.map((column) => row[column])
  return hash("sha256", JSON.stringify([rowMark, ...values]))
}

/** Computes the SHA-256, in hex, of the JSON array of salt and data. */
export function toDigest({ salt, data }: Pick<StoredEvent, "salt" | "data">): string {
  return hash("sha256", JSON.stringify([salt, data]))
}

/** Returns true if a row is as it was written, with or without its data. */
export function isAsWritten(row: StoredEvent): boolean {
  const isDropped = row.salt === null && row.data === null
  return (isDropped || toDigest(row) === row.digest) && toRowHash(row) === row.hash
}
