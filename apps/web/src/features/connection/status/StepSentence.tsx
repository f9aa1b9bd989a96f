import { readStatus, type Container, type Peering } from "@peering-desk/shared-schemas"
import {
  buildCheckCommand,
  computeExpiry,
  explainFailure,
  failedWhileAvailable,
  type Expiry,
  type NextStep,
} from "@peering-desk/peering-rules"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { formatDeadline } from "#ui/time/times.ts"
import { formatAccount } from "#copy/peerings.ts"
import { formatExpiry } from "#copy/state-summary.ts"
import { Callout } from "./Callout.tsx"

interface Props {
  peering: Peering
  container: Container | null
  step: NextStep
  /** What is left of the setup, as a sentence. */
  setup: string
}

/** The next step in two sentences with the person's own values. */
export function StepSentence({ peering, container, step, setup }: Props) {
  const left = <LeftAvailable peering={peering} />
  switch (step.kind) {
    case "accept-in-aws":
      return (
        <AcceptInAws
          step={step}
          expiry={computeExpiry(peering)}
          command={buildCheckCommand(peering.peer, container)}
        >
          {left}
        </AcceptInAws>
      )
    case "peer-back-in-gcp":
      return <PeerBack step={step}>{left}</PeerBack>
    case "look-at-failure": {
      const { what, todo } = explainFailure(peering.peer, container, failedWhileAvailable(peering))
      return (
        <Callout strong={what}>
          {todo} {left}
        </Callout>
      )
    }
    case "atlas-works":
      return (
        <Callout strong={toProgressWords(peering)}>
          Updates automatically. You can leave this page. {left}
        </Callout>
      )
    case "nothing":
      return <Callout strong="The networks are peered.">{setup}</Callout>
    case "atlas-removes":
      return <Callout strong="Atlas is deleting this connection.">Traffic through it stops.</Callout>
    case "unknown-status":
      return (
        <Callout
          strong={
            <>
              Unknown status <code>{readStatus(peering.peer) ?? "(none)"}</code>.
            </>
          }
        >
          This version doesn't know it. Details has Atlas's raw API response.
        </Callout>
      )
  }
}

function toProgressWords({ peer }: Peering): string {
  if (peer.providerName === "AZURE") return "Atlas is adding the peering on both sides."
  if (readStatus(peer) === "FINALIZING") return "Accepted. Atlas is finalizing the connection."
  return peer.providerName === "AWS"
    ? "Atlas is requesting the peering in AWS."
    : "Atlas is creating its side of the peering."
}

/** Says that a connection was available before: it broke, or a change restarted it. */
function LeftAvailable({ peering: { leftAvailableAt } }: { peering: Peering }) {
  if (leftAvailableAt === null) return null
  return (
    <>
      Was available until <Timestamp at={leftAvailableAt} />.
    </>
  )
}

type Step<Kind extends NextStep["kind"]> = Extract<NextStep, { kind: Kind }>

function AcceptInAws({
  step: { awsAccountId, connectionId },
  expiry,
  command,
  children,
}: {
  step: Step<"accept-in-aws">
  expiry: Expiry | null
  /** Shows the request in AWS, with the time of its end. */
  command: string | null
  children: React.ReactNode
}) {
  return (
    <Callout
      strong={
        <>
          {awsAccountId === null ? "The AWS account" : `Account ${formatAccount(awsAccountId)}`} must accept{" "}
          {connectionId === null ? "the peering request" : <code>{connectionId}</code>}.
        </>
      }
    >
      {expiry === null && "AWS drops the request after 7 days."}
      {expiry?.isExact === true && `AWS drops the request on ${formatDeadline(expiry.earliest)}.`}
      {expiry?.isExact === false && (
        <>
          Expires {formatExpiry(expiry)}. See AWS for the exact time
          {command === null ? "." : <CopyButton value={command} label="the command that shows it" />}
        </>
      )}{" "}
      {children}
    </Callout>
  )
}

function PeerBack({
  step: { gcpProjectId, networkName, atlasGcpProjectId, atlasNetworkName },
  children,
}: {
  step: Step<"peer-back-in-gcp">
  children: React.ReactNode
}) {
  const from = `${gcpProjectId ?? "your project"}/${networkName ?? "your network"}`
  const isKnown = atlasGcpProjectId !== null && atlasNetworkName !== null
  return (
    <Callout
      strong={
        <>
          Create the peering from <code>{from}</code>
          {isKnown && (
            <>
              {" "}
              to <code>{`${atlasGcpProjectId}/${atlasNetworkName}`}</code>
            </>
          )}
          .
        </>
      }
    >
      {isKnown
        ? "Google Cloud peering must be created from both sides. Atlas's side is done. There is no deadline."
        : "Atlas is still creating its network. The names to peer with appear here."}{" "}
      {children}
    </Callout>
  )
}
