import { providerLabels, readStatus } from "@peering-desk/shared-schemas"
import {
  computeExpiry,
  explainFailure,
  failedWhileAvailable,
  getWaitingOn,
} from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { listAtlasFacts, listOwnFacts } from "#copy/network-facts.ts"
import { notGiven, toContainerPlace, toPeeringTitle, toPlace } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { listActivity } from "#shared/history/activity-rows.ts"
import { layOutAxis } from "#shared/history/axis-layout.ts"
import { ActivityTable } from "./ActivityTable.tsx"
import { AuditTable } from "./AuditTable.tsx"
import { PlanList } from "./PlanList.tsx"
import { ReportAxis } from "./ReportAxis.tsx"
import { formatUtc, nextActors } from "./report-words.ts"
import type { ConnectionFacts } from "./report.ts"

/** Everything about one connection. */
export function ConnectionChapter({
  facts,
  title,
  now,
}: {
  facts: ConnectionFacts
  title: string
  now: number
}) {
  const { peering, container, deletion, steps, timeline, projectName } = facts
  const { peer } = peering
  const axis = layOutAxis(timeline, now, {})
  const rows = listActivity(timeline).toReversed()
  return (
    <section>
      <h2>{title}</h2>
      <Facts rows={listSummary(facts, now)} />
      <h3>Networks</h3>
      <div className="networks">
        <div>
          <h4>Your network</h4>
          <Facts rows={[["Place", toPlace(peer, container)], ...listOwnFacts(peer).map(toRow)]} />
        </div>
        <div>
          <h4>Atlas container</h4>
          <Facts
            rows={[
              [
                "Place",
                container === null
                  ? notGiven
                  : `${providerLabels[peer.providerName]} · ${toContainerPlace(container)}`,
              ],
              ["Atlas project", `${projectName} (${peering.projectId})`],
              ...listAtlasFacts(peer, container).map(toRow),
              ["CIDR", container?.atlasCidrBlock ?? notGiven],
              ["Container", peer.containerId ?? notGiven],
            ]}
          />
        </div>
      </div>
      <h3>Request</h3>
      <Facts rows={listRequest(facts)} />
      {steps.length > 0 && (
        <>
          <h3>Plan</h3>
          <PlanList steps={steps} providerName={peer.providerName} />
        </>
      )}
      <h3>Activity</h3>
      {axis !== null && <ReportAxis layout={axis} />}
      {deletion === null && (
        <p className="fine">Polled at least every {timeline.lookEverySeconds} s unless a gap is listed.</p>
      )}
      <ActivityTable rows={rows} />
      <h3>Audit entries</h3>
      {timeline.acts.length === 0 ? (
        <p>The audit log has no entry about this connection.</p>
      ) : (
        <AuditTable acts={timeline.acts} />
      )}
    </section>
  )
}

/** What people call a connection. */
export function nameConnection({ peering }: ConnectionFacts): string {
  return peering.label ?? toPeeringTitle(peering.peer)
}

/** Describes the present state in two words. */
export function nameState({ peering, container, deletion }: ConnectionFacts, now: number): string {
  const deleted = deletion && { by: deletion.by }
  return summariseState(
    peering.peer,
    {
      atlasCidr: container?.atlasCidrBlock ?? null,
      deleted,
      declined: peering.declined,
      broken: peering.broken,
    },
    now,
  ).title
}

type Row = [label: string, value: ReactNode]

function listSummary(facts: ConnectionFacts, now: number): Row[] {
  const { peering, container, deletion } = facts
  const { peer } = peering
  const turn = getWaitingOn(peer)
  const failure =
    deletion === null && turn === "failed"
      ? explainFailure(peer, container, failedWhileAvailable(peering))
      : null
  const expiry = deletion === null ? computeExpiry(peering) : null
  return [
    ["State", <strong key="state">{nameState(facts, now)}</strong>],
    ...(failure === null ? [] : [["Why", `${failure.what} ${failure.todo}`] satisfies Row]),
    ["Acts next", deletion === null ? nextActors[turn] : "Nobody"],
    ...(expiry === null ? [] : [["Expires", `Not before ${formatUtc(expiry.earliest)}`] satisfies Row]),
    ["Status in Atlas", deletion === null ? (readStatus(peer) ?? notGiven) : "Not listed"],
    ["Atlas peer ID", peering.id],
    ...(peer.providerName === "AWS" && peer.connectionId
      ? [["Peering ID", peer.connectionId] satisfies Row]
      : []),
  ]
}

function listRequest({ peering, deletion }: ConnectionFacts): Row[] {
  const { origin, createdBy, createdAt, createReason, createdEarliest, firstSeenAt, declined } = peering
  const asked: Row[] =
    origin === "created-here"
      ? [
          ["Requested by", createdBy ?? "Unknown user"],
          ...(createdAt === null ? [] : [["Requested", formatUtc(createdAt)] satisfies Row]),
          ["Reason", createReason ?? "None given"],
        ]
      : [
          ["Source", "Imported from Atlas"],
          ...(createdBy === null ? [] : [["Created by", createdBy] satisfies Row]),
          createdAt !== null
            ? ["Created", formatUtc(createdAt)]
            : createdEarliest === undefined
              ? ["First observed", formatUtc(firstSeenAt)]
              : ["Created", `${formatUtc(createdEarliest)} or later`],
        ]
  if (declined !== undefined) asked.push(["Declined", `${formatUtc(declined.at)}: ${declined.reason}`])
  if (deletion === null) return asked
  return [
    ...asked,
    ["Deleted by", deletion.by ?? "Somebody outside Peering Desk"],
    ["Deleted", formatUtc(deletion.at)],
    ...(deletion.reason === null ? [] : [["Reason for deletion", deletion.reason] satisfies Row]),
  ]
}

function toRow({ label, value, shown }: { label: string; value: string | null; shown?: string }): Row {
  return [label, shown ?? value ?? notGiven]
}

function Facts({ rows }: { rows: readonly Row[] }) {
  return (
    <dl>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
