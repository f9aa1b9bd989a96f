import type { Container, Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { Suspense, useState } from "react"
import { flushSync } from "react-dom"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { ConnectSection } from "#features/connection/connect/lazy-connect.ts"
import { KnownWay } from "#features/connection/facts/lazy-known-way.ts"
import { ReachFold } from "#shared/last-mile/ReachFold.tsx"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { toTool, type Way } from "#shared/setup/way.ts"
import { FailedPlan } from "./FailedPlan.tsx"
import styles from "./setup.module.css"
import { toStepButtonId } from "./setup-steps.ts"
import { StepList } from "./StepList.tsx"
import { StepRow } from "./StepRow.tsx"
import { TryIt } from "./TryIt.tsx"

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
  const turn = getWaitingOn(peer)
  const isFailed = turn === "failed"
  const isWorking = turn === "works"
  const [clusterId, chooseCluster] = useState<string | null>(null)

  function openStep(stepId: string) {
    // A step that is done may show only now.
    flushSync(() => onOpen(stepId))
    document.getElementById(toStepButtonId(stepId))?.focus()
  }

  const [isSideOpen, setSideOpen] = useState(false)
  const { data: known } = useQuery(networkFactsQuery(peering))
  // Nothing is known yet and no role reads it, so it takes one line. It stays where it was opened.
  const isSideFolded =
    isWorking && (isSideOpen || (peering.factsAt === undefined && known?.account === undefined))
  const knownWay = steps.length > 0 && (
    <Suspense fallback={<div className={styles.wayPlace} aria-busy="true" />}>
      <div className={styles.way}>
        <KnownWay peering={peering} container={container} steps={steps} onOpenStep={openStep} />
      </div>
    </Suspense>
  )

  return (
    <>
      {isFailed && (
        <div className={styles.failed}>
          <FailedPlan peering={peering} container={container} />
        </div>
      )}
      {isWorking && (
        // Only this part waits for its script, in a place as high as it will be.
        <Suspense fallback={<div className={styles.connectPlace} aria-busy="true" />}>
          <ConnectSection
            peering={peering}
            container={container}
            clusterId={clusterId}
            onChooseCluster={chooseCluster}
          >
            {isSideFolded && (
              <details onToggle={({ currentTarget }) => currentTarget.open && setSideOpen(true)}>
                <summary>
                  Your side: <strong>{peering.factsAt === undefined ? "Not checked" : "Looked up"}</strong>
                </summary>
                {isSideOpen && knownWay}
              </details>
            )}
          </ConnectSection>
        </Suspense>
      )}
      {(isFailed || isWorking) && !isSideFolded && knownWay}
      {steps.length > 0 && (
        <section aria-label="Setup steps" className={isFailed ? styles.below : undefined}>
          <StepList
            title={
              // Below another part, the steps need a title to be found by.
              <h2 className={isFailed || isWorking ? undefined : "visually-hidden"}>
                {isFailed ? "Prerequisites" : "Setup steps"}
              </h2>
            }
            steps={steps}
            isWorking={isWorking}
            open={open}
          >
            {(one, number) => (
              <StepRow
                key={one.step.id}
                number={number}
                setupStep={one}
                peering={peering}
                container={container}
                tool={toTool(way, peer.providerName)}
                isOpen={open === one.step.id}
                onToggle={(isOpen) => onOpen(isOpen ? one.step.id : null)}
                renderTest={(commands) => (
                  <TryIt
                    peering={peering}
                    container={container}
                    clusterId={clusterId}
                    onChooseCluster={chooseCluster}
                    onOpenStep={openStep}
                  >
                    {commands}
                  </TryIt>
                )}
              />
            )}
          </StepList>
        </section>
      )}
      {steps.length > 0 && !isFailed && !isWorking && (
        <>
          {knownWay}
          <ReachFold providerName={peer.providerName} atlasCidr={container?.atlasCidrBlock ?? null} />
        </>
      )}
    </>
  )
}
