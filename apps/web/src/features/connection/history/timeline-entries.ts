import type { Observation, Timeline, TimelineAct, TimelineGap } from "@peering-desk/shared-schemas"

/** One line of a timeline, with the time it begins at. */
export type TimelineEntry =
  | { kind: "seen"; at: string; observation: Observation }
  | { kind: "gap"; at: string; gap: TimelineGap }
  | { kind: "act"; at: string; act: TimelineAct }

/** Merges all entries in order of time. Of one moment, acts come first, since they are the cause. */
export function toTimelineEntries({ observations, gaps, acts }: Timeline): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...acts.map((act): TimelineEntry => ({ kind: "act", at: act.at, act })),
    ...gaps.map((gap): TimelineEntry => ({ kind: "gap", at: gap.from, gap })),
    ...observations.map((observation): TimelineEntry => ({ kind: "seen", at: observation.at, observation })),
  ]
  return entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

/** Finds the observation that was known at a moment; null before the first poll that showed the peering. */
export function toStateAt({ observations }: Timeline, at: string): Observation | null {
  return observations.findLast((observation) => Date.parse(observation.at) <= Date.parse(at)) ?? null
}

const gapWords: Record<TimelineGap["why"], string> = {
  "not-watched": "Nobody looked",
  atlas: "Atlas did not answer",
  forgotten: "Seen, and not kept any more",
}

export function toGapWords({ why }: TimelineGap): string {
  return gapWords[why]
}

/** Finds the gap that a moment lies in; null when the peering was polled then. */
export function findGap({ gaps }: Timeline, at: string): TimelineGap | null {
  const moment = Date.parse(at)
  return gaps.find(({ from, until }) => Date.parse(from) <= moment && moment < Date.parse(until)) ?? null
}
