import { providerLabels, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { toContainerPlace } from "./peering-words.ts"
import { Shore, ShoreFact } from "./Shore.tsx"

const preparing = "Atlas prepares it"

/** The Atlas network that the connection leads to. Without its container only the container's id is known. */
export function AtlasShore({ peer, container }: { peer: AtlasPeer; container: Container | null }) {
  const cloud = providerLabels[peer.providerName]
  const place = container === null ? cloud : `${cloud} · ${toContainerPlace(container)}`
  return (
    <Shore title="Atlas container" place={place}>
      <ShoreFact label="Container" value={peer.containerId} />
      {container?.providerName === "GCP" && (
        <>
          <ShoreFact label="Project" value={container.gcpProjectId} missing={preparing} />
          <ShoreFact label="VPC network" value={container.networkName} missing={preparing} />
        </>
      )}
      {container?.providerName === "AWS" && (
        <ShoreFact label="VPC" value={container.vpcId} missing={preparing} />
      )}
      {container?.providerName === "AZURE" && (
        <ShoreFact label="VNet" value={container.vnetName} missing={preparing} />
      )}
      <ShoreFact label="CIDR" value={container?.atlasCidrBlock} />
    </Shore>
  )
}
