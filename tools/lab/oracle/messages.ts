import { apiUrls, Inbox } from "@peering-desk/shared-schemas"
import { ask, type Client } from "#tools/lab/chaos/client.ts"
import { sentKinds } from "./notification-route.ts"
import type { Trouble } from "./server.ts"
import type { Violations } from "./violations.ts"
import type { World } from "./world.ts"

/** A server sends again what another one took and did not finish within this time. */
const repeatsForMs = 90_000
/** A receiver gets one message a minute at most, and one whose sender was killed a minute later. */
const comesWithinMs = 140_000

interface Arrival {
  id: string
  at: number
  numbers: readonly number[]
}

/** Compares what a webhook's receiver got with what the inbox says happened. */
export class Messages {
  readonly #world: World
  readonly #violations: Violations
  /** By event number. */
  readonly #expected = new Map<number, { says: string; seenAt: number }>()
  readonly #arrivals: Arrival[] = []
  readonly #messageOf = new Map<number, string>()
  repeats = 0

  constructor(world: World, violations: Violations) {
    this.#world = world
    this.#violations = violations
  }

  get count(): number {
    return this.#arrivals.length
  }

  /** Reads the inbox, which shows the newest hundred events, and what came since the last time. */
  async read(client: Client): Promise<void> {
    const { status, text } = await ask(client, "GET", apiUrls.inbox())
    if (status === 200)
      for (const { number, kind, says } of Inbox.parse(JSON.parse(text)).entries)
        if (sentKinds.includes(kind)) this.#expect(number, says)
    for (const { headers, body, at } of this.#world.receiver.received.splice(0)) {
      const { data } = JSON.parse(body) as { data: { events: { number: number }[] } }
      this.#take({ id: String(headers["webhook-id"]), at, numbers: data.events.map(({ number }) => number) })
    }
  }

  get isComplete(): boolean {
    return [...this.#expected.keys()].every((number) => this.#messageOf.has(number))
  }

  /** Reports the events of which no message came in the longest time that one may take. */
  reportMissing(): void {
    for (const [number, { says, seenAt }] of this.#expected)
      if (!this.#messageOf.has(number) && performance.now() - seenAt > comesWithinMs)
        this.#violations.add("messages", `event ${number}, "${says}"`, "no message of it came to the webhook")
  }

  #expect(number: number, says: string): void {
    if (!this.#expected.has(number)) this.#expected.set(number, { says, seenAt: performance.now() })
  }

  #take(arrival: Arrival): void {
    const before = this.#arrivals.find(({ id }) => id === arrival.id)
    if (before !== undefined) {
      this.repeats += 1
      const troubles = this.#world.servers.flatMap((server) => server.troubles)
      if (!troubles.some((one) => explains(one, before.at, arrival.at)))
        this.#violations.add(
          "messages",
          `message ${arrival.id}`,
          `it came twice, ${Math.round(arrival.at - before.at)} ms apart, without a kill or a stop`,
        )
    }
    this.#arrivals.push(arrival)
    for (const number of arrival.numbers) {
      const id = this.#messageOf.get(number) ?? arrival.id
      this.#messageOf.set(number, id)
      if (id !== arrival.id)
        this.#violations.add(
          "messages",
          `event ${number}`,
          `it came in two messages, ${id} and ${arrival.id}`,
        )
    }
  }
}

function explains({ from, until }: Trouble, first: number, second: number): boolean {
  return from <= second && until >= first - repeatsForMs
}
