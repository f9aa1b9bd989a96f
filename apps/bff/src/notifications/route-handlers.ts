import { randomBytes } from "node:crypto"
import { isDeepStrictEqual } from "node:util"
import {
  type ChangeNotificationRoute,
  type CreateNotificationRoute,
  type Delivery,
  type NotificationRoute,
  type Routes,
} from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { createSigningSecret } from "#notifications/channels/webhook.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { Store } from "#store/store.ts"
import { createDeliveryReader } from "./delivery-reader.ts"
import type { MessageTable } from "./message-table.ts"
import { readRouteId, toRouteRecipient } from "./recipients.ts"
import type { NewRoute, RouteTable, StoredRoute, Target } from "./route-table.ts"
import { toTarget } from "./route-target.ts"
import type { NotificationSender } from "./sender.ts"

interface RouteHandlerDeps {
  routes: RouteTable
  messages: MessageTable
  sender: NotificationSender
  audit: Pick<AuditLog, "recordChange" | "record">
  insideHosts: readonly string[]
  canMail: boolean
  clock: Clock
}

const mostRoutes = 100

/** Where notifications go, and what became of them; for administrators of all projects. */
export function createNotificationRouteHandlers(deps: RouteHandlerDeps) {
  const { routes, messages, sender, audit, canMail, clock } = deps
  const deliveries = createDeliveryReader(deps)

  async function find(id: string): Promise<StoredRoute> {
    const route = await routes.find(id)
    if (route === null) throw new AppError("not_found", { detail: "No such notification route." })
    return route
  }

  async function toAnswer(route: StoredRoute): Promise<NotificationRoute> {
    const [last] = await deliveries.listNewest(1, route.id)
    const { target: _secret, createdAt, off, ...shown } = route
    return {
      ...shown,
      createdAt: toInstant(createdAt),
      off: off && { at: toInstant(off.at), why: off.why },
      last: last ?? null,
    }
  }

  async function refuseTaken(name: string, id: string | null, db: Store["db"]): Promise<void> {
    const all = await routes.list(db)
    if (all.some((other) => other.name === name && other.id !== id))
      throw new AppError("invalid_request", { fields: { name: "There is a route with this name" } })
    if (id === null && all.length >= mostRoutes)
      throw new AppError("invalid_request", {
        fields: { name: `There are ${mostRoutes} routes. Remove one first.` },
      })
  }

  /** Makes an attempt now and returns the message, sent or not. */
  async function sendNow(id: string): Promise<Delivery> {
    await sender.sendNow(id)
    const delivery = await deliveries.find(id)
    if (delivery === null) throw new AppError("not_found", { detail: "No such message." })
    return delivery
  }

  async function add(request: Request, body: CreateNotificationRoute) {
    const { target, place } = toTarget(body.channel, body, deps)
    const secret = "url" in target ? (target.secret ?? null) : null
    const route: NewRoute & { target: Target } = {
      id: randomBytes(9).toString("base64url"),
      ...toScope(body),
      channel: body.channel,
      target,
      place,
      createdAt: clock.now(),
      createdBy: userOf(request).identity.name,
      off: null,
    }
    await audit.recordChange(toEvent("notification-route-added", request, route), async (transaction) => {
      await refuseTaken(body.name, null, transaction)
      await routes.add(route, transaction)
    })
    return { route: await toAnswer(await find(route.id)), secret }
  }

  async function change(request: Request, id: string, body: ChangeNotificationRoute) {
    const before = await find(id)
    const { target, place, secret } = changeTarget(before, body, deps)
    const off = body.on === undefined ? before.off : body.on ? null : (before.off ?? toOff(request))
    const route: NewRoute = { ...before, ...toScope({ ...before, ...body }), target, place, off }
    const event = toEvent("notification-route-changed", request, route, secret !== null)
    await audit.recordChange(event, async (transaction) => {
      const isSame = isDeepStrictEqual(await routes.find(id, transaction), before)
      if (!isSame || (body.version ?? before.version) !== before.version) throw new AppError("route_changed")
      await refuseTaken(route.name, id, transaction)
      await routes.replace(route, transaction)
      if (off !== null) await messages.giveUp(id, "The route was switched off", clock.now(), transaction)
    })
    return { route: await toAnswer(await find(id)), secret }
  }

  function toOff(request: Request) {
    return { at: clock.now(), why: `by ${userOf(request).identity.name}` }
  }

  return {
    notificationRoutes: {
      get: async () => ({ routes: await Promise.all((await routes.list()).map(toAnswer)), canMail }),
      post: ({ request, body }) => add(request, body),
    },
    notificationRoute: {
      patch: ({ request, params: { routeId }, body }) => change(request, routeId, body),
      async delete({ request, params: { routeId } }) {
        const route = await find(routeId)
        await audit.recordChange(
          toEvent("notification-route-removed", request, route),
          async (transaction) => {
            await messages.removeOf(routeId, transaction)
            return await routes.remove(routeId, transaction)
          },
        )
      },
    },
    testNotificationRoute: {
      async post({ request, params: { routeId } }) {
        const { name } = await find(routeId)
        const id = await messages.add({
          recipient: toRouteRecipient(routeId),
          is_test: 1,
          now: clock.now(),
        })
        await audit.record({
          action: "notification-test-sent",
          ...toActor(request),
          detail: { route: routeId, name, message: id },
        })
        return await sendNow(id)
      },
    },
    deliveries: {
      get: async ({ query: { route } }) => ({ deliveries: await deliveries.listNewest(100, route ?? null) }),
    },
    sendAgain: {
      async post({ request, params: { deliveryId } }) {
        const row = await messages.find(deliveryId)
        const routeId = row && readRouteId(row.recipient)
        if (row === null || routeId === null) throw new AppError("not_found", { detail: "No such message." })
        const route = await find(routeId)
        await audit.record({
          action: "notification-sent-again",
          ...toActor(request),
          detail: { route: routeId, name: route.name, message: deliveryId },
        })
        return await sendNow(deliveryId)
      },
    },
  } satisfies ApiHandlers<
    Routes,
    "notificationRoutes" | "notificationRoute" | "testNotificationRoute" | "deliveries" | "sendAgain"
  >
}

