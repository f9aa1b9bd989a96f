import type { Transaction } from "kysely"
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

/**
 * Puts new events into messages, and makes the attempts that are due. The leader does; each attempt claims its message, since two
 * processes may lead for a moment. The claim of a process that dies runs out, and the next one sends the message again, with the same id.
 */
export class NotificationSender {
  readonly #deps: SenderDeps
  readonly #attempts = new Set<Promise<void>>()
  #stopRepeating = () => {}
  /** The version of the last look, and when the next one is due without a newer version, on the clock's `elapsed`. */
  #lookedVersion: number | null = null
  #nextLookAt = Number.NEGATIVE_INFINITY

  constructor(deps: SenderDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#stopRepeating = repeat(this.#deps.clock, checkEveryMs, () =>
      this.#lookIfDue().catch((error: unknown) => {
        this.#deps.logger.error({ err: error }, "Could not send notifications")
      }),
    )
  }

  async stop(): Promise<void> {
    this.#stopRepeating()
    await Promise.all(this.#attempts)
    this.#deps.mail?.close()
  }

  /** Does everything that is due now. Resolves once these attempts have ended. */
  async run(): Promise<void> {
    await this.#begin()
    await Promise.all(this.#attempts)
  }

  /** Makes one attempt at once, due or not, unless another process makes one. */
  async sendNow(id: string): Promise<void> {
    await this.#deps.messages.attemptNow(id, (row, claim) => this.#attempt(row, claim))
  }

  async #lookIfDue(): Promise<void> {
    const { clock, leads, messages, readVersion } = this.#deps
    const version = readVersion()
    const isDue = version === null || version !== this.#lookedVersion || clock.elapsed() >= this.#nextLookAt
    if (!leads()) this.#lookedVersion = null
    if (!leads() || !isDue) return
    // A slow target delays no other: the next round begins while its attempt goes on.
    await this.#begin()
    const dueAt = (await messages.findNextDue()) ?? Number.POSITIVE_INFINITY
    this.#nextLookAt = clock.elapsed() + Math.min(dueAt - clock.now(), lookEveryMs)
    this.#lookedVersion = version
  }

  async #begin(): Promise<void> {
    const { clock, messages, noteTimedEvents, store } = this.#deps
    await noteTimedEvents()
    while ((await gatherEvents(store, clock.now(), (transaction) => this.#listReceivers(transaction))) > 0);
    const free = atOnce - this.#attempts.size
    if (free <= 0) return
    const attempts = await messages.attemptDue(clock.now(), free, (row, claim) =>
      this.#attempt(row, claim).catch((error: unknown) => this.#logFailure(error, row.id)),
    )
    for (const one of attempts) {
      const attempt = one.catch((error: unknown) => this.#logFailure(error))
      this.#attempts.add(attempt)
      void attempt.then(() => this.#attempts.delete(attempt))
    }
  }

  #logFailure(error: unknown, message?: string): void {
    this.#deps.logger.error({ err: error, message }, "Could not send a notification")
  }

  async #listReceivers(transaction: Transaction<Tables>): Promise<EventReceiver[]> {
    const { mail, mailReaders, routes } = this.#deps
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

  async #attempt(row: MessageRow, claim: Claim): Promise<void> {
    const { clock, logger, messages } = this.#deps
    const events = (await messages.readEvents([row.id])).get(row.id) ?? []
    const send = await prepareMessage(this.#deps, row, events)
    // Another process may be sending it by now.
    if (!claim.isHeld()) return
    const outcome = send === null ? null : await send()
    const end = toEnd(row, outcome, clock.now())
    const routeId = readRouteId(row.recipient)
    if (outcome?.ok === false)
      logger.warn(
        { message: row.id, recipient: routeId, attempts: row.attempts, answer: outcome.answer },
        "A notification was not sent",
      )
    if (outcome?.ok === false && end.state === "failed" && row.is_test === 0 && routeId !== null)
      await this.#giveUp(routeId, row, end, outcome.gone === true)
    else await messages.finish(row, end)
  }

  /** Gives a message up, and switches its route off unless the target took others since. Administrators find it in their inbox. */
  async #giveUp(routeId: string, row: MessageRow, end: AttemptEnd, gone: boolean): Promise<void> {
    const { audit, messages, routes } = this.#deps
    const { answer, at } = end
    await audit.recordChanges(async (transaction) => {
      if (!(await messages.finish(row, end, transaction))) return []
      const route = await routes.find(routeId, transaction)
      if (route === null) return []
      if (!gone && (await messages.hasSucceededSince(row.recipient, row.created_at, transaction))) return []
      const why = gone ? `its target is gone (${answer})` : `its messages failed for 21 hours (${answer})`
      if (!(await routes.switchOff(routeId, { at, why }, transaction))) return []
      await messages.giveUp(routeId, "The route was switched off", at, transaction)
      return [
        {
          action: "notification-route-switched-off",
          actor: null,
          address: null,
          detail: { route: routeId, name: route.name, why },
        },
      ]
    })
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
