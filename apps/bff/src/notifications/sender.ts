import type { Transaction } from "kysely"
import { itself } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { repeat, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Outcome } from "#notifications/channels/outcome.ts"
import type { Claim } from "#store/claims.ts"
import type { Store } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { gatherEvents, type EventReceiver } from "./gather-events.ts"
import type { AttemptEnd, MessageRow, MessageTable } from "./message-table.ts"
import { readRouteId, toPersonRecipient, toRouteRecipient, wantsEvent } from "./recipients.ts"
import { prepareMessage, type SendDeps } from "./send-message.ts"

export interface SenderDeps extends SendDeps {
  store: Store
  audit: Pick<AuditLog, "recordChanges">
  messages: MessageTable
  clock: Clock
  logger: Logger
  /** Finds what only time brings, as a request that is about to expire, before each round. */
  noteTimedEvents: () => Promise<void>
  /** Returns whether this process is the one that sends what is due. */
  leads: () => boolean
  /** Returns the version of the stored state, as this process last read it; null where nothing reads it regularly. */
  readVersion: () => number | null
}

const checkEveryMs = 2_000
/** What no new version and no planned attempt tells, such as a claim that ran out, is found this late at most. */
const lookEveryMs = 15_000
const atOnce = 8
/** After one message, further events gather for this long. */
const quietMs = 60_000
const minuteMs = 60_000
/** The pauses between attempts: the message is given up after the ninth, 21 hours after the first. */
const pausesMs = [0.2, 1, 5, 15, 60, 180, 360, 640].map((minutes) => minutes * minuteMs)
/** A receiver whose message holds many events would have to read a very long one. People's channels show ten and count the rest. */
const mostEventsInWebhook = 50
const mostEventsForPeople = 1_000

export type NotificationSender = ReturnType<typeof createNotificationSender>

/**
 * Puts new events into messages, and makes the attempts that are due. The leader does; each attempt claims its message, since two
 * processes may lead for a moment. The claim of a process that dies runs out, and the next one sends the message again, with the same id.
 */
