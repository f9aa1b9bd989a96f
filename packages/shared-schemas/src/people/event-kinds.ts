/** The meaning of an event at a glance. */
type EventTone = "you" | "atlas" | "works" | "failed"

interface NotificationWords {
  /** In the inbox, in choices and in messages. */
  title: string
  tone: EventTone
}

const notifications = {
  "action-required": { title: "Action required", tone: "you" },
  "expires-soon": { title: "Expires within 24 hours", tone: "you" },
  declined: { title: "Declined by owner", tone: "failed" },
  failed: { title: "Failed", tone: "failed" },
  available: { title: "Available", tone: "works" },
  "left-available": { title: "No longer available", tone: "failed" },
  "step-undone": { title: "Step undone", tone: "failed" },
  "broken-in-aws": { title: "Broken in AWS", tone: "failed" },
  "cloud-role-refused": { title: "AWS refused a reading role", tone: "failed" },
  "approval-requested": { title: "Approval requested", tone: "you" },
  "approval-decided": { title: "Approval decided", tone: "atlas" },
  "key-expires": { title: "Atlas secret expires", tone: "you" },
  "atlas-unreachable": { title: "Atlas unreachable for 15 minutes", tone: "failed" },
  "route-switched-off": { title: "Notification route switched off", tone: "failed" },
} as const satisfies Record<string, NotificationWords>

/** The kinds of what people hear of, in the order of choices. */
export const notificationKinds: Record<keyof typeof notifications, NotificationWords> = notifications

interface ActionKind {
  /** On the audit page, in timelines and in recent activity. */
  title: string
  /** The outcome of an event; `done` without one. */
  outcome?: "refused" | "failed"
  /** Other words for that outcome. */
  words?: string
  /** True where the server acts by itself. */
  byServer?: true
  /** The notification that it is, too. */
  notification?: keyof typeof notifications
}

