import { choiceField, textField, type AuditFilter, type FilterFields } from "@peering-desk/shared-schemas"
import { formatLocalInput } from "#ui/time/times.ts"
import { actionWords, outcomeWords } from "#copy/audit.ts"

/** The spans that end now, in hours. */
const spanHours = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const
type Span = keyof typeof spanHours

export interface AuditFilterTexts extends Record<keyof AuditFilter, string> {
  /** A span that ends now, or times of one's own; empty for any time. */
  when: Span | "custom" | null
}

const isMoment = (text: string) =>
  /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
const isShort = (text: string) => text.length <= 200

/** The filter of the audit log. A text that the server would refuse counts as empty. */
export const auditFields: FilterFields<AuditFilterTexts> = {
  when: choiceField("when", ["hour", "day", "week", "month", "custom"] as const, null),
  from: textField("from", isMoment),
  until: textField("until", isMoment),
  actor: textField("actor", isShort),
  action: textField("action", (text) => Object.hasOwn(actionWords, text)),
  projectId: textField("projectId", isShort),
  outcome: textField("outcome", (text) => Object.hasOwn(outcomeWords, text)),
  text: textField("text", isShort),
}

/** Returns whether the filter gives its own times. */
export function hasOwnTimes({ when, from, until }: AuditFilterTexts): boolean {
  return when === "custom" || (when === null && (from !== "" || until !== ""))
}

/**
 * Returns the filter as the server takes it, without empty texts.
 * @param now the end of a span, milliseconds since 1970
 */
export function toAuditFilter({ when, ...texts }: AuditFilterTexts, now: number): AuditFilter {
  const times =
    when === null || when === "custom"
      ? {}
      : { from: new Date(now - spanHours[when] * 3_600_000).toISOString(), until: "" }
  return Object.fromEntries(Object.entries({ ...texts, ...times }).filter(([, text]) => text !== ""))
}

/** Formats an instant for `<input type="datetime-local">`: on the person's clock, without a time zone. */
export function toLocalInput(instant: string): string {
  return instant === "" ? "" : formatLocalInput(instant)
}

/** Returns the instant of such an input; an empty text for none. The last minute counts whole. */
export function fromLocalInput(local: string, name: "from" | "until"): string {
  const at = new Date(local).getTime() + (name === "until" ? 59_999 : 0)
  return Number.isNaN(at) ? "" : new Date(at).toISOString()
}
