import { providerLabels } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { formatCount } from "#copy/counts.ts"
import { toNetworkPath } from "#copy/peerings.ts"
import { ConnectionChapter, nameConnection, nameState } from "./ConnectionChapter.tsx"
import { formatUtc, nextActors } from "./report-words.ts"
import type { Report } from "./report.ts"

/** A report for people who decide on changes: what there is, who asked for it and why, what was done, and how to prove that. */
export function ReportDocument({ report }: { report: Report }) {
  const { connections, madeAt, madeBy, origin, checkpoint } = report
  return (
    <main>
      <header>
        <p className="product">Peering Desk</p>
        <h1>{nameReport(report)}</h1>
        <p className="fine">
          {formatUtc(madeAt)}, by {madeBy} at {origin}. It shows that moment and does not change.
        </p>
      </header>
      {connections.length > 1 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Connection</th>
              <th scope="col">Project</th>
              <th scope="col">Cloud</th>
              <th scope="col">Network</th>
              <th scope="col">State</th>
              <th scope="col">Acts next</th>
              <th scope="col">Requested by</th>
            </tr>
          </thead>
          <tbody>
            {connections.map((facts) => {
              const { peer, id, createdBy } = facts.peering
              return (
                <tr key={`${facts.projectName} ${id}`}>
                  <td>{nameConnection(facts)}</td>
                  <td>{facts.projectName}</td>
                  <td>{providerLabels[peer.providerName]}</td>
                  <td>{toNetworkPath(peer)}</td>
                  <td>{nameState(facts, madeAt)}</td>
                  <td>{facts.deletion === null ? nextActors[getWaitingOn(peer)] : "Nobody"}</td>
                  <td>{createdBy ?? "–"}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {connections.map((facts) => (
        <ConnectionChapter
          key={`${facts.projectName} ${facts.peering.id}`}
          facts={facts}
          // The report itself is named after its only connection.
          title={connections.length === 1 ? "Summary" : nameConnection(facts)}
          now={madeAt}
        />
      ))}
      <section>
        <h2>Checkpoint of the audit log</h2>
        {checkpoint === null ? (
          <p>The audit log had no signed end, so these entries can't be proved from this report.</p>
        ) : (
          <>
            <p>
              The signed end of the audit log after the entries above. An auditor pastes it into{" "}
              <em>Audit log, Verify integrity</em>: if it matches, no entry up to it was changed or removed
              since. An entry is unchanged if its hash is the one above.
            </p>
            <pre>{checkpoint}</pre>
          </>
        )}
      </section>
    </main>
  )
}

/** Names a report: its only connection, or the number of them. */
export function nameReport({ connections }: Report): string {
  const [only] = connections
  return connections.length === 1 && only !== undefined
    ? `Connection report: ${nameConnection(only)}`
    : `Connection report: ${formatCount(connections.length, "connection")}`
}
