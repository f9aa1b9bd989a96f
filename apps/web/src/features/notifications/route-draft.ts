import type {
  ChangeNotificationRoute,
  CreateNotificationRoute,
  NotificationChannel,
  NotificationKind,
  NotificationRoute,
  ProviderName,
} from "@peering-desk/shared-schemas"
import { stripInvisible } from "#forms/strip-invisible.ts"
import { kindsOfChoices } from "#copy/notifications.ts"

/** A route as its form holds it. */
export interface RouteDraft {
  name: string
  channel: NotificationChannel
  /** Empty in a change that keeps the address. */
  url: string
  /** E-mail addresses, separated by commas. */
  addresses: string
  isForAll: boolean
  projects: readonly string[]
  clouds: readonly string[]
  events: readonly string[]
}

export const allClouds: readonly ProviderName[] = ["AWS", "GCP", "AZURE"]
/** Events that somebody has to act on. */
const usualEvents: readonly NotificationKind[] = [
  "action-required",
  "expires-soon",
  "failed",
  "declined",
  "left-available",
]

const newDraft: RouteDraft = {
  name: "",
  channel: "webhook",
  url: "",
  addresses: "",
  isForAll: true,
  projects: [],
  clouds: allClouds,
  events: usualEvents,
}

/** Builds the draft of a new route, or of a change. */
export function toRouteDraft(route: NotificationRoute | null): RouteDraft {
  if (route === null) return newDraft
  const { name, channel, projects, clouds, events } = route
  const scope = projects === "*" ? { isForAll: true, projects: [] } : { isForAll: false, projects }
  return { ...newDraft, ...scope, name, channel, clouds, events }
}

/** Lists what is missing, by field, before anything is sent. */
export function findRouteMistakes(draft: RouteDraft, isNew: boolean): Record<string, string> {
  const noTarget: Record<string, string> =
    draft.channel === "email"
      ? { addresses: "Enter an address" }
      : { url: "Enter an address that begins with https://" }
  return {
    ...(draft.name.trim() === "" && { name: "Enter a name" }),
    ...(isNew && Object.keys(toTarget(draft)).length === 0 && noTarget),
    ...(!draft.isForAll && draft.projects.length === 0 && { projects: "Choose a project" }),
    ...(draft.clouds.length === 0 && { clouds: "Choose a cloud" }),
    ...(draft.events.length === 0 && { events: "Choose an event" }),
  }
}

/** Builds the body that adds a route. */
export function toNewRoute(draft: RouteDraft): CreateNotificationRoute {
  return { ...toScope(draft), channel: draft.channel, ...toTarget(draft) }
}

/** Builds the body that changes a route as it was when its form opened. An address that was not entered stays. */
export function toRouteChange(
  draft: RouteDraft,
  { version }: Pick<NotificationRoute, "version">,
): ChangeNotificationRoute {
  return { ...toScope(draft), ...toTarget(draft), version }
}

function toScope({ name, isForAll, projects, clouds, events }: RouteDraft) {
  return {
    name: name.trim(),
    projects: isForAll ? ("*" as const) : [...projects],
    clouds: allClouds.filter((cloud) => clouds.includes(cloud)),
    events: kindsOfChoices.filter((kind) => events.includes(kind)),
  }
}

function toTarget({ channel, url, addresses }: RouteDraft) {
  if (channel !== "email") {
    const address = stripInvisible(url)
    return address === "" ? {} : { url: address }
  }
  const list = readAddresses(addresses)
  return list.length === 0 ? {} : { addresses: list }
}

function readAddresses(text: string): string[] {
  return stripInvisible(text)
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
}
