import type {
  AtlasPeer,
  BlastRadius,
  PeeringDraft,
  PeeringRequest,
  ProviderName,
} from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import layout from "#ui/layout.module.css"

/** Lists what a deletion breaks, keeps, and leaves unknown. */
export function BlastRadiusList({
  radius,
  peer,
  projectId,
}: {
  radius: BlastRadius
  peer: AtlasPeer
  projectId: string
}) {
  const { lastAwsConnection, securityGroups, container, containerLeftWithoutPeers, sharing, recreateBy } =
    radius
  const block = container?.atlasCidrBlock ?? "its block"
  return (
    <ul className={layout.bullets}>
      <li>
        Applications that reach Atlas through it lose their way at once. Open connections break.
        {peer.providerName === "AWS" &&
          " The routes that point at it in your route tables stay, and lead nowhere."}
        {peer.providerName === "GCP" &&
          " Your own half of the peering stays in Google Cloud until you delete it there."}
      </li>
      {lastAwsConnection && <li>{toGroupsSentence(securityGroups)}</li>}
      <li>
        {container === null
          ? "Its container could not be read."
          : containerLeftWithoutPeers
            ? `The container with ${block} stays, and no other connection uses it. A cluster may.`
            : `The container with ${block} stays: other connections use it.`}
      </li>
      {sharing.length > 0 && (
        <li>
          These stay as they are:{" "}
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
          ? `${peer.routeTableCidrBlock} stays on the project's access list if it is there;`
          : "What the project's access list has of this network stays there;"}{" "}
        take it off in Atlas when nothing else comes from it.
      </li>
      <li>
        {recreateBy === null ? (
          "It can't be made again from here: Atlas does not tell all of its fields."
        ) : (
          <>
            It can be made again afterwards{" "}
            <Link href={`${pagePaths.newConnection(projectId)}?${toLinkQuery(toDraft(recreateBy))}`}>
              with the same fields
            </Link>
            , as another connection{anew[recreateBy.providerName]}.
          </>
        )}
      </li>
    </ul>
  )
}

/** The owner's step for another connection. */
const anew: Record<ProviderName, string> = {
  AWS: ", whose request has to be accepted",
  GCP: ", which has to be peered back",
  AZURE: "",
}

function toDraft({ providerName, ...request }: PeeringRequest): PeeringDraft {
  return { providerName, request }
}

function toGroupsSentence(groups: BlastRadius["securityGroups"]): string {
  const last =
    "It is the project's last AWS connection, so Atlas takes AWS security groups off the access list"
  if (groups === null) return `${last}. Which ones could not be read.`
  return groups.length === 0 ? `${last}; there are none.` : `${last}: ${groups.join(", ")}.`
}
