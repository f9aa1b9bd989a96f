import type { ClusterBehind } from "@peering-desk/peering-rules"
import { useId } from "react"
import { StateText } from "#ui/marks/StateText.tsx"
import styles from "./connect.module.css"

/** The clusters behind a connection with their state and regions. One is chosen. */
export function ClusterChoice({
  behind,
  chosen,
  onChoose,
}: {
  behind: readonly ClusterBehind[]
  chosen: ClusterBehind
  onChoose: (clusterId: string) => void
}) {
  const group = useId()
  return (
    <fieldset className="flat unpadded narrow edge rounded-s">
      <legend className="visually-hidden">Cluster</legend>
      {behind.map((one) => (
        <label key={one.cluster.id} className={`grid level press wrap ${styles.cluster}`}>
          <input
            type="radio"
            className="tick"
            name={group}
            checked={one === chosen}
            onChange={() => onChoose(one.cluster.id)}
          />
          <strong>{one.cluster.name}</strong>
          <span className={`quiet text-13 ${styles.state}`}>{toState(one)}</span>
          <span className={`right quiet text-13 ${styles.regions}`}>
            {one.outside.length === 0 ? (
              one.within.join(", ")
            ) : (
              <StateText
                tone="you"
                words={`${one.within.join(", ")}; ${one.outside.join(", ")} out of reach`}
              />
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function toState({ cluster: { stateName, paused } }: ClusterBehind): string {
  const state = stateName ?? "No state"
  return paused === true ? `${state}, paused` : state
}
