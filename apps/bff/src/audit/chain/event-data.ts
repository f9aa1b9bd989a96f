import type { AuditFields, AuditRow } from "@peering-desk/shared-schemas"
import { readJson } from "#base/json-text.ts"
import { toInstant } from "#base/clock.ts"
import type { StoredEvent } from "./event-rows.ts"

const texts = ["address", "reason", "requestHash", "answerCode"] as const
const objects = ["detail", "before", "after"] as const

/** The data of an event. `readFields` returns each of the fields' objects. */
export type EventData = Record<(typeof texts)[number], string | null> &
  Record<(typeof objects)[number], AuditFields | null>

/** Formats data as it is stored: the values that there are, in this order. */
export function toDataText(data: Partial<EventData>): string {
  const kept = [...texts, ...objects].flatMap((name) => (data[name] == null ? [] : [[name, data[name]]]))
  return JSON.stringify(Object.fromEntries(kept))
}

/** Reads the data of a row. Where somebody tampered with it, `detail` has what there is; where it was dropped, all is null. */
export function readData({ data: text }: Pick<StoredEvent, "data">): EventData {
  const none = { address: null, reason: null, requestHash: null, answerCode: null }
  if (text === null) return { ...none, detail: null, before: null, after: null }
  const stored = parseObject(text)
  if (stored === null) return { ...none, detail: { unreadable: text }, before: null, after: null }
  const readText = (name: string) => (typeof stored[name] === "string" ? stored[name] : null)
  return {
    address: readText("address"),
    reason: readText("reason"),
    requestHash: readText("requestHash"),
    answerCode: readText("answerCode"),
    detail: readFields(stored["detail"]),
    before: readFields(stored["before"]),
    after: readFields(stored["after"]),
  }
}

/** Returns when an event happened, in milliseconds since 1970: what Atlas tells was read later than that. */
export function readHappenedAt(row: Pick<StoredEvent, "at" | "kind" | "data">): number {
  if (!row.kind.startsWith("atlas-")) return row.at
  return Date.parse(String(readData(row).detail?.["atlasAt"])) || row.at
}

/** Translates a row into the contract. A row that was tampered with must not keep others from being read. */
export function toAuditRow(row: StoredEvent): AuditRow {
  const { actor_issuer: issuer, actor_subject: subject, actor_name: name } = row
  return {
    sequence: row.number,
    at: toMoment(row.at),
    version: row.version,
    kind: row.phase,
    action: row.kind,
    actor: issuer === null || subject === null ? null : { issuer, subject, name: name ?? "" },
    projectId: row.project_id,
    providerName: row.provider_name,
    peeringId: row.peering_id,
    status: row.status,
    afterAt: row.after_at === null ? null : toMoment(row.after_at),
    notification: row.notification,
    outcome: row.outcome,
    attemptSequence: row.attempt,
    ...readData(row),
    once: row.once,
    salt: row.salt,
    digest: row.digest,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

function toMoment(at: number): string {
  return Math.abs(at) <= 8.64e15 ? toInstant(at) : String(at)
}

function readFields(value: unknown): AuditFields | null {
  if (value === undefined || value === null) return null
  return typeof value === "object" && !Array.isArray(value)
    ? (value as AuditFields)
    : { unreadable: JSON.stringify(value) }
}

function parseObject(text: string): Record<string, unknown> | null {
  const value = readJson(text)
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : null
}
