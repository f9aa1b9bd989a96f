import { providerLabels } from "@peering-desk/shared-schemas"
import { formatCount } from "#copy/counts.ts"
import { namePeering, toNetworkPath } from "#copy/peerings.ts"
import { ConnectionReport, nameState } from "./ConnectionReport.tsx"
import { ReportTable } from "./ReportTable.tsx"
import { formatUtc, nameNextActor } from "./report-words.ts"
import type { Report } from "./report.ts"

/** A report for people who decide on changes: what there is, who asked for it and why, what was done, and how to prove that. */
export function ReportDocument({ report }: { report: Report }) {
  const { connections, madeAt, madeBy, origin, checkpoint } = report
  return (
    <main>
      <header>
        <h1>{connections.length === 1 ? "Connection report" : nameReport(report)}</h1>
        <p className="fine">
          {formatUtc(madeAt)} UTC, by {madeBy} at {origin}. All times are UTC.
        </p>
      </header>
      {connections.length > 1 && (
        <ReportTable
          head={["Connection", "Project", "Cloud", "Network", "State", "Acts next", "Requested by"]}
          rows={connections.map((facts) => {
            const { peer, createdBy } = facts.peering
            return [
              namePeering(facts.peering),
              facts.projectName,
              providerLabels[peer.providerName],
              toNetworkPath(peer),
              nameState(facts, madeAt),
              facts.deletion === null ? nameNextActor(facts.peering) : "Nobody",
              createdBy ?? "–",
            ]
          })}
        />
      )}
      {connections.map((facts) => (
        <ConnectionReport key={`${facts.projectName} ${facts.peering.id}`} facts={facts} now={madeAt} />
      ))}
      <footer className="fine">
        {checkpoint === null ? (
          "The audit log had no signed end, so these events can't be proved from this report."
        ) : (
          <>
            Audit log{toEnd(checkpoint)}, checkpoint <code>{checkpoint}</code>. Pasted into{" "}
            <em>Audit log, Verify integrity</em>, it shows later changes to these entries.
          </>
        )}
      </footer>
    </main>
  )
}

/** Names a report: its only connection, or the number of them. */
export function nameReport({ connections }: Report): string {
  const [only] = connections
  return connections.length === 1 && only !== undefined
    ? `Connection report: ${namePeering(only.peering)}`
    : `Connection report: ${formatCount(connections.length, "connection")}`
}

/** The entry that a checkpoint ends with: its second number is the time. */
function toEnd(checkpoint: string): string {
  const sequence = /^audit-head-\d+\.(\d+)\./.exec(checkpoint)?.[1]
  return sequence === undefined ? "" : ` to entry ${sequence}`
}
