import { escapeInvisible } from "@peering-desk/shared-schemas"
import type { NotificationEvent } from "./notifications.ts"

const actWords: Readonly<Record<string, string>> = {
  create: "create",
  delete: "delete",
  "request-again": "delete and request again",
}

/** Says an event in one sentence on one line. Invisible characters of names and reasons come as codes. */
export function toSentence({
  kind,
  about,
  values,
}: Pick<NotificationEvent, "kind" | "about" | "values">): string {
  const { name = "A connection", act = "", ...others } = escapeInvisible(values)
  const what = `${actWords[act] ?? "change"} ${name}`
  return sentences[kind]({ ...others, name, what, cloud: about?.providerName })
}

interface Said extends Omit<NotificationEvent["values"], "act"> {
  name: string
  what: string
  cloud: string | undefined
}

const sentences: Record<NotificationEvent["kind"], (said: Said) => string> = {
  "action-required": ({ name, place, cloud }) =>
    cloud === "GCP"
      ? `${name} waits for the peering from Google Cloud project ${place ?? "of its network"}.`
      : `${name} waits to be accepted in AWS account ${place ?? "of its network"}.`,
  "expires-soon": ({ name, expiresAt, place }) =>
    `The request for ${name} expires on ${toMinute(expiresAt)} or soon after: accept it in AWS account ${place ?? "of its network"}.`,
  declined: ({ by, name, why }) =>
    `${by ?? "The network owner"} declined the request for ${name}: ${why ?? "no reason given"}`,
  failed: ({ name, why }) => `${name} failed: ${why ?? "see its page for Atlas's answer"}.`,
  available: ({ name }) => `${name} is available.`,
  "left-available": ({ name, status }) =>
    status === null
      ? `${name} is no longer available: Atlas no longer lists it.`
      : `${name} is no longer available: its status is ${status ?? "unknown"}.`,
  "step-undone": ({ name, why }) => `A step of ${name} is undone: ${why ?? "see its page"}`,
  "broken-in-aws": ({ name, why }) => `${name} is broken in AWS: ${why ?? "see its page"}`,
  "cloud-role-refused": ({ name, why }) =>
    `AWS refuses the role that reads the account ${name}: ${why ?? "see Cloud accounts"}`,
  "approval-requested": ({ by, what, why }) =>
    `${by ?? "Somebody"} asks for approval to ${what}: ${why ?? "no reason given"}`,
  "approval-decided": ({ by, what, why, isDeclined }) =>
    isDeclined === true
      ? `${by ?? "Somebody"} declined a request to ${what}: ${why ?? "no reason given"}`
      : `${by ?? "Somebody"} approved a request to ${what}.`,
  "key-expires": ({ name, why, expiresAt }) =>
    `The secret of the Atlas credential ${name} ${why === "expired" ? "expired" : "expires"} on ${toMinute(expiresAt)}.`,
  "atlas-unreachable": ({ since }) =>
    `Atlas has not answered since ${toMinute(since)}: statuses may be out of date.`,
  "route-switched-off": ({ name, why }) =>
    `The notification route ${name} was switched off: ${why ?? "its messages failed"}.`,
}

/** Formats an instant like `27 Nov 2026, 18:12 UTC`. */
function toMinute(instant: string | undefined): string {
  if (instant === undefined) return "an unknown date"
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  })
  return `${format.format(new Date(instant))} UTC`
}
