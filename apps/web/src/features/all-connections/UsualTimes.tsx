import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import { providerLabels, type TimeInState } from "@peering-desk/shared-schemas"
import { Card } from "#ui/Card.tsx"
import { formatSpan } from "#ui/time/times.ts"
import styles from "./all-connections.module.css"

const columns = ["State", "Half within", "9 of 10 within", "Seen"]

/** The time that connections stayed in each temporary state, as far as this installation saw both ends. */
export function UsualTimes({ times }: { times: readonly TimeInState[] }) {
  const passing = times.filter(({ providerName, status }) => {
    const turn = getStatusWaitingOn(providerName, status)
    return turn !== "works" && turn !== "failed"
  })
  if (passing.length === 0) return null
  return (
    <Card title="How long a state lasts here">
      <table className={styles.times}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {passing.map(({ providerName, status, p50Ms, p90Ms, count }) => (
            <tr key={`${providerName} ${status}`}>
              <th scope="row">
                {providerLabels[providerName]} <code>{status}</code>
              </th>
              <td>{formatSpan(p50Ms)}</td>
              <td>{formatSpan(p90Ms)}</td>
              <td>{count.toLocaleString("en-US")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