export function createNotificationSender(deps: SenderDeps) {
  const { audit, clock, leads, logger, mail, mailReaders, messages, routes, store } = deps
  const attempts = new Set<Promise<void>>()
  let stopRepeating = () => {}
  /** The version of the last look, and when the next one is due without a newer version, on the clock's `elapsed`. */
  let lookedVersion: number | null = null
  let nextLookAt = Number.NEGATIVE_INFINITY

  async function lookIfDue(): Promise<void> {
    const version = deps.readVersion()
    const isDue = version === null || version !== lookedVersion || clock.elapsed() >= nextLookAt
    if (!leads()) lookedVersion = null
    if (!leads() || !isDue) return
    // A slow target delays no other: the next round begins while its attempt goes on.
    await begin()
    const dueAt = (await messages.findNextDue()) ?? Number.POSITIVE_INFINITY
    nextLookAt = clock.elapsed() + Math.min(dueAt - clock.now(), lookEveryMs)
    lookedVersion = version
  }

  async function begin(): Promise<void> {
    await deps.noteTimedEvents()
    while ((await gatherEvents(store, clock.now(), listReceivers)) > 0);
    const free = atOnce - attempts.size
    if (free <= 0) return
    const begun = await messages.attemptDue(clock.now(), free, (row, claim) =>
      attempt(row, claim).catch((error: unknown) => logFailure(error, row.id)),
    )
    for (const one of begun) {
      const ended = one.catch((error: unknown) => logFailure(error))
      attempts.add(ended)
      void ended.then(() => attempts.delete(ended))
    }
  }

  function logFailure(error: unknown, message?: string): void {
    logger.error({ err: error, message }, "Could not send a notification")
  }

  async function listReceivers(transaction: Transaction<Tables>): Promise<EventReceiver[]> {
    const ofRoutes = (await routes.list(transaction))
      .filter(({ off }) => off === null)
      .map((route): EventReceiver => ({
        recipient: toRouteRecipient(route.id),
        mostEvents: route.channel === "webhook" ? mostEventsInWebhook : mostEventsForPeople,
        wants: (event) => wantsEvent(route, event),
      }))
    const people = mail === null ? [] : await mailReaders.list(transaction)
    const ofPeople = people.map(({ userKey, events, maySee }): EventReceiver => ({
      recipient: toPersonRecipient(userKey),
      mostEvents: mostEventsForPeople,
      wants: (event) => events.includes(event.kind) && maySee(event),
    }))
    return [...ofRoutes, ...ofPeople]
  }

  async function attempt(row: MessageRow, claim: Claim): Promise<void> {
    const events = (await messages.readEvents([row.id])).get(row.id) ?? []
    const send = await prepareMessage(deps, row, events)
    // Another process may be sending it by now.
    if (!claim.isHeld()) return
    const outcome = send === null ? null : await send()
    const end = toEnd(row, outcome, clock.now())
    const routeId = readRouteId(row.recipient)
    if (outcome?.ok === false) {
      const route = routeId === null ? null : await routes.find(routeId)
      const about = { message: row.id, recipient: routeId, route: route?.name, attempts: row.attempts }
      logger.warn({ ...about, answer: outcome.answer }, "A notification was not sent")
    }
    if (outcome?.ok === false && end.state === "failed" && row.is_test === 0 && routeId !== null)
      await giveUp(routeId, row, end, outcome.gone === true)
    else if ((await messages.finish(row, end)) && end.state === "waiting" && routeId !== null)
      await stopWhenOff(routeId, row, end)
  }

  /** Plans no further attempt for a route that is off, or was switched off during this one. */
  async function stopWhenOff(routeId: string, row: MessageRow, end: AttemptEnd): Promise<void> {
    const off = (await routes.find(routeId))?.off ?? null
    if (off !== null) await messages.finish(row, { ...end, state: "failed" })
  }

  /** Gives a message up, and switches its route off unless the target took others since. Administrators find it in their inbox. */
  async function giveUp(routeId: string, row: MessageRow, end: AttemptEnd, gone: boolean): Promise<void> {
    const { answer, at } = end
    await audit.recordChanges(async (transaction) => {
      if (!(await messages.finish(row, end, transaction))) return []
      const route = await routes.find(routeId, transaction)
      if (route === null) return []
      if (!gone && (await messages.hasSucceededSince(row.recipient, row.created_at, transaction))) return []
      const why = gone ? `its target is gone (${answer})` : `its messages failed for 21 hours (${answer})`
      if (!(await routes.switchOff(routeId, { at, why }, transaction))) return []
      await messages.giveUp(routeId, "The route was switched off", at, transaction)
      const detail = { route: routeId, name: route.name, why }
      return [{ ...itself, action: "notification-route-switched-off", detail }]
    })
  }

  return {
    start() {
      stopRepeating = repeat(clock, checkEveryMs, () =>
        lookIfDue().catch((error: unknown) => {
          logger.error({ err: error }, "Could not send notifications")
        }),
      )
    },
    async stop() {
      stopRepeating()
      await Promise.all(attempts)
      mail?.close()
    },
    /** Does everything that is due now. Resolves once these attempts have ended. */
    async run() {
      await begin()
      await Promise.all(attempts)
    },
    /** Makes one attempt at once, due or not, unless another process makes one. */
    sendNow: (id: string) => messages.attemptNow(id, attempt),
  }
}

/** @param outcome null when nobody may receive the message any more */
function toEnd(row: MessageRow, outcome: Outcome | null, at: number): AttemptEnd {
  const over = { at, dueAt: at, quietUntil: 0 }
  if (outcome === null) {
    const answer = "Nobody to send it to: the receiver may no longer see these events"
    return { ...over, state: "failed", answer }
  }
  const { answer } = outcome
  const isTest = row.is_test === 1
  if (outcome.ok) return { ...over, state: "sent", answer, quietUntil: isTest ? 0 : at + quietMs }
  const pauseMs = pausesMs[row.attempts - 1]
  if (isTest || outcome.gone === true || pauseMs === undefined) return { ...over, state: "failed", answer }
  const dueAt = at + Math.max(pauseMs, outcome.retryAfterMs ?? 0)
  return { ...over, state: "waiting", answer, dueAt, quietUntil: dueAt }
}
