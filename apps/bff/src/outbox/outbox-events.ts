import type { NotificationKind, ProviderName } from "@peering-desk/shared-schemas"
import type { Selectable, Transaction } from "kysely"
import type { OutboxEventTable } from "#store/notification-tables.ts"
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
export interface OutboxEvent {
  /** 1, 2, 3 … */
  number: number
  at: number
  kind: NotificationKind
  /** The connection, which one that is still to be created has no id; null for an event of the installation. */
  about: { projectId: string; providerName: ProviderName; peeringId: string | null } | null
  values: EventValues
}

export type NewEvent = Omit<OutboxEvent, "number"> & {
  /** A second event with the same text is left out. */
  once?: string
}

const rowsPerStatement = 500

/**
 * Adds events in the step of what happened. Until that is committed, other writers wait, so numbers become visible in their order.
 * @returns false when all of them had been told before
 */
export async function addEvents(
  transaction: Transaction<Tables>,
  events: readonly NewEvent[],
): Promise<boolean> {
  if (events.length === 0) return false
  const { newest } = await transaction
    .selectFrom("outbox_event")
    .select(({ fn }) => fn.max("number").as("newest"))
    .executeTakeFirstOrThrow()
  const rows = events.map((event, index) => toRow(event, (newest ?? 0) + index + 1))
  let added = 0
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const inserted = await transaction
      .insertInto("outbox_event")
      .values(rows.slice(from, from + rowsPerStatement))
      .onConflict((conflict) => conflict.column("once").doNothing())
      .returning("number")
      .execute()
    added += inserted.length
  }
  return added > 0
}

export function toOutboxEvent(row: Selectable<OutboxEventTable>): OutboxEvent {
  const { number, at, project_id: projectId, provider_name: providerName, peering_id: peeringId } = row
  return {
    number,
    at,
    kind: row.kind as NotificationKind,
    about: projectId === null ? null : { projectId, providerName: providerName as ProviderName, peeringId },
    values: JSON.parse(row.data) as EventValues,
  }
}

function toRow({ at, kind, about, values, once }: NewEvent, number: number): Selectable<OutboxEventTable> {
  return {
    number,
    at,
    kind,
    project_id: about?.projectId ?? null,
    provider_name: about?.providerName ?? null,
    peering_id: about?.peeringId ?? null,
    data: JSON.stringify(values),
    once: once ?? null,
  }
}
