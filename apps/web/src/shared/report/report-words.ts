import type { WaitingOn } from "@peering-desk/peering-rules"
import type { SetupStep } from "#shared/setup/setup-steps.ts"

const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZone: "UTC",
})

/** A moment as every reader of a report has it: `26 Nov 2026, 08:20:11 UTC`. */
export function formatUtc(instant: number | string): string {
  return `${moment.format(new Date(instant))} UTC`
}

/** Who acts next. */
export const nextActors: Record<WaitingOn, string> = {
  atlas: "Atlas",
  you: "The network owner",
  works: "Nobody",
  failed: "The requester",
  closing: "Atlas",
  unknown: "Not known",
}

/** Says how far a step is, and by what that is known. */
export function toStepState({ evidence, isReached }: SetupStep): string {
  switch (evidence.kind) {
    case "proven":
      if (evidence.by === "facts") return `Done, ${evidence.source} ${formatUtc(evidence.at)}`
      return evidence.at === null ? "Done, seen in Atlas" : `Done, seen in Atlas ${formatUtc(evidence.at)}`
    case "marked":
      return `Marked done by ${evidence.by}, ${formatUtc(evidence.at)}`
    case "not-checked":
      return "Not checked"
    case "awaited":
      return isReached ? "Not done" : "Later"
    case "unobservable":
      return isReached ? "Not marked as done" : "Later"
  }
}
