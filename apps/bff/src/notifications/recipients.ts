import type { NotificationEvent } from "#events/notifications.ts"
import { mayAdminister, mayAdministerAll, mayCreate, mayView, type Access } from "#sign-in/access.ts"
import type { StoredRoute } from "./route-table.ts"

/** Names whom a message is for, in the table of messages. */
export const toRouteRecipient = (routeId: string) => `route ${routeId}`
export const toPersonRecipient = (userKey: string) => `person ${userKey}`

/** Returns the id of a route; null for a person. */
export function readRouteId(recipient: string): string | null {
  return recipient.startsWith("route ") ? recipient.slice("route ".length) : null
}

/** Returns the key of a person. */
export function readUserKey(recipient: string): string {
  return recipient.slice("person ".length)
}

/** Returns whether a route wants an event. Projects and clouds narrow only events of a connection. */
export function wantsEvent(
  { projects, clouds, events }: Pick<StoredRoute, "projects" | "clouds" | "events">,
  { kind, about }: NotificationEvent,
): boolean {
  if (!events.includes(kind)) return false
  if (about === null) return true
  return (projects === "*" || projects.includes(about.projectId)) && clouds.includes(about.providerName)
}

/**
 * Returns whether a person hears of an event: of a project that they may view, or of the installation as its administrator. Only people who
 * can decide a request for approval hear of it.
 */
export function maySeeEvent(
  { userKey, access }: { userKey: string; access: Access },
  { kind, about, asks }: Pick<NotificationEvent, "kind" | "about" | "asks">,
): boolean {
  if (about !== null && asks !== undefined) {
    const mayDecide = asks.needs === "administrator" ? mayAdminister : mayCreate
    return asks.userKey !== userKey && mayDecide(access, about.projectId)
  }
  if (about !== null) return mayView(access, about.projectId)
  return kind === "atlas-unreachable" ? seesAnything(access) : mayAdministerAll(access)
}

function seesAnything({ everywhere, projects }: Access): boolean {
  return everywhere !== null || projects.size > 0
}
