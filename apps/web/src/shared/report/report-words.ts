import {
  getWaitingOn,
  isBroken,
  isDeclined,
  type PathStop,
  type WaitingOn,
} from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import { nameStopState, toSourceWords } from "#copy/stops.ts"

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
})

/** A moment as every reader of a report has it, in UTC: `26 Nov 2026, 08:20:11`. */
export function formatUtc(instant: number | string): string {
  return moment.format(new Date(instant))
}

const nextActors: Record<WaitingOn, string> = {
  atlas: "Atlas",
  you: "The network owner",
  works: "Nobody",
  failed: "The requester",
  closing: "Atlas",
  unknown: "Not known",
}

/** Names who acts next: the requester after a decline, the owner of the network where something is broken in the cloud. */
export function nameNextActor({ peer, declined, broken }: Peering): string {
  const turn = getWaitingOn(peer)
  if (isDeclined({ turn, declined })) return nextActors.failed
  return nextActors[isBroken({ turn, broken }) ? "you" : turn]
}

/** Says where the state of a stop comes from, with its time; empty without a source. */
export function formatSource({ source, by, at }: PathStop): string {
  if (source === null) return ""
  const { before, after } =
    source === "mark" ? { before: "", after: `by ${by ?? "an unknown user"}` } : toSourceWords(source, by)
  return [before, at === null ? "" : formatUtc(at), after].filter(Boolean).join(" ")
}

/** Says how far a stop is: `Proven, Atlas 26 Nov 2026, 08:20:11`. */
export function formatResult(stop: PathStop): string {
  return [nameStopState(stop.state).word, formatSource(stop)].filter(Boolean).join(", ")
}
