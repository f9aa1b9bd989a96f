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
  const {
    name = "A connection",
    place,
    status,
    why,
    expiresAt,
    since,
    act = "",
    by,
    isDeclined,
  } = escapeInvisible(values)
  const what = `${actWords[act] ?? "change"} ${name}`
  switch (kind) {
    case "action-required":
      return about?.providerName === "GCP"
        ? `${name} waits for the peering from Google Cloud project ${place ?? "of its network"}.`
        : `${name} waits to be accepted in AWS account ${place ?? "of its network"}.`
    case "expires-soon":
      return `The request for ${name} expires on ${toMinute(expiresAt)} or soon after: accept it in AWS account ${place ?? "of its network"}.`
    case "declined":
      return `${by ?? "The network owner"} declined the request for ${name}: ${why ?? "no reason given"}`
    case "failed":
      return `${name} failed: ${why ?? "see its page for Atlas's answer"}.`
    case "available":
      return `${name} is available.`
    case "left-available":
      return status === null
        ? `${name} is no longer available: Atlas no longer lists it.`
        : `${name} is no longer available: its status is ${status ?? "unknown"}.`
    case "step-undone":
      return `A step of ${name} is undone: ${why ?? "see its page"}`
    case "broken-in-aws":
      return `${name} is broken in AWS: ${why ?? "see its page"}`
    case "cloud-role-refused":
      return `AWS refuses the role that reads the account ${name}: ${why ?? "see Cloud accounts"}`
    case "approval-requested":
      return `${by ?? "Somebody"} asks for approval to ${what}: ${why ?? "no reason given"}`
    case "approval-decided":
      return isDeclined === true
        ? `${by ?? "Somebody"} declined to ${what}: ${why ?? "no reason given"}`
        : `${by ?? "Somebody"} approved to ${what}.`
    case "key-expires":
      return `The secret of the Atlas credential ${name} ${why === "expired" ? "expired" : "expires"} on ${toMinute(expiresAt)}.`
    case "atlas-unreachable":
      return `Atlas has not answered since ${toMinute(since)}: statuses may be out of date.`
    case "route-switched-off":
      return `The notification route ${name} was switched off: ${why ?? "its messages failed"}.`
  }
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
