import { getStatusName } from "#copy/peerings.ts"
import { formatSpan } from "#ui/time/times.ts"
import type { AxisLayout, AxisSpan } from "./axis-layout.ts"
import { gapWords } from "./gap-words.ts"

/** Names a status and how long it lasted; one that lasts on has no end. */
export function toSpanWords(span: AxisSpan): string {
  return span.isCut ? toTitle(span) : `${toTitle(span)} ${formatSpan(span.ms)}`
}

function toTitle({ status, turn }: AxisSpan): string {
  return status === null && turn === "closing" ? "Deleted" : getStatusName(status)
}

/** Says what an axis shows, as the text alternative of its drawing. */
export function describeAxis({ spans, gaps, medians }: AxisLayout): string {
  return [
    ...spans.map(toSpanWords),
    ...gaps.map(({ why, ms }) => `${gapWords[why]} for ${formatSpan(ms)}`),
    ...medians.map(({ ms }) => `Median ${formatSpan(ms)}`),
  ].join(", ")
}
