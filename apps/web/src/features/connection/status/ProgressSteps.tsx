import type { Peering } from "@peering-desk/shared-schemas"
import {
  listProgressSteps,
  type NextStep,
  type ProgressStep,
  type WaitingOn,
} from "@peering-desk/peering-rules"
import { Timestamp, Remaining } from "#ui/time/Timestamp.tsx"
import { getStatusName } from "#copy/peerings.ts"
import styles from "./ProgressSteps.module.css"

const positions: Record<ProgressStep["position"], string> = { done: "Done: ", now: "Now: ", ahead: "Ahead: " }

/** Names who has to do each step; nobody has to for the last one. */
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
  nextStep,
  isGone,
}: {
  peering: Peering
  nextStep: NextStep
  /** Atlas no longer lists it, so only past steps are shown. */
  isGone: boolean
}) {
  const [first] = peering.history
  const all = listProgressSteps(peering)
  const steps = isGone ? all.flatMap(toPassed) : all
  return (
    <ol className={styles.steps} aria-label="Stations">
      {steps.map((step) => (
        <li
          key={step.status}
          className={styles.step}
          data-position={step.position}
          data-turn={step.turn}
          aria-current={step.position === "now" ? "step" : undefined}
        >
          <span className={styles.mark} aria-hidden="true" />
          <span className={styles.name}>
            <span className="visually-hidden">{positions[step.position]}</span>
            {getStatusName(step.status)}
          </span>
          <span className={styles.when}>
            <When
              step={step}
              nextStep={nextStep}
              beginSeen={peering.beginSeen || first?.status !== step.status}
            />
          </span>
        </li>
      ))}
    </ol>
  )
}

function toPassed(step: ProgressStep): ProgressStep[] {
  return step.position === "ahead" ? [] : [{ ...step, position: "done" }]
}

function When({ step, nextStep, beginSeen }: { step: ProgressStep; nextStep: NextStep; beginSeen: boolean }) {
  const owner = owners[step.turn]
  if (step.position === "ahead") return owner
  if (step.position === "now" && step.turn === "you") {
    const deadline = nextStep.kind === "accept-in-aws" ? nextStep.deadline : null
    return deadline === null ? "you" : <>you, {<Remaining until={deadline} atMost={!beginSeen} />}</>
  }
  if (step.at === null) return "not seen"
  const moment = <Timestamp at={step.at} />
  if (!beginSeen) return <>before {moment}</>
  if (step.position === "now" && owner !== "") {
    return (
      <>
        {owner}, since {moment}
      </>
    )
  }
  return moment
}
