import { toActionWords, toOutcomeName } from "#copy/audit.ts"
import { getStatusName } from "#copy/peerings.ts"
import type { ActivityRow } from "#shared/history/activity-rows.ts"
import { gapWords } from "#shared/history/gap-words.ts"
import { formatUtc } from "./report-words.ts"

/** What was observed and done, oldest first. */
export function ActivityTable({ rows }: { rows: readonly ActivityRow[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const [what, who, detail] = toCells(row)
          return (
            <tr key={`${row.at} ${index}`}>
              <td className="time">{formatUtc(row.at)}</td>
              <td>{what}</td>
              <td>{who}</td>
              <td>{detail}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function toCells(row: ActivityRow): [what: string, who: string, detail: string] {
  switch (row.kind) {
    case "status": {
      const { what, status, after } = row.observation
      const seen = after === null ? "First observation" : `Not before ${formatUtc(after)}`
      return what === "gone"
        ? ["No longer in Atlas", "Atlas", seen]
        : [getStatusName(status), "Atlas", status === null ? seen : `${status}. ${seen}`]
    }
    case "gap":
      return [gapWords[row.gap.why], "Peering Desk", `Until ${formatUtc(row.gap.until)}`]
    case "action": {
      const { act, outcome } = row
      const end = outcome?.outcome ?? act.outcome
      const code = outcome?.answerCode ?? act.answerCode
      const entry = `Audit entry ${act.sequence}${outcome === null ? "" : ` and ${outcome.sequence}`}`
      return [
        end === null ? toActionWords(act.action) : `${toActionWords(act.action)}: ${toOutcomeName(end)}`,
        act.by ?? (act.action.startsWith("hand-off") ? "Link holder" : "Peering Desk"),
        [act.reason, code, entry].filter((part) => part !== null && part !== "").join(" · "),
      ]
    }
  }
}
