import {
  getWaitingOn,
  planPath,
  toDraftOf,
  toRunbook,
  toTickId,
  type PlannedAct,
} from "@peering-desk/peering-rules"
import type { Peering, StepDone, TimelineAct } from "@peering-desk/shared-schemas"
import { toActionWords, toOutcomeName } from "#copy/audit.ts"
import { networkKinds } from "#copy/hand-off.ts"
import { getStatusName } from "#copy/peerings.ts"
import { listActivity, type ActivityRow } from "#shared/history/activity-rows.ts"
import { gapWords } from "#shared/history/gap-words.ts"
import { formatResult, formatUtc } from "./report-words.ts"
import type { ConnectionFacts } from "./report.ts"

const actors: Record<PlannedAct["by"], string> = {
  atlas: "Atlas",
  owner: "Network owner",
  project: "Atlas project",
}

/** Lists the acts that lead to a connection, each with its result. */
export function listActs({ peering, container, path, deletion }: ConnectionFacts): string[][] {
  const { peer } = peering
  // Nothing is known beforehand: the plan names every act.
  const known = { container, facts: null, entries: { value: [], at: null }, checkedAt: null, now: 0 }
  const created = formatCreated(peering)
  const begun = getWaitingOn(peer) === "failed" ? `Requested, ${created}, and failed` : `Done, ${created}`
  const { acts } = planPath(toDraftOf(peer, container), known)
  return acts.map(({ number, by, says, stopId }) => {
    const stop = path.stops.find(({ id }) => id === stopId)
    if (stopId === "peering" && by === "atlas") return [`${number}`, actors[by], says, begun]
    return [
      `${number}`,
      actors[by],
      says,
      deletion !== null || stop === undefined ? "Not known" : formatResult(stop),
    ]
  })
}

/** Lists who asked, approved, accepted, declined and deleted, when and why. */
export function listPeople({ peering, deletion, timeline }: ConnectionFacts): string[][] {
  const { origin, createdBy, createReason, declined, peer } = peering
  const isHere = origin === "created-here"
  const approved = timeline.acts.flatMap(({ kind, approvedBy, at, action }) =>
    approvedBy === undefined || kind === "outcome"
      ? []
      : [["Approved", approvedBy, formatUtc(at), toActionWords(action)]],
  )
  return [
    [
      isHere ? "Asked" : "Created in Atlas",
      createdBy ?? "Not known",
      formatCreated(peering),
      isHere ? (createReason ?? "No reason given") : "Imported from Atlas",
    ],
    ...approved,
    ...listAcceptance(timeline.observations, `Owner of the ${networkKinds[peer.providerName]}`),
    ...(declined === undefined
      ? []
      : [["Declined", declined.for ?? "Network owner", formatUtc(declined.at), declined.reason]]),
    ...(deletion === null
      ? []
      : [
          [
            "Deleted",
            deletion.by ?? "Somebody outside Peering Desk",
            formatUtc(deletion.at),
            deletion.reason ?? "No reason given",
          ],
        ]),
  ]
}

function formatCreated({ createdAt, createdEarliest, firstSeenAt }: Peering): string {
  if (createdAt !== null) return formatUtc(createdAt)
  return createdEarliest === undefined
    ? `first seen ${formatUtc(firstSeenAt)}`
    : `${formatUtc(createdEarliest)} or later`
}

/** The first status after one that waited for the owner says that they acted. Azure waits for nobody. */
function listAcceptance(
  observations: ConnectionFacts["timeline"]["observations"],
  owner: string,
): string[][] {
  const waited = observations.findIndex(({ turn }) => turn === "you")
  const seen = observations.slice(waited).find(({ turn }) => turn === "atlas" || turn === "works")
  return waited === -1 || seen === undefined
    ? []
    : [["Accepted", owner, formatUtc(seen.at), `Seen in Atlas: ${getStatusName(seen.status)}`]]
}

/** One line of the events, with the audit entry that proves it; null for what Atlas showed. */
export interface ReportEvent {
  at: string
  who: string
  what: string
  entry: Pick<TimelineAct, "sequence" | "hash"> | null
}

/** Lists what people did and Atlas showed, oldest first. Includes marks that the audit log has no entry for. */
export function listEvents({ peering, container, timeline }: ConnectionFacts): ReportEvent[] {
  const titles = new Map(
    toRunbook(peering.peer, container).map(({ id, title }) => [toTickId(id, peering.peer), title]),
  )
  const nameStep = (step: string) => titles.get(step) ?? step
  const audited = new Set(timeline.acts.map(({ action, step }) => (action === "step-marked" ? step : "")))
  const marks = Object.entries(peering.steps ?? {}).filter(([step]) => !audited.has(step))
  return [
    ...listActivity(timeline)
      .toReversed()
      .map((row) => toEvent(row, nameStep)),
    ...marks.map(([step, mark]) => toMarkEvent(nameStep(step), mark)),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

function toMarkEvent(title: string, { by, at }: StepDone): ReportEvent {
  return { at, who: by, what: `${toActionWords("step-marked")}: ${title}`, entry: null }
}

function toEvent(row: ActivityRow, nameStep: (step: string) => string): ReportEvent {
  const { at } = row
  switch (row.kind) {
    case "status": {
      const { what, status } = row.observation
      const word = status === null || what === "gone" ? "" : ` (${status})`
      const says = what === "gone" ? "No longer in Atlas" : `${getStatusName(status)}${word}`
      return { at, who: "Atlas", what: says, entry: null }
    }
    case "gap":
      return {
        at,
        who: "Peering Desk",
        what: `${gapWords[row.gap.why]} until ${formatUtc(row.gap.until)}`,
        entry: null,
      }
    case "action": {
      const { who, last } = row
      const { action, reason, step } = row.act
      const title = [toActionWords(action), step === undefined ? "" : nameStep(step)]
      return {
        at,
        who,
        what: [
          title.filter(Boolean).join(": ") +
            (last.outcome === null ? "" : `: ${toOutcomeName(last.outcome)}`),
          last.answerCode,
          reason,
        ]
          .filter(Boolean)
          .join(" · "),
        entry: last,
      }
    }
  }
}
