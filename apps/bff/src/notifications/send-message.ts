import type { Clock } from "#base/clock.ts"
import type { NotificationEvent } from "#events/notifications.ts"
import type { MailSender } from "#notifications/channels/mail.ts"
import { toMessage, type Message } from "#notifications/channels/message.ts"
import type { Outcome } from "#notifications/channels/outcome.ts"
import { postToTarget, type Resolve } from "#notifications/channels/post-to-target.ts"
import { toSlackBody } from "#notifications/channels/slack.ts"
import { toTeamsBody } from "#notifications/channels/teams.ts"
import { signWebhook, toWebhookBody } from "#notifications/channels/webhook.ts"
import type { MessageRow } from "./message-table.ts"
import type { MailReaders } from "./mail-readers.ts"
import { readRouteId, readUserKey } from "./recipients.ts"
import type { RouteTable, StoredRoute } from "./route-table.ts"

export interface SendDeps {
  routes: RouteTable
  mailReaders: MailReaders
  /** Null without a mail server. */
  mail: MailSender | null
  insideHosts: readonly string[]
  resolve: Resolve
  publicUrl: URL
  nameProject: (id: string) => Promise<string | null>
  clock: Clock
}

const noMail: Outcome = { ok: false, answer: "This server has no mail server (SMTP_URL)" }
const unreadableTarget: Outcome = {
  ok: false,
  answer: "SESSION_SECRET no longer opens the address: enter it again",
}

/** Makes the request of one attempt. */
type Send = () => Promise<Outcome>

/** Builds a message, and returns what sends it; null when nobody may receive it any more. */
export async function prepareMessage(
  deps: SendDeps,
  row: MessageRow,
  events: readonly NotificationEvent[],
): Promise<Send | null> {
  const routeId = readRouteId(row.recipient)
  if (routeId === null) return await prepareForPerson(deps, row, events)
  const route = await deps.routes.find(routeId)
  if (route === null) return null
  return prepareForRoute(deps, route, await build(deps, row, events))
}

async function prepareForPerson(
  deps: SendDeps,
  row: MessageRow,
  events: readonly NotificationEvent[],
): Promise<Send | null> {
  // The person may have lost a project since the event.
  const reader = await deps.mailReaders.find(readUserKey(row.recipient))
  const seen = events.filter((event) => reader?.maySee(event) === true)
  if (reader === null || seen.length === 0) return null
  return prepareMail(deps, await build(deps, row, seen), [reader.address], false)
}

function prepareMail(
  { mail }: SendDeps,
  message: Message,
  addresses: readonly string[],
  isRoute: boolean,
): Send {
  return () => (mail === null ? Promise.resolve(noMail) : mail.send(message, addresses, isRoute))
}

function prepareForRoute(deps: SendDeps, { channel, target }: StoredRoute, message: Message): Send {
  if (target === null) return () => Promise.resolve(unreadableTarget)
  if ("addresses" in target) return prepareMail(deps, message, target.addresses, true)
  const { url, secret = "" } = target
  return () => {
    if (channel === "slack") return postToTarget({ url, headers: {}, body: toSlackBody(message) }, deps)
    if (channel === "teams") return postToTarget({ url, headers: {}, body: toTeamsBody(message) }, deps)
    const body = toWebhookBody(message)
    const headers = signWebhook({ id: message.id, body, at: deps.clock.now() }, secret)
    return postToTarget({ url, headers, body }, deps)
  }
}

async function build(
  { nameProject, publicUrl }: SendDeps,
  { id, created_at: createdAt, is_test: isTest }: MessageRow,
  events: readonly NotificationEvent[],
): Promise<Message> {
  const ids = [...new Set(events.flatMap(({ about }) => about?.projectId ?? []))]
  const names = new Map(await Promise.all(ids.map(async (one) => [one, await nameProject(one)] as const)))
  return toMessage({
    id,
    createdAt,
    isTest: isTest === 1,
    events,
    publicUrl,
    nameProject: (one) => names.get(one) ?? null,
  })
}
