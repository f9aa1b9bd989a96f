import type { Peering } from "@peering-desk/shared-schemas"
import { toStations, type NextStep, type Station, type WaitingOn } from "@peering-desk/peering-rules"
import { Timestamp, Remaining } from "#ui/time/Timestamp.tsx"
import { getStatusName } from "#copy/peerings.ts"
import styles from "./ProgressSteps.module.css"

const positions: Record<Station["position"], string> = { done: "Done: ", now: "Now: ", ahead: "Ahead: " }

/** Whose each station is. Nobody has to do anything for the last one. */
const owners: Record<WaitingOn, string> = {
  atlas: "Atlas",
  you: "you",
  works: "",
  failed: "",
  closing: "Atlas",
  unknown: "",
}

/** The way of a connection: where it has been and when, where it is and whose turn that makes it, what lies ahead. */
export function ProgressSteps({
  peering,
  step,
  isGone,
}: {
  peering: Peering
  step: NextStep
  /** Whether Atlas lists it no more: then it has only been somewhere. */
  isGone: boolean
}) {
  const [first] = peering.history
  const all = toStations(peering)
  const stations = isGone ? all.flatMap(toPassed) : all
  return (
    <ol className={styles.stations} aria-label="Stations">
      {stations.map((station) => (
        <li
          key={station.status}
          className={styles.station}
          data-position={station.position}
          data-turn={station.turn}
          aria-current={station.position === "now" ? "step" : undefined}
        >
          <span className={styles.mark} aria-hidden="true" />
          <span className={styles.name}>
            <span className="visually-hidden">{positions[station.position]}</span>
            {getStatusName(station.status)}
          </span>
          <span className={styles.when}>
            <When
              station={station}
              step={step}
              beginSeen={peering.beginSeen || first?.status !== station.status}
            />
          </span>
        </li>
      ))}
    </ol>
  )
}

function toPassed(station: Station): Station[] {
  return station.position === "ahead" ? [] : [{ ...station, position: "done" }]
}

function When({ station, step, beginSeen }: { station: Station; step: NextStep; beginSeen: boolean }) {
  const owner = owners[station.turn]
  if (station.position === "ahead") return owner
  if (station.position === "now" && station.turn === "you") {
    const deadline = step.kind === "accept-in-aws" ? step.deadline : null
    return deadline === null ? "you" : <>you, {<Remaining until={deadline} atMost={!beginSeen} />}</>
  }
  if (station.at === null) return "not seen"
  const moment = <Timestamp at={station.at} />
  if (!beginSeen) return <>before {moment}</>
  if (station.position === "now" && owner !== "") {
    return (
      <>
        {owner}, since {moment}
      </>
    )
  }
  return moment
}
