import type { TimelineAct } from "@peering-desk/shared-schemas"
import { toActionWords, toOutcomeName } from "#copy/audit.ts"
import { formatUtc } from "./report-words.ts"

/** The entries of the audit log, each with its hash. */
export function AuditTable({ acts }: { acts: readonly TimelineAct[] }) {
  return (
    <table className="audit">
      <thead>
        <tr>
          <th scope="col">Entry</th>
          <th scope="col">Time</th>
          <th scope="col">Action</th>
          <th scope="col">Person</th>
          <th scope="col">SHA-256 of the entry</th>
        </tr>
      </thead>
      <tbody>
        {acts.map(({ sequence, at, action, by, outcome, kind, hash }) => (
          <tr key={sequence}>
            <td>{sequence}</td>
            <td className="time">{formatUtc(at)}</td>
            <td>
              {toActionWords(action)}
              {outcome === null ? kind === "attempt" && ": attempt" : `: ${toOutcomeName(outcome)}`}
            </td>
            <td>{by ?? "–"}</td>
            <td>
              <code>{hash}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
