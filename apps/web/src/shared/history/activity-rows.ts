import type { Observation, Timeline, TimelineAct, TimelineGap } from "@peering-desk/shared-schemas"

/** One line of the activity, with the time it begins at. */
export type ActivityRow =
  | { kind: "status"; at: string; observation: Observation }
  | { kind: "gap"; at: string; gap: TimelineGap }
  | {
      kind: "action"
      at: string
      who: string
      act: TimelineAct
      /** Its outcome, once there is one; else the act itself. */
      last: TimelineAct
    }

/** Lists status changes, gaps and user actions, newest first. Of one moment the action comes first in time: it is the cause. */
export function listActivity({ observations, gaps, acts }: Timeline): ActivityRow[] {
  const outcomes = new Map(
    acts.flatMap((act) => (act.kind === "outcome" ? [[act.attemptSequence, act] as const] : [])),
  )
  const attempts = new Set(acts.map(({ sequence }) => sequence))
  const rows: ActivityRow[] = [
    ...acts
      // An outcome is shown with its attempt, if that still exists.
      .filter(({ kind, attemptSequence }) => kind !== "outcome" || !attempts.has(attemptSequence ?? -1))
      .map((act): ActivityRow => ({
        kind: "action",
        at: act.at,
        who: act.by ?? (act.action.startsWith("hand-off") ? "Link holder" : "Peering Desk"),
        act,
        last: outcomes.get(act.sequence) ?? act,
      })),
    ...gaps.map((gap): ActivityRow => ({ kind: "gap", at: gap.from, gap })),
    ...listChanges(observations).map((observation): ActivityRow => ({
      kind: "status",
      at: observation.at,
      observation,
    })),
  ]
  return rows.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).toReversed()
}

/** Lists the observations that show another status than the one before. */
export function listChanges(observations: readonly Observation[]): Observation[] {
  return observations.filter((one, index) => {
    const before = observations[index - 1]
    return before === undefined || before.what !== one.what || before.status !== one.status
  })
}
