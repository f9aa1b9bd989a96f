import type { AuditFilter } from "@peering-desk/shared-schemas"
import { textField, type FilterFields } from "#ui/hooks/use-search-filter.ts"
import { actionWords, outcomeWords } from "#copy/audit.ts"

export type AuditFilterTexts = Record<keyof AuditFilter, string>

const isMoment = (text: string) => !Number.isNaN(Date.parse(text))
const isShort = (text: string) => text.length <= 200

/** The filter of the audit log. A text that the server would refuse counts as empty. */
export const auditFields: FilterFields<AuditFilterTexts> = {
  from: textField("from", isMoment),
  until: textField("until", isMoment),
  actor: textField("actor", isShort),
  action: textField("action", (text) => Object.hasOwn(actionWords, text)),
  projectId: textField("projectId", isShort),
  outcome: textField("outcome", (text) => Object.hasOwn(outcomeWords, text)),
  text: textField("text", isShort),
}

/** Returns the filter as the server takes it, without empty texts. */
export function toAuditFilter(texts: AuditFilterTexts): AuditFilter {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""))
}

/** Formats an instant for `<input type="datetime-local">`: on the person's clock, without a time zone. */
export function toLocalInput(instant: string): string {
  if (instant === "") return ""
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Returns the instant of such an input; an empty text for none. */
export function fromLocalInput(local: string): string {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? "" : at.toISOString()
}
