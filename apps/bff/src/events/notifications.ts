import {
  ApprovalNeed,
  NotificationKind,
  type AuditFields,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { sql, type Kysely, type SqlBool } from "kysely"
import { readData } from "#audit/chain/event-data.ts"
import { readEvents, type NarrowRows, type StoredEvent } from "#audit/chain/event-rows.ts"
import { toUserKey } from "#store/session-store.ts"
import type { Tables } from "#store/tables.ts"

/** An event that people are notified of. Times are milliseconds since 1970. */
export interface NotificationEvent {
  /** Of the event in the log. */
  number: number
  at: number
  kind: NotificationKind
  /** The connection; one that is still to be created has no id. Null for an event of the installation. */
  about: { projectId: string; providerName: ProviderName; peeringId: string | null } | null
  values: NotificationValues
  /** Of a request for approval: the key of who asks, and the role that decides it. */
  asks?: { userKey: string; needs: ApprovalNeed }
}

/** The values of its sentence. */
export interface NotificationValues {
  /** Of the connection, its network or key. */
  name?: string
  /** The account, project or subscription of the connection's network. */
  place?: string
  /** Atlas's status; null when Atlas no longer lists the connection. */
  status?: string | null
  /** The reason why it failed, was asked for, was declined or was switched off, or the warning about a secret. */
  why?: string
  /** The id of a request for approval. */
  approval?: string
  /** The kind of change that it asks for. */
  act?: string
  /** The person who asks for approval, decided, or declined. */
  by?: string
  isDeclined?: boolean
  /** When a request or a secret expires, ISO 8601. */
  expiresAt?: string
  /** Since when Atlas has not answered, ISO 8601. */
  since?: string
}

/** Reads events that people are notified of. The condition is one that both databases have an index for. */
export async function readNotificationRows(db: Kysely<Tables>, narrow: NarrowRows): Promise<StoredEvent[]> {
  const isNotification = sql<SqlBool>`event.notification is not null`
  return await readEvents(db, (query) => narrow(query.where(isNotification)))
}

/** Returns the notifications that an event is: one, or two where a connection left AVAILABLE for another state of interest. */
export function toNotificationEvents(row: StoredEvent): NotificationEvent[] {
  const { number, at, project_id: projectId, provider_name: providerName, peering_id: peeringId } = row
  const isAboutConnection = projectId !== null && providerName !== null
  const about = isAboutConnection
    ? { projectId, providerName: providerName as ProviderName, peeringId }
    : null
  const values = toValues(row)
  const asks = toAsks(row)
  return (row.notification ?? "").split(" ").flatMap((word): NotificationEvent[] => {
    const kind = NotificationKind.safeParse(word)
    return kind.success ? [{ number, at, kind: kind.data, about, values, ...(asks && { asks }) }] : []
  })
}

const texts = ["name", "place", "approval", "act", "expiresAt", "since"] as const

function toValues(row: StoredEvent): NotificationValues {
  const { kind, phase, actor_name: actorName, status } = row
  const { detail, reason } = readData(row)
  const readText = (name: string) => toText(detail?.[name])
  const why = reason ?? readText("why")
  const by = actorName ?? readText("for")
  return {
    ...Object.fromEntries(texts.flatMap((name) => (readText(name) === null ? [] : [[name, readText(name)]]))),
    ...(why !== null && { why }),
    ...(by !== null && { by }),
    ...(kind === "approval-declined" && { isDeclined: true }),
    ...(phase === "finding" && { status: kind === "peering-gone" ? null : status }),
  }
}

function toAsks(row: StoredEvent): NotificationEvent["asks"] | null {
  const { actor_issuer: issuer, actor_subject: subject } = row
  const needs = ApprovalNeed.safeParse(readData(row).detail?.["needs"])
  if (row.kind !== "approval-requested" || issuer === null || subject === null || !needs.success) return null
  return { userKey: toUserKey({ issuer, subject }), needs: needs.data }
}

function toText(value: AuditFields[string] | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null
}