const actions = {
  "sign-in": { title: "Signed in" },
  "sign-in-refused": { title: "Sign-in refused", outcome: "refused" },
  "sign-out": { title: "Signed out" },
  "session-ended": { title: "Session ended", byServer: true },
  "access-denied": { title: "Access denied", outcome: "refused", words: "Access denied" },
  "token-created": { title: "API token created" },
  "token-revoked": { title: "API token revoked" },
  "token-refused": { title: "API token refused", outcome: "refused" },
  "tokens-paused": { title: "API tokens paused", byServer: true },
  "tokens-resumed": { title: "API tokens resumed" },
  "server-started": { title: "Server started", byServer: true },
  "access-rules-read": { title: "Access rules read", byServer: true },
  "key-read": { title: "Atlas key read", byServer: true },
  "key-tested": { title: "Atlas key tested", byServer: true },
  "key-expires": { title: "Atlas secret expires", byServer: true, notification: "key-expires" },
  "audit-exported": { title: "Audit log exported" },
  "audit-key-created": { title: "Audit signing key created", byServer: true },
  "audit-flaw-found": { title: "Audit log found altered", outcome: "failed", byServer: true },
  "audit-flaw-acknowledged": { title: "Audit log flaw acknowledged" },
  "step-marked": { title: "Step marked as done" },
  "step-unmarked": { title: "Step no longer marked as done" },
  "use-marked": { title: "Subnet or group marked as used" },
  "use-unmarked": { title: "Subnet or group no longer marked as used" },
  "approval-policy-read": { title: "Approval policy read", byServer: true },
  "approval-requested": { title: "Approval requested", notification: "approval-requested" },
  "approval-granted": { title: "Approved", notification: "approval-decided" },
  "approval-refused": { title: "Approval refused", outcome: "refused" },
  "approval-declined": { title: "Approval declined", notification: "approval-decided" },
  "approval-withdrawn": { title: "Approval request withdrawn" },
  "notification-route-added": { title: "Notification route added" },
  "notification-route-changed": { title: "Notification route changed" },
  "notification-route-removed": { title: "Notification route removed" },
  "notification-route-switched-off": {
    title: "Notification route switched off",
    byServer: true,
    notification: "route-switched-off",
  },
  "notification-test-sent": { title: "Test message requested" },
  "notification-sent-again": { title: "Message requested again" },
  "mail-choice-changed": { title: "E-mail choice changed" },
  "hand-off-made": { title: "Share link created" },
  "hand-off-revoked": { title: "Share link revoked" },
  "hand-off-opened": { title: "Share link opened" },
  "hand-off-pressed": { title: "Marked as done by share link" },
  "hand-off-declined": { title: "Declined by share link", notification: "declined" },
  "hand-off-taken-back": { title: "Decline taken back by share link" },
  "decline-answered": { title: "Decline answered" },
  "hand-off-pasted": { title: "Facts pasted by share link" },
  "facts-pasted": { title: "Facts pasted" },
  "facts-accepted": { title: "Facts of share link accepted" },
  "step-undone": { title: "Step undone", byServer: true, notification: "step-undone" },
  "broken-in-aws": { title: "Broken in AWS", byServer: true, notification: "broken-in-aws" },
  "fixed-in-aws": { title: "Fixed in AWS", byServer: true },
  "cloud-account-connected": { title: "AWS account connected" },
  "cloud-account-checked": { title: "AWS account checked" },
  "cloud-account-removed": { title: "AWS account disconnected" },
  "cloud-role-refused": {
    title: "AWS refused a reading role",
    outcome: "failed",
    byServer: true,
    notification: "cloud-role-refused",
  },
  "managed-key-listed": { title: "Key listed under Managed by" },
  "managed-key-removed": { title: "Key removed from Managed by" },
  "preset-saved": { title: "Preset saved" },
  "preset-deleted": { title: "Preset deleted" },
  "managed-override": { title: "Managed connection unlocked" },
  "peering-create": { title: "Create connection" },
  "peering-change": { title: "Change connection" },
  "peering-delete": { title: "Delete connection" },
  "container-create": { title: "Create container" },
  "container-delete": { title: "Delete container" },
  "private-ip-mode-change": { title: "Change peering-only mode" },
  "custom-dns-change": { title: "Change custom DNS" },
  "access-list-add": { title: "Add to IP access list" },
  "atlas-peering-create": { title: "Connection created in Atlas" },
  "atlas-peering-change": { title: "Connection changed in Atlas" },
  "atlas-peering-delete": { title: "Connection deleted in Atlas" },
  "atlas-peering-active": { title: "Connection active in Atlas" },
  "atlas-peering-inactive": { title: "Connection inactive in Atlas" },
  "atlas-container-change": { title: "Container changed in Atlas" },
  "atlas-container-delete": { title: "Container deleted in Atlas" },
  "atlas-access-list-add": { title: "IP access list entry added in Atlas" },
  "atlas-access-list-change": { title: "IP access list entry changed in Atlas" },
  "atlas-access-list-remove": { title: "IP access list entry removed in Atlas" },
} as const satisfies Record<string, ActionKind>

/** The kinds of what people and the server do: the actions that the audit log records. */
export const actionKinds: Record<keyof typeof actions, ActionKind> = actions

/** Findings of polls and of the server. Timelines and recent activity show the ones about connections, inboxes the ones that are notifications. */
export const findingKinds = {
  /** Atlas lists a connection for the first time, or again. */
  "peering-found": { title: "Connection found" },
  /** Atlas's status of it is another one. */
  "peering-status": { title: "Status changed" },
  /** Other values of it are. */
  "peering-details": { title: "Details changed" },
  /** Atlas no longer lists it. */
  "peering-gone": { title: "No longer in Atlas" },
  /** A cloud with connections was not polled for a while. */
  "polling-gap": { title: "Not monitored" },
  "expires-soon": { title: "Expires within 24 hours" },
  "atlas-unreachable": { title: "Atlas unreachable for 15 minutes" },
} as const satisfies Record<string, { title: string }>
export type FindingKind = keyof typeof findingKinds

/** Lists the names of a table of kinds, in its order. */
export function listKinds<Kind extends string>(kinds: Readonly<Record<Kind, unknown>>): Kind[] {
  return Object.keys(kinds) as Kind[]
}
