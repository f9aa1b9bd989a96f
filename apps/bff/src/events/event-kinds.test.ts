import {
  actionKinds,
  AuditAction,
  findingKinds,
  notificationKinds,
  type FindingKind,
  type NotificationKind,
} from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"

/** Each observation of a poll, and the finding that it is in the one log. */
const observations: Record<string, FindingKind> = {
  "first listed": "peering-found",
  "listed again": "peering-found",
  "listed with another status": "peering-status",
  "listed with other values": "peering-details",
  gone: "peering-gone",
  "a time without polls": "polling-gap",
}

/** Each notification, and the events that are it. */
const notifications: Record<NotificationKind, (AuditAction | FindingKind)[]> = {
  "action-required": ["peering-found", "peering-status"],
  "expires-soon": ["expires-soon"],
  declined: ["hand-off-declined"],
  failed: ["peering-found", "peering-status"],
  available: ["peering-found", "peering-status"],
  "left-available": ["peering-status", "peering-gone"],
  "step-undone": ["step-undone"],
  "broken-in-aws": ["broken-in-aws"],
  "cloud-role-refused": ["cloud-role-refused"],
  "approval-requested": ["approval-requested"],
  "approval-decided": ["approval-granted", "approval-declined"],
  "key-expires": ["key-expires"],
  "atlas-unreachable": ["atlas-unreachable"],
  "route-switched-off": ["notification-route-switched-off"],
}

const isAction = (kind: string) => AuditAction.safeParse(kind).success

test("each action, observation and notification has one kind of event, and each kind a title", () => {
  const named = [...Object.values(observations), ...Object.values(notifications).flat()]
  expect(new Set(named.filter((kind) => !isAction(kind)))).toEqual(new Set(Object.keys(findingKinds)))
  const titles = [actionKinds, findingKinds, notificationKinds].flatMap((table) => Object.values(table))
  expect(titles.filter(({ title }) => title === "")).toEqual([])
})

test("an action is the notification that its kind names", () => {
  const byAction = Object.entries(actionKinds).flatMap(([action, { notification }]) =>
    notification === undefined ? [] : [`${action} ${notification}`],
  )
  const byNotification = Object.entries(notifications).flatMap(([notification, kinds]) =>
    kinds.filter(isAction).map((kind) => `${kind} ${notification}`),
  )
  expect(new Set(byAction)).toEqual(new Set(byNotification))
})
