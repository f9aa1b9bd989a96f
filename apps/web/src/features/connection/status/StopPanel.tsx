import type { AtlasPeer, Container, Peering } from "@peering-desk/shared-schemas"
import {
  computeExpiry,
  getWaitingOn,
  toLookUpSubject,
  type PathStop,
  type RunbookStep,
} from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useState, type ComponentProps } from "react"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { usePasteFacts } from "#api/peerings/network-facts.ts"
import { formatAccount } from "#copy/peerings.ts"
import { formatExpiry, formatUsual } from "#copy/state-summary.ts"
import { nameStop } from "#copy/stops.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ReadNow } from "#features/connection/facts/ReadNow.tsx"
import { CheckCommand } from "#features/connection/rows/CheckCommand.tsx"
import { getUsualTime } from "#shared/inventory/usual-times.ts"
import { PasteLookUp } from "#shared/look-up/PasteLookUp.tsx"
import { usePermissions } from "#shared/permissions.ts"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { toTool, useWay } from "#shared/setup/way.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { useNow } from "#ui/time/now.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatDeadline } from "#ui/time/times.ts"
import { CheckNow } from "./CheckNow.tsx"
import { Panel } from "./Panel.tsx"

/** The open stop: what keeps it from being proven, and the command or the button that helps. */
export function StopPanel({ stop }: { stop: PathStop }) {
  const { peering, container, steps, proven } = useConnectionPage()
  const { peer } = peering
  const [way] = useWay()
  const paste = usePasteFacts(peering)
  const [isPasting, setPasting] = useState(false)
  const name = nameStop(stop, peer.providerName)
  const isMoving = stop.state === "in-progress"
  const help = isMoving ? undefined : steps.find(({ id }) => id === stop.stepId)
  const command = help && toCommand(help, toTool(way, peer.providerName))
  return (
    <Panel
      title={toTitle(stop, name, peering)}
      actions={!isMoving && !isPasting && <Act stop={stop} name={name} onPaste={() => setPasting(true)} />}
      ifItFails={
        help && (
          <>
            <p>{help.why}</p>
            {isForOwner(stop, peer) && <CheckCommand of={help} />}
          </>
        )
      }
      aside={
        (isPasting || command !== undefined) && (
          <div className="stack gap-12">
            {command && <CopyBlock {...command} />}
            {isPasting && (
              <PasteLookUp
                subject={toLookUpSubject(peer, container)}
                paste={paste}
                sentWords={`Read. ${proven} proven.`}
                hasFocus
              />
            )}
          </div>
        )
      }
    >
      <Todo stop={stop} />
    </Panel>
  )
}

function Act({ stop: { id, side }, name, onPaste }: { stop: PathStop; name: string; onPaste: () => void }) {
  const { showStop } = useConnectionPage()
  if (side === "own") return <ReadNow paste={{ words: "Paste a new look-up", onPress: onPaste }} />
  if (id === "peering") return <CheckNow>Check now</CheckNow>
  return (
    <Button kind="primary" onClick={() => showStop(id)}>
      Open {name.toLowerCase()}
    </Button>
  )
}

function Todo({ stop }: { stop: PathStop }) {
  const { peering, container, usualTimes } = useConnectionPage()
  const { mayChange } = usePermissions()
  if (stop.state === "in-progress") {
    const usual = formatUsual(getUsualTime(usualTimes, peering))
    return (
      <>
        Updates automatically. You can leave this page.
        {usual !== null && ` It ${usual.replace("usually", "usually takes")}.`}
      </>
    )
  }
  if (!isForOwner(stop, peering.peer)) return toMore(stop)
  return (
    <>
      {toDeadline(peering, container)}
      {mayChange && <LinkSeen />}
    </>
  )
}

/** Returns the command that does a step, to copy; undefined for a step without one. */
function toCommand(step: RunbookStep, tool: Tool | null): ComponentProps<typeof CopyBlock> | undefined {
  const instruction = chooseInstruction(step, tool)
  return instruction && { label: toolWords[instruction.tool], about: step.title, text: instruction.text }
}

const isForOwner = ({ id }: PathStop, peer: AtlasPeer) => id === "peering" && getWaitingOn(peer) === "you"

function toTitle(stop: PathStop, name: string, { peer }: Peering): string {
  if (isForOwner(stop, peer))
    return peer.providerName === "GCP"
      ? `${peer.gcpProjectId ?? "Your project"}/${peer.networkName ?? "your network"} must peer back`
      : `${peer.providerName === "AWS" && peer.awsAccountId ? `Account ${formatAccount(peer.awsAccountId)}` : "The AWS account"} must accept the request`
  if (stop.state === "not-checked") return `${name} is not checked`
  return toSentences(stop.says)[0] ?? name
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
  if (peering.peer.providerName === "GCP") return toPeerBack(container)
  const expiry = computeExpiry(peering)
  if (expiry === null) return "AWS drops the request after 7 days."
  return expiry.isExact
    ? `AWS drops it on ${formatDeadline(expiry.earliest)}.`
    : `Expires ${formatExpiry(expiry)}.`
}

function toPeerBack(container: Container | null): string {
  const side = container?.providerName === "GCP" ? container : null
  if (side?.gcpProjectId == null || side.networkName == null)
    return "Atlas is still creating its network. The names to peer with appear here."
  return `Peer it with ${side.gcpProjectId}/${side.networkName}. Atlas's side is done. There is no deadline.`
}

/** Says whether the newest open share link was seen by its holder; nothing without one. */
function LinkSeen() {
  const { projectId, id } = useConnectionPage().peering
  const { data } = useQuery({ ...handOffLinksQuery(projectId, id), refetchInterval: 30_000 })
  const now = useNow()
  const link = data?.find(({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > now)
  if (link === undefined) return null
  const holder = link.for === null ? "The share link" : `The link for ${link.for}`
  return (
    <>
      {" "}
      {holder}{" "}
      {link.lastOpenedAt === null ? (
        "wasn't opened yet."
      ) : (
        <>
          was opened at <Timestamp at={link.lastOpenedAt} />.
        </>
      )}
    </>
  )
}
