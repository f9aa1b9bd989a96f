import type { TimelineGap } from "@peering-desk/shared-schemas"

export const gapWords: Record<TimelineGap["why"], string> = {
  "not-watched": "Not monitored",
  atlas: "Atlas did not answer",
  forgotten: "Not shown",
}
