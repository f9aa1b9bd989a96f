import type { Peering } from "@peering-desk/shared-schemas"
import { Icon } from "#ui/marks/Icon.tsx"
import { useNow } from "#ui/time/now.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatSpan } from "#ui/time/times.ts"
import { listStepViews, type StepView } from "./progress-view.ts"
import styles from "./ProgressSteps.module.css"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"

const positions: Record<StepView["position"], string> = {
  done: "Done: ",
  now: "Now: ",
  ahead: "Ahead: ",
  failed: "Failed: ",
}

/** The way of a connection: where it was and when, where it is and whose turn that makes it, what is ahead. */
export function ProgressSteps({
  peering,
  deletedAt,
  usualTimes,
}: {
  peering: Peering
  /** When Atlas stopped listing it, so that only past steps are shown; null while it does. */
  deletedAt: string | null
  usualTimes: UsualTimes
}) {
  const steps = listStepViews(peering, deletedAt)
  const hasFailed = steps.some(({ position }) => position === "failed")
  return (
    <ol className={`grid ${styles.steps}`} aria-label="Progress">
      {steps.map((step) => (
        <li
          key={step.status}
          className={`narrow anchor ${styles.step}`}
          data-position={step.position}
          data-tone={step.turn}
          aria-current={step.position === "now" || step.position === "failed" ? "step" : undefined}
          title={step.position === "done" && step.at === null ? "Not observed" : undefined}
        >
          <span className={`middle afloat own-colours ${styles.mark}`} aria-hidden="true">
            {(step.position === "done" || step.turn === "works") && step.position !== "ahead" && (
              <Icon name="works" />
            )}
            {step.position === "failed" && <Icon name="failed" />}
          </span>
          <span className={`block wrap ink text-13 lines-18 strong ${styles.name}`}>
            <span className="visually-hidden">{positions[step.position]}</span>
            {step.title}
          </span>
          <span className={`block quiet small lines-16 ${styles.when}`}>
            <When step={step} isNotReached={hasFailed} usualMs={usualTimes[step.status] ?? null} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function When({
  step: { position, turn, owner, at, isAtExact, tookMs },
  isNotReached,
  usualMs,
}: {
  step: StepView
  isNotReached: boolean
  usualMs: number | null
}) {
  const now = useNow()
  const usual = usualMs === null ? "" : ` · usually ${formatSpan(usualMs)}`
  if (position === "ahead") {
    if (isNotReached) return "Not reached"
    return owner === null ? "Ready for traffic" : `${owner}${usual}`
  }
  if (position === "now" && owner !== null) return `${owner}${usual}`
  if (at === null) return null
  if (position === "now" && !isAtExact) return <>For at least {formatSpan(now - Date.parse(at))}</>
  if (!isAtExact) {
    return (
      <>
        Before <Timestamp at={at} />
      </>
    )
  }
  const took =
    tookMs === null
      ? ""
      : ` · took ${formatSpan(tookMs)}${usualMs === null ? "" : `, usually ${formatSpan(usualMs)}`}`
  return (
    <>
      {position === "now" && turn === "works" && "Since "}
      <Timestamp at={at} />
      {took}
    </>
  )
}
