import { getWaitingOn, mayRepeatRequest, wasSeenAvailable } from "@peering-desk/peering-rules"
import type {
  BlastRadius,
  Peering,
  PeeringDraft,
  PeeringRequest,
  ProviderName,
} from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toFormPath } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"

/** Lists what a deletion breaks, keeps, and leaves unknown. */
export function BlastRadiusList({ peering, radius }: { peering: Peering; radius: BlastRadius }) {
  const { peer, projectId } = peering
  const isRefused = getWaitingOn(peer) === "failed" && !mayRepeatRequest(peer)
  const { lastAwsConnection, securityGroups, sharing, recreateBy } = radius
  return (
    <ul className="bullets">
      <li>
        {toTrafficSentence(peering)}
        {peer.providerName === "GCP" &&
          " Your side of the peering stays in Google Cloud until you delete it there. In consensus mode (connectionStatus.updateStrategy), neither side can be deleted before both have run gcloud compute networks peerings request-delete: run it for yours first, or this deletion may not end."}
      </li>
      {lastAwsConnection && <li>{toGroupsSentence(securityGroups)}</li>}
      <li>{toContainerSentence(radius)}</li>
      {sharing.length > 0 && (
        <li>
          Not affected:{" "}
          {sharing.map(({ id, name, status }, index) => (
            <span key={id}>
              {index > 0 && ", "}
              <Link href={pagePaths.connection(projectId, id)}>{name}</Link> ({status ?? "no status"})
            </span>
          ))}
        </li>
      )}
      <li>
        {peer.providerName === "AWS" && peer.routeTableCidrBlock
          ? `${peer.routeTableCidrBlock} stays on the project's IP access list, if it is there.`
          : "Entries of this network stay on the project's IP access list."}{" "}
        Remove it in Atlas once nothing else uses it.
      </li>
      <li>
        {recreateBy === null ? (
          `It can't be recreated from here${
            radius.container === null
              ? " while its container can't be read"
              : ": Atlas doesn't report all of its fields"
          }.`
        ) : (
          <>
            It can be recreated{" "}
            <Link href={toFormPath(projectId, toDraft(recreateBy))}>
              {isRefused ? "with corrected values" : "with the same values"}
            </Link>
            {again[recreateBy.providerName]}.
          </>
        )}
      </li>
    </ul>
  )
}

/** The owner's step for a new connection. */
const again: Record<ProviderName, string> = {
  AWS: ". The new request has to be accepted",
  GCP: ". It has to be peered from your side again",
  AZURE: "",
}

function toDraft({ providerName, ...request }: PeeringRequest): PeeringDraft {
  return { providerName, request }
}

/** Says what stops working. */
function toTrafficSentence(peering: Peering): string {
  const { peer, beginSeen } = peering
  const waitingOn = getWaitingOn(peer)
  if (waitingOn === "works" || waitingOn === "unknown")
    return `Applications using this connection lose access immediately.${
      peer.providerName === "AWS" ? ` Routes to ${peer.connectionId ?? "the peering"} stop working.` : ""
    }`
  if (wasSeenAvailable(peering))
    return "It is no longer available. Routes that still lead to it stay without a target."
  return beginSeen
    ? "It was never available, so no application loses access."
    : "It is not available, so no application loses access."
}

function toContainerSentence({ container, containerLeftWithoutPeers }: BlastRadius): string {
  if (container === null) return "Can't read its container."
  const others = containerLeftWithoutPeers
    ? "No other connection uses it; a cluster may."
    : "Other connections use it."
  return `The container with ${container.atlasCidrBlock ?? "its block"} stays. ${others}`
}

function toGroupsSentence(groups: BlastRadius["securityGroups"]): string {
  const last =
    "This is the project's last AWS connection, so Atlas removes AWS security groups from the access list"
  if (groups === null) return `${last}. Can't read which ones.`
  return groups.length === 0 ? `${last}. It has none.` : `${last}: ${groups.join(", ")}.`
}
