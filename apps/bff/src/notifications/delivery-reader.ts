import type { Delivery } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import { summarise } from "#notifications/channels/message.ts"
import type { NotificationEvent } from "#events/notifications.ts"
import type { MessageRow, MessageTable } from "./message-table.ts"
import { readRouteId, toRouteRecipient } from "./recipients.ts"
import type { RouteTable } from "./route-table.ts"

/** Reads messages as the API shows them. */
export function createDeliveryReader({ messages, routes }: { messages: MessageTable; routes: RouteTable }) {
  async function describe(rows: readonly MessageRow[]): Promise<Delivery[]> {
    const events = await messages.readEvents(rows.map(({ id }) => id))
    const names = new Map((await routes.list()).map(({ id, name }) => [id, name]))
    return rows.map((row) => toDelivery(row, events.get(row.id) ?? [], names))
  }

  return {
    /** Returns the newest messages to routes: of one route, or of all. Personal e-mail is its reader's affair. */
    listNewest: async (most: number, routeId: string | null) =>
      await describe(await messages.listNewest(most, routeId === null ? null : toRouteRecipient(routeId))),
    /** Returns one message; null when there is none. */
    async find(id: string): Promise<Delivery | null> {
      const row = await messages.find(id)
      const [delivery] = row === null ? [] : await describe([row])
      return delivery ?? null
    },
  }
}

function toDelivery(
  row: MessageRow,
  events: readonly NotificationEvent[],
  names: ReadonlyMap<string, string>,
): Delivery {
  const routeId = readRouteId(row.recipient)
  const isOpen = row.state === "collecting" || row.state === "waiting"
  return {
    id: row.id,
    routeId,
    to: (routeId === null ? undefined : names.get(routeId)) ?? "",
    state: isOpen ? "waiting" : row.state === "sent" ? "sent" : "failed",
    isTest: row.is_test === 1,
    says: summarise(events, row.is_test === 1),
    eventCount: events.length,
    createdAt: toInstant(row.created_at),
    attempts: row.attempts,
    lastAttemptAt: toInstant(row.last_attempt_at),
    lastAnswer: row.last_answer,
    nextAttemptAt: isOpen ? toInstant(row.due_at) : null,
  }
}
