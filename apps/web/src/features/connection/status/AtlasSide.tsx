import { providerLabels, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { Skeleton } from "#ui/Skeleton.tsx"
import { toContainerPlace } from "#copy/peerings.ts"
import { NetworkSide, ShoreFact } from "./NetworkSide.tsx"

interface Props {
  peer: AtlasPeer
  /** Undefined while it is being read, null when it could not be. */
  container: Container | null | undefined
}

/** The Atlas network that the connection leads to. Its lines stand from the start, so that nothing moves when it is read. */
export function AtlasSide({ peer, container }: Props) {
  const cloud = providerLabels[peer.providerName]
  const place = container == null ? cloud : `${cloud} · ${toContainerPlace(container)}`
  const missing =
    container === undefined ? <Skeleton /> : container === null ? undefined : "Atlas prepares it"
  return (
    <NetworkSide title="Atlas container" place={place}>
      <ShoreFact label="Container" value={peer.containerId} />
      {toNetwork(peer, container).map(([label, value]) => (
        <ShoreFact key={label} label={label} value={value} missing={missing} />
      ))}
      <ShoreFact label="CIDR" value={container?.atlasCidrBlock} missing={missing} />
    </NetworkSide>
  )
}

/** The network that Atlas makes for the container, in its cloud's words. */
function toNetwork(
  peer: AtlasPeer,
  container: Container | null | undefined,
): [string, string | null | undefined][] {
  switch (peer.providerName) {
    case "AWS":
      return [["VPC", container?.providerName === "AWS" ? container.vpcId : null]]
    case "GCP": {
      const ofGcp = container?.providerName === "GCP" ? container : null
      return [
        ["Project", ofGcp?.gcpProjectId],
        ["VPC network", ofGcp?.networkName],
      ]
    }
    case "AZURE":
      return [["VNet", container?.providerName === "AZURE" ? container.vnetName : null]]
  }
}
