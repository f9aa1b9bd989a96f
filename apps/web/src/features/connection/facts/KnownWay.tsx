import { findCause, listStops, toLookUpSubject, toStatusSince, type Stop } from "@peering-desk/peering-rules"
import type { Container, KnownFacts, Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { networkFactsQuery, useAcceptFacts, usePasteFacts } from "#api/peerings/network-facts.ts"
import { nameHolder, nameStop } from "#copy/stops.ts"
import { toProblemWords } from "#copy/problems.ts"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import { usePermissions } from "#shared/permissions.ts"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Section } from "#ui/Section.tsx"
import { useNow } from "#ui/time/now.ts"
import { Contradictions } from "./Contradictions.tsx"
import { ReadByRole } from "./ReadByRole.tsx"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"
import { StopList } from "./StopList.tsx"
import { UsedParts } from "./UsedParts.tsx"

/** The way from the application to the cluster: what breaks it, what is known of each stop, and the look-up that tells more. */
export function KnownWay({
  peering,
  container,
  steps,
  onOpenStep,
}: {
  peering: Peering
  container: Container | null
  steps: readonly SetupStep[]
  onOpenStep: (stepId: string) => void
}) {
  const { peer, steps: marks } = peering
  const now = useNow()
  const { mayChange } = usePermissions()
  const { data, error } = useQuery(networkFactsQuery(peering))
  const paste = usePasteFacts(peering)
  const facts = data?.facts ?? null
  const since = toStatusSince(peering.history)
  const stops = useMemo(
    () => listStops(peer, container, facts, now, marks, since),
    [peer, container, facts, now, marks, since],
  )
  const cause = findCause(stops)
  const isBroken = cause?.state === "broken"
  const count = `${stops.filter(isProven).length} of ${stops.length} proven`
  return (
    <Section title={isBroken ? "Why does it not work?" : "Your side"} aside={count}>
      <div className="stack gap-12">
        {/* The rest of the page tells what Atlas waits for. */}
        {cause !== null && (isBroken || cause.source !== "atlas") && (
          <Cause
            cause={cause}
            name={nameStop(cause, peer.providerName)}
            step={steps.find(({ step }) => step.id === cause.stepId) ?? null}
            onOpenStep={onOpenStep}
          />
        )}
        {data?.account !== undefined && (
          <ReadByRole peering={peering} account={data.account} readWords={`Read. ${count}.`} />
        )}
        {error !== null && <ProblemNotice {...toProblemWords(error)} />}
        {data?.waiting != null && <WaitingFacts peering={peering} waiting={data.waiting} />}
        {facts !== null || isBroken ? (
          <StopList
            stops={stops}
            facts={facts}
            providerName={peer.providerName}
            isReadByRole={data?.account !== undefined}
          />
        ) : (
          data?.account === undefined && (
            <p className="quiet">
              Not checked yet: what your cloud has on the way. One look-up tells. The script only reads.
            </p>
          )
        )}
        <Contradictions contradictions={data?.contradictions ?? []} providerName={peer.providerName} />
        {mayChange && facts !== null && peer.providerName === "AWS" && (
          <UsedParts peering={peering} facts={facts} />
        )}
        {mayChange && (
          <details>
            <summary>Run a script and paste the result</summary>
            <div className="above-12">
              <PasteLookUp
                subject={toLookUpSubject(peer, container)}
                paste={paste}
                sentWords={`Read. ${count}.`}
              />
            </div>
          </details>
        )}
      </div>
    </Section>
  )
}

const isProven = ({ state, source }: Stop) => state === "proven" && source !== "link"

function Cause({
  cause: { state, says, next },
  name,
  step,
  onOpenStep,
}: {
  cause: Stop
  name: string
  step: SetupStep | null
  onOpenStep: (stepId: string) => void
}) {
  return (
    <Notice
      tone={state === "broken" ? "failed" : "you"}
      title={`${name}: ${says}`}
      actions={
        step !== null && (
          <Button size="small" onClick={() => onOpenStep(step.step.id)}>
            Open step: {step.step.title}
          </Button>
        )
      }
    >
      {next !== null && <p>{next}</p>}
    </Notice>
  )
}

/** What the holder of a share link pasted, which proves nothing until somebody signed in accepts it. */
function WaitingFacts({
  peering,
  waiting: { by, at },
}: {
  peering: Peering
  waiting: NonNullable<KnownFacts["waiting"]>
}) {
  const { mayChange } = usePermissions()
  const { mutate, isPending, error } = useAcceptFacts(peering)
  return (
    <>
      <Notice
        title={
          <>
            Pasted by {nameHolder(by)}, <TimeAgo at={at} />
          </>
        }
        actions={
          mayChange && (
            <Button size="small" aria-disabled={isPending} onClick={() => !isPending && mutate()}>
              Accept
            </Button>
          )
        }
      >
        <p>It proves nothing until somebody accepts it.</p>
      </Notice>
      {error !== null && <ProblemNotice {...toProblemWords(error)} announce />}
    </>
  )
}
