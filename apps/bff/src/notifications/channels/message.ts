import { escapeInvisible, notificationKinds, type NotificationKind } from "@peering-desk/shared-schemas"
import { toSentence } from "#events/event-sentence.ts"
import type { NotificationEvent } from "#events/notifications.ts"

/** A message to one receiver, in any channel. */
export type Message = ReturnType<typeof toMessage>
/** One event as a message says it. */
export type MessageLine = Message["lines"][number]

interface MessageInputs {
  id: string
  createdAt: number
  isTest: boolean
  events: readonly NotificationEvent[]
  publicUrl: URL
  /** Returns the name of a project; null when it can't be read. */
  nameProject: (id: string) => string | null
}

/** Messages to people show this many events, and count the others. */
const shownLines = 10

/** Builds a message from its events. The same events make the same message, save for a project that was renamed meanwhile. Invisible characters come as codes. */
export function toMessage({ id, createdAt, isTest, publicUrl, nameProject, ...given }: MessageInputs) {
  const events = escapeInvisible(given.events)
  const toLink = (path: string) => new URL(path, publicUrl).href
  const lines = events.map((event) => ({
    number: event.number,
    kind: event.kind,
    title: notificationKinds[event.kind].title,
    /** ISO 8601, UTC. */
    at: new Date(event.at).toISOString(),
    sentence: toSentence(event),
    /** The page with more. */
    link: toLink(toPath(event)),
    projectName: escapeInvisible(event.about && nameProject(event.about.projectId)),
    event,
  }))
  const [first] = lines
  return {
    /** Repeats have the same one. */
    id,
    createdAt,
    isTest,
    /** One line: the sentence of a single event, or how many of what. */
    summary: summarise(events, isTest),
    lines,
    /** The page to open first. */
    link: lines.length === 1 && first !== undefined ? first.link : toLink("/notifications"),
  }
}

/** Says in one line what a message is about. */
export function summarise(events: readonly NotificationEvent[], isTest: boolean): string {
  const [first] = events
  if (isTest || first === undefined) return "This is a test message from Peering Desk."
  if (events.length === 1) return toSentence(first)
  const counts = new Map<NotificationKind, number>()
  for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const parts = [...counts].map(([kind, count]) => `${count} ${lowerFirst(notificationKinds[kind].title)}`)
  return `${events.length} notifications: ${parts.join(", ")}`
}

/** Splits off the lines that a message to people shows. */
export function chooseShownLines({ lines }: Message): { shown: readonly MessageLine[]; more: number } {
  const shown = lines.slice(0, shownLines)
  return { shown, more: lines.length - shown.length }
}

function toPath({ kind, about, values }: NotificationEvent): string {
  if (values.approval !== undefined) return `/approvals/${encodeURIComponent(values.approval)}`
  if (about !== null && about.peeringId !== null)
    return `/projects/${about.projectId}/connections/${encodeURIComponent(about.peeringId)}`
  if (kind === "key-expires") return "/keys"
  if (kind === "cloud-role-refused") return "/cloud-accounts"
  return kind === "route-switched-off" ? "/notifications/routes" : "/"
}

/** Begins a title in lower case, unless with a name. */
function lowerFirst(text: string): string {
  return /^(AWS|Atlas)\b/.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
