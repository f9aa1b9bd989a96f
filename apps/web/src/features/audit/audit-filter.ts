import type { AuditFilter } from "@peering-desk/shared-schemas"
import { actionWords, outcomeWords } from "#copy/audit.ts"

export type FilterName = keyof AuditFilter

const names: readonly FilterName[] = ["from", "until", "actor", "action", "projectId", "outcome", "text"]
const longestText = 200

/** Reads what the trail is narrowed to from the address; what the server would not understand is left out. */
export function readAuditFilter(search: URLSearchParams): AuditFilter {
  const found = names.map((name) => [name, search.get(name) ?? ""] as const)
  return Object.fromEntries(found.filter(([name, value]) => isUsable(name, value)))
}

/** The address of a filter, in which one thing is different; an empty text takes it out. */
export function changeAuditFilter(search: URLSearchParams, name: FilterName, value: string): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === "") next.delete(name)
  else next.set(name, value)
  return next
}

function isUsable(name: FilterName, value: string): boolean {
  if (value === "") return false
  switch (name) {
    case "from":
    case "until":
      return !Number.isNaN(Date.parse(value))
    case "action":
      return Object.hasOwn(actionWords, value)
    case "outcome":
      return Object.hasOwn(outcomeWords, value)
    case "actor":
    case "projectId":
    case "text":
      return value.length <= longestText
  }
}

/** An instant as `<input type="datetime-local">` holds it: on the person's own clock, without a time zone. */
export function toLocalInput(instant: string | undefined): string {
  if (instant === undefined) return ""
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant that such an input holds; an empty text for none. */
export function fromLocalInput(local: string): string {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? "" : at.toISOString()
}
