import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn, toLimits } from "@peering-desk/peering-rules"
import { toTool, type Way } from "#shared/way.ts"
import layout from "#ui/layout.module.css"
import { FailedPlan } from "./FailedPlan.tsx"
import styles from "./setup.module.css"
import type { SetupStep } from "./setup-steps.ts"
import { StepRow } from "./StepRow.tsx"

/** Every step outside Atlas with the connection's own values. One is open at a time. */
export function SetupTab({
  peering,
  container,
  steps,
  way,
  open,
  onOpen,
}: {
  peering: Peering
  container: Container | null
  steps: readonly SetupStep[]
  way: Way
  /** The id of the open step. */
  open: string | null
  onOpen: (id: string | null) => void
}) {
  const { peer } = peering
  const isFailed = getWaitingOn(peer) === "failed"
  const limits = isFailed ? [] : toLimits(peer, container)
  return (
    <>
      {isFailed && (
        <div className={styles.failed}>
          <FailedPlan peering={peering} container={container} />
        </div>
      )}
      {steps.length > 0 && (
        <section aria-label="Setup steps" className={isFailed ? styles.below : undefined}>
          <h2 className={isFailed ? styles.title : "visually-hidden"}>
            {isFailed ? "Prerequisites" : "Setup steps"}
          </h2>
          <ol className={styles.steps}>
            {steps.map((one, index) => (
              <StepRow
                key={one.step.id}
                number={index + 1}
                setupStep={one}
                peering={peering}
                container={container}
                tool={toTool(way, peer.providerName)}
                isOpen={open === one.step.id}
                onToggle={(isOpen) => onOpen(isOpen ? one.step.id : null)}
              />
            ))}
          </ol>
        </section>
      )}
      {limits.length > 0 && (
        <section aria-label="Limitations" className={styles.below}>
          <h2 className={styles.title}>Limitations</h2>
          <ul className={layout.bullets}>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
