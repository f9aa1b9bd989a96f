import type { StateGroup, ViewName } from "@peering-desk/peering-rules"

/** The states that a list is filtered by, with the words of Overview. */
export const stateGroupWords = {
  you: "Action required",
  declined: "Declined by owner",
  broken: "Broken in the cloud",
  failed: "Failed",
  atlas: "In progress",
  works: "Available",
  closing: "Deleting",
  unknown: "Unknown status",
  deleted: "Deleted",
} as const satisfies Record<StateGroup, string>

/** The built-in views of the list. */
export const viewWords = {
  all: "All",
  attention: "Needs attention",
  declined: "Declined",
  expiring: "Expiring this week",
  mine: "Requested by me",
} as const satisfies Record<ViewName, string>

/** Says how many connections need attention: `11 need attention`. */
export function formatAttention(count: number): string {
  if (count === 0) return "nothing needs attention"
  return `${count.toLocaleString("en-US")} ${count === 1 ? "needs" : "need"} attention`
}

/** Says how much a person must act on now: `7 need you`. */
export function formatNeedsYou(count: number): string {
  if (count === 0) return "nothing needs you"
  return `${count.toLocaleString("en-US")} ${count === 1 ? "needs" : "need"} you`
}
