import type { NotificationKind, ProviderName } from "@peering-desk/shared-schemas"
import type { Selectable, Transaction } from "kysely"
import type { EventTable } from "#store/audit-tables.ts"
import { appendEvents, type NewEvent } from "#store/event-log.ts"
import type { Tables } from "#store/tables.ts"

/** The values that the sentence of an event is made of. None is a secret. */
export interface EventValues {
  /** Of the connection, its network, key or route. */
  name?: string
  /** The account, project or subscription of the connection's network. */
  place?: string
  /** Atlas's status; null when Atlas no longer lists the connection. */
  status?: string | null
  /** Why it failed, was asked for or declined, or what a route was switched off for. */
  why?: string
  /** The id of a request for approval. */
  approval?: string
  /** What it asks for. */
  act?: "create" | "change" | "delete" | "request-again"
  /** Who asks for approval, decided, or declined. */
  by?: string
  /** The decision. */
  decision?: "approved" | "declined"
  /** ISO 8601: when a request or a secret expires. */
  expiresAt?: string
  /** ISO 8601: since when Atlas has not answered. */
  since?: string
}

/** An event that people hear of. Times are milliseconds since 1970. */
export interface NotificationEvent {
  /** Of the event in the log. */
  number: number
  at: number
  kind: NotificationKind
  /** The connection, which one that is still to be created has no id; null for an event of the installation. */
  about: { projectId: string; providerName: ProviderName; peeringId: string | null } | null
  values: EventValues
}

export type NewNotificationEvent = Omit<NotificationEvent, "number"> & {
  /** A second event with the same text is left out. */
  once?: string
}

/**
 * Adds events that people hear of, in the step of what happened.
 * @returns false when all of them had been told before
 */
export async function addEvents(
  transaction: Transaction<Tables>,
  events: readonly NewNotificationEvent[],
): Promise<boolean> {
  const told = await readTold(transaction, events)
  const fresh = events.filter(({ once }) => {
    const isFresh = once === undefined || !told.has(once)
    if (once !== undefined) told.add(once)
    return isFresh
  })
  if (fresh.length === 0) return false
  await appendEvents(transaction, fresh.map(toNewEvent))
  return true
}

async function readTold(
  transaction: Transaction<Tables>,
  events: readonly NewNotificationEvent[],
): Promise<Set<string>> {
  const asked = events.flatMap(({ once }) => once ?? [])
  if (asked.length === 0) return new Set()
  const rows = await transaction.selectFrom("event").select("once").where("once", "in", asked).execute()
  return new Set(rows.flatMap(({ once }) => once ?? []))
}

/** The content of `data`. */
interface StoredValues {
  detail?: EventValues & { providerName?: ProviderName }
}

export function toNotificationEvent(row: Selectable<EventTable>): NotificationEvent {
  const { number, at, project_id: projectId, peering_id: peeringId, data } = row
  const { providerName, ...values } = (JSON.parse(data ?? "{}") as StoredValues).detail ?? {}
  return {
    number,
    at,
    kind: row.kind as NotificationKind,
    about: projectId === null || providerName === undefined ? null : { projectId, providerName, peeringId },
    values,
  }
}

function toNewEvent({ at, kind, about, values, once }: NewNotificationEvent): NewEvent {
  const detail = { ...values, ...(about !== null && { providerName: about.providerName }) }
  return {
    columns: {
      phase: "notification",
      kind,
      actor_issuer: null,
      actor_subject: null,
      actor_name: null,
      project_id: about?.projectId ?? null,
      peering_id: about?.peeringId ?? null,
      outcome: null,
      attempt: null,
      once: once ?? null,
    },
    data: JSON.stringify({ detail } satisfies StoredValues),
    at,
  }
}
