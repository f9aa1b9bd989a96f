import type { Delivery } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import { summarise } from "#notifications/channels/message.ts"
import type { NotificationEvent } from "#events/notifications.ts"
import type { MessageRow, MessageTable } from "./message-table.ts"
import { readRouteId, toRouteRecipient } from "./recipients.ts"
import type { RouteTable } from "./route-table.ts"

/** Reads messages as the API shows them. */
export class DeliveryReader {
  readonly #messages: MessageTable
  readonly #routes: RouteTable

  constructor({ messages, routes }: { messages: MessageTable; routes: RouteTable }) {
    this.#messages = messages
    this.#routes = routes
  }

  /** Returns the newest messages to routes: of one route, or of all. Personal e-mail is its reader's affair. */
  async listNewest(most: number, routeId: string | null): Promise<Delivery[]> {
    const rows = await this.#messages.listNewest(most, routeId === null ? null : toRouteRecipient(routeId))
    return await this.#describeAll(rows)
  }

  async describe(row: MessageRow): Promise<Delivery> {
    const [delivery] = await this.#describeAll([row])
    if (delivery === undefined) throw new Error("One message has one description")
    return delivery
  }

  async #describeAll(rows: readonly MessageRow[]): Promise<Delivery[]> {
    const events = await this.#messages.readEvents(rows.map(({ id }) => id))
    const names = new Map((await this.#routes.list()).map(({ id, name }) => [id, name]))
    return rows.map((row) => toDelivery(row, events.get(row.id) ?? [], names))
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
    lastAttemptAt: row.last_attempt_at === null ? null : toInstant(row.last_attempt_at),
    lastAnswer: row.last_answer,
    nextAttemptAt: isOpen ? toInstant(row.due_at) : null,
  }
}