function toScope({
  name,
  projects,
  clouds,
  events,
}: Pick<StoredRoute, "name" | "projects" | "clouds" | "events">) {
  return { name, projects, clouds: [...new Set(clouds)], events: [...new Set(events)] }
}

/** Returns the target after a change: what is left out stays. The secret is returned only when it was just made. */
function changeTarget(
  { channel, target, place }: StoredRoute,
  body: ChangeNotificationRoute,
  rules: Parameters<typeof toTarget>[2],
): { target: Target | null; place: string; secret: string | null } {
  const isNew = body.url !== undefined || body.addresses !== undefined
  const next = isNew ? toTarget(channel, body, rules) : { target, place }
  if (next.target === null || "addresses" in next.target || channel !== "webhook")
    return { ...next, secret: null }
  const known = target !== null && "secret" in target ? target.secret : undefined
  const secret = body.newSecret === true || known === undefined ? createSigningSecret() : known
  return { ...next, target: { ...next.target, secret }, secret: secret === known ? null : secret }
}

function toEvent(
  action: "notification-route-added" | "notification-route-changed" | "notification-route-removed",
  request: Request,
  { id, name, channel, place, projects, clouds, events, off }: NewRoute,
  isSecretNew = false,
): AuditEvent {
  return {
    action,
    ...toActor(request),
    detail: {
      route: id,
      name,
      channel,
      to: place,
      projects: [projects].flat().join(", "),
      clouds: clouds.join(", "),
      events: events.join(", "),
      on: off === null,
      ...(isSecretNew && { secret: "replaced" }),
    },
  }
}
