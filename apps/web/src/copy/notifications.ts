import { capitalize } from "@peering-desk/peering-rules"
import {
  notificationKinds,
  type Delivery,
  type MailChoice,
  type NotificationChannel,
  type NotificationKind,
  type NotificationRoute,
} from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** Every event in the order of choices. */
export const kindsOfChoices = Object.keys(notificationKinds) as NotificationKind[]

export const channelNames: Record<NotificationChannel, string> = {
  webhook: "Webhook",
  slack: "Slack",
  teams: "Microsoft Teams",
  email: "E-mail",
}

/** Says which address a channel takes. */
export const addressHints: Record<Exclude<NotificationChannel, "email">, string> = {
  webhook: "Receives signed JSON (Standard Webhooks)",
  slack: "From Slack: Incoming Webhooks",
  teams: "From Teams: Workflows, Send webhook alerts to a channel",
}

interface StateWords {
  tone: Tone
  words: string
  below: string | null
}

/** Returns the state of a route in a list. */
export function toRouteState({ off, last }: Pick<NotificationRoute, "off" | "last">): StateWords {
  if (off !== null) return { tone: "closing", words: "Off", below: capitalize(off.why) }
  if (last === null) return { tone: "unknown", words: "Nothing sent yet", below: null }
  return toDeliveryState(last)
}

/** Returns the state of a message in a list. */
export function toDeliveryState({ state, lastAnswer, attempts }: Delivery): StateWords {
  if (state === "sent") return { tone: "works", words: "Sent", below: lastAnswer }
  if (state === "failed") return { tone: "failed", words: "Failed", below: lastAnswer }
  if (attempts === 0) return { tone: "atlas", words: "Waiting", below: null }
  return { tone: "you", words: "Trying again", below: lastAnswer }
}

/** Names the events of a route: `All events`, `Failed`, `Failed and 2 more`. */
export function nameEvents(events: readonly NotificationKind[]): string {
  if (events.length === kindsOfChoices.length) return "All events"
  const [first, ...more] = kindsOfChoices.filter((kind) => events.includes(kind))
  if (first === undefined) return "No event"
  return more.length === 0
    ? notificationKinds[first].title
    : `${notificationKinds[first].title} and ${more.length} more`
}

/** Why a person gets no e-mail. */
export const addressWords: Record<
  NonNullable<MailChoice["addressProblem"]>,
  { title: string; advice: string }
> = {
  missing: {
    title: "Your account has no e-mail address",
    advice: "The address comes from your identity provider.",
  },
  unverified: {
    title: "Your e-mail address isn't verified",
    advice:
      "Your identity provider gives an address without confirming that it is yours (email_verified). No e-mail is sent to it.",
  },
  invalid: {
    title: "Your e-mail address can't be used",
    advice: "Your identity provider doesn't give exactly one address. No e-mail is sent to it.",
  },
}
