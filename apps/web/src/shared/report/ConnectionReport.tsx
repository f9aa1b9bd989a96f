import { providerLabels, readStatus } from "@peering-desk/shared-schemas"
import {
  computeExpiry,
  explainFailure,
  failedWhileAvailable,
  getWaitingOn,
} from "@peering-desk/peering-rules"
import { nameStop } from "#copy/stops.ts"
import { listAtlasFacts, listOwnFacts } from "#copy/network-facts.ts"
import { namePeering, notGiven } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { toAtlasNetwork, toOwnNetwork } from "#shared/path/path-networks.ts"
import { ReportPath } from "./ReportPath.tsx"
import { ReportTable } from "./ReportTable.tsx"
import { listActs, listEvents, listPeople } from "./report-rows.ts"
import { formatResult, formatUtc } from "./report-words.ts"
import type { ConnectionFacts } from "./report.ts"

/** As many events as fit on two pages with the rest. */
const mostEvents = 15

/** Everything about one connection, on at most two pages of A4. */
export function ConnectionReport({ facts, now }: { facts: ConnectionFacts; now: number }) {
  const { peering, container, path, projectName } = facts
  const { peer, createReason } = peering
  const proven = path.stops.filter(({ state }) => state === "proven").length
  const own = toOwnNetwork(peer, container, facts.facts)
  const atlas = toAtlasNetwork(container, projectName)
  return (
    <section>
      <header>
        <h2>{namePeering(peering)}</h2>
        <p>
          {providerLabels[peer.providerName]} peering in {projectName}
          {createReason !== undefined && <q>{createReason}</q>}
        </p>
        <p className="state">
          {nameState(facts, now)} · {proven} of {path.stops.length} proven
        </p>
        <p className="fine">{listFinePrint(facts).join(" · ")}</p>
      </header>
      <ReportPath
        path={path}
        own={{ ...own, facts: listOwnFacts(peer) }}
        atlas={{ ...atlas, facts: [...listAtlasFacts(peer, container), ...atlas.facts] }}
      />
      <ReportTable title="Plan" head={["No.", "Who", "Act", "Result"]} rows={listActs(facts)} />
      <ReportTable title="Who" head={["Act", "Who", "When", "Why"]} rows={listPeople(facts)} />
      <ReportTable
        title="Checks"
        head={["Stop", "What is known", "Result"]}
        rows={path.stops.map((stop) => [nameStop(stop, peer.providerName), stop.says, formatResult(stop)])}
      />
      <Events facts={facts} />
    </section>
  )
}

function Events({ facts }: { facts: ConnectionFacts }) {
  const events = listEvents(facts)
  const earlier = events.slice(0, -mostEvents)
  const entries = earlier.flatMap(({ entry }) => entry?.sequence ?? [])
  const span = entries.length === 0 ? "" : `, entries ${Math.min(...entries)}–${Math.max(...entries)}`
  return (
    <ReportTable
      title="Events"
      note={earlier.length === 0 ? null : `${earlier.length} earlier${span}`}
      head={["Time", "Who", "What", "Entry", "SHA-256"]}
      rows={events
        .slice(-mostEvents)
        .map(({ at, who, what, entry }) => [
          formatUtc(at),
          who,
          what,
          entry === null ? "" : `${entry.sequence}`,
          entry === null ? "" : `${entry.hash.slice(0, 8)}…${entry.hash.slice(-4)}`,
        ])}
    />
  )
}

/** Describes the present state in two words. */
export function nameState({ peering, container, deletion }: ConnectionFacts, now: number): string {
  return summariseState(
    peering.peer,
    {
      atlasCidr: container?.atlasCidrBlock,
      deleted: deletion,
      declined: peering.declined,
      broken: peering.broken,
    },
    now,
  ).title
}

/** Lists why it failed, until when it waits, and the names by which it is found in Atlas and its cloud. */
function listFinePrint({ peering, deletion }: ConnectionFacts): string[] {
  const { peer, id, projectId } = peering
  const hasFailed = deletion === null && getWaitingOn(peer) === "failed"
  const { what, todo } = explainFailure(peer, failedWhileAvailable(peering))
  const expiry = deletion === null ? computeExpiry(peering) : null
  return [
    ...(hasFailed ? [`${what} ${todo}`] : []),
    ...(expiry === null ? [] : [`Expires not before ${formatUtc(expiry.earliest)}`]),
    `Status in Atlas ${deletion === null ? (readStatus(peer) ?? notGiven) : "not listed"}`,
    `Atlas project ${projectId}`,
    `Atlas peer ID ${id}`,
    ...(peer.providerName === "AWS" && peer.connectionId ? [`Peering ID ${peer.connectionId}`] : []),
    `Container ${peer.containerId ?? notGiven}`,
  ]
}
