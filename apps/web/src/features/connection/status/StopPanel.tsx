import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import {
  buildCheckCommand,
  computeExpiry,
  getWaitingOn,
  toNextStep,
  toLookUpSubject,
  type PathStop,
  type RunbookStep,
} from "@peering-desk/peering-rules"
import { useState } from "react"
import { usePasteFacts } from "#api/peerings/network-facts.ts"
import { formatAccount } from "#copy/peerings.ts"
import { formatExpiry } from "#copy/state-summary.ts"
import { nameStop } from "#copy/stops.ts"
import { ReadNow } from "#features/connection/facts/ReadNow.tsx"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { chooseInstruction, toolWords } from "#shared/setup/instruction-tools.ts"
import { toTool, useWay } from "#shared/setup/way.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { formatDeadline } from "#ui/time/times.ts"
import { CheckNow } from "./CheckNow.tsx"
import { LinkSeen } from "./LinkSeen.tsx"
import { Panel } from "./Panel.tsx"

/** The open stop: what keeps it from being proven, and the command or the button that helps. */
export function StopPanel({
  stop,
  peering,
  container,
  step,
  usual,
  proven,
  onOpen,
}: {
  stop: PathStop
  peering: Peering
  container: Container | null
  /** The step of the runbook that does it; undefined without one. */
  step: RunbookStep | undefined
  /** How long this usually takes; null when that isn't known. */
  usual: string | null
  /** "3 of 7 proven". */
  proven: string
  /** Opens the stop's row. */
  onOpen: () => void
}) {
  const { peer } = peering
  const { mayChange } = usePermissions()
  const [way] = useWay()
  const paste = usePasteFacts(peering)
  const [isPasting, setPasting] = useState(false)
  const name = nameStop(stop, peer.providerName)
  const instruction =
    step === undefined || stop.state === "in-progress"
      ? undefined
      : chooseInstruction(step, toTool(way, peer.providerName))
  const isOwners = stop.id === "peering" && getWaitingOn(peer) === "you"
  const check = isOwners ? buildCheckCommand(peer, container) : null
  return (
    <Panel
      title={toTitle(stop, name, peering)}
      actions={
        stop.state === "in-progress" ? undefined : stop.side === "own" ? (
          !isPasting && (
            <ReadNow
              peering={peering}
              pasteWords="Paste a new look-up"
              onPaste={() => setPasting(true)}
              isPrimary
            />
          )
        ) : stop.id === "peering" ? (
          <CheckNow peering={peering}>Check now</CheckNow>
        ) : (
          <Button kind="primary" onClick={onOpen}>
            Open {name.toLowerCase()}
          </Button>
        )
      }
      ifItFails={
        stop.state !== "in-progress" &&
        step !== undefined && (
          <>
            <p>{step.why}</p>
            {check !== null && (
              <CopyBlock
                label={`Verify in ${providerLabels[peer.providerName]}`}
                about={`${step.title}, to verify`}
                text={check}
              />
            )}
          </>
        )
      }
      aside={
        (isPasting || instruction !== undefined) && (
          <div className="stack gap-12">
            {instruction !== undefined && (
              <CopyBlock
                label={toolWords[instruction.tool]}
                about={step?.title ?? name}
                text={instruction.text}
              />
            )}
            {isPasting && (
              <PasteLookUp
                subject={toLookUpSubject(peer, container)}
                paste={paste}
                sentWords={`Read. ${proven}.`}
                hasFocus
              />
            )}
          </div>
        )
      }
    >
      {stop.state === "in-progress" ? (
        <>
          Updates automatically. You can leave this page.
          {usual !== null && ` It ${usual.replace("usually", "usually takes")}.`}
        </>
      ) : isOwners ? (
        <>
          {toDeadline(peering, container)}
          {mayChange && <LinkSeen peering={peering} />}
        </>
      ) : (
        toMore(stop)
      )}
    </Panel>
  )
}

function toTitle({ id, state, says }: PathStop, name: string, { peer }: Peering): string {
  if (id === "peering" && getWaitingOn(peer) === "you")
    return peer.providerName === "GCP"
      ? `${peer.gcpProjectId ?? "Your project"}/${peer.networkName ?? "your network"} must peer back`
      : `${peer.providerName === "AWS" && peer.awsAccountId ? `Account ${formatAccount(peer.awsAccountId)}` : "The AWS account"} must accept the request`
  if (state === "not-checked") return `${name} is not checked`
  return toSentences(says)[0] ?? name
}

/** What the title doesn't say yet, and the one thing to do. */
function toMore({ state, says, next }: PathStop): string {
  const rest = state === "not-checked" ? [says] : toSentences(says).slice(1)
  return [...rest.filter((one) => one !== "Not checked."), next ?? ""].join(" ")
}

/** Takes sentences apart; a full stop within a name or CIDR ends none. */
function toSentences(text: string): string[] {
  return text.split(/(?<=\.)\s+(?=[A-Z])/).filter((one) => one !== "")
}

function toDeadline(peering: Peering, container: Container | null): string {
  if (peering.peer.providerName === "GCP") return toPeerBack(peering, container)
  const expiry = computeExpiry(peering)
  if (expiry === null) return "AWS drops the request after 7 days."
  return expiry.isExact
    ? `AWS drops it on ${formatDeadline(expiry.earliest)}.`
    : `Expires ${formatExpiry(expiry)}.`
}

function toPeerBack({ peer }: Peering, container: Container | null): string {
  const step = toNextStep(peer, container, null)
  if (step.kind !== "peer-back-in-gcp" || step.atlasGcpProjectId === null || step.atlasNetworkName === null)
    return "Atlas is still creating its network. The names to peer with appear here."
  return `Peer it with ${step.atlasGcpProjectId}/${step.atlasNetworkName}. Atlas's side is done. There is no deadline.`
}
